"""The county an alert without a place of its own lies in."""

from __future__ import annotations

from hrss.foundation.regions.models import Region


def county() -> str:
    """Give the code of this installation's county."""
    return str(Region.objects.filter(level="county").values_list("code", flat=True).get())
