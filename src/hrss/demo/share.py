"""The share of the real county that was made: told to the indicators, whose targets in heads shrink with it."""

from __future__ import annotations

from decimal import Decimal

from hrss.demo.models import Load


def loaded_share() -> Decimal:
    """Give the scale of the county that is loaded, 1 where none is."""
    scale = Load.objects.exclude(finished_at=None).order_by("-id").values_list("scale", flat=True).first()
    return Decimal(repr(scale)) if scale is not None else Decimal(1)
