"""The seam to the funds: an award becomes an entitlement to pay, is stopped, paused and taken up again there.

Not verbs: they run inside the verbs of the domain, in their transaction. What was paid for months after the last one
becomes a debt in the fund, with the exact amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrss.domains.insurance.models import Award
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth


def grant(award: Award, *, actor: Actor) -> None:
    """Make the monthly entitlement of an award."""


def grant_once(award: Award, *, actor: Actor, purpose: str) -> None:
    """Make the single payment of an award."""


def stop(award: Award, *, actor: Actor, last: YearMonth, reason: str, evidence: Mapping[str, Any]) -> None:
    """Pay nothing after ``last``."""


def resume(award: Award, *, actor: Actor, first: YearMonth, reason: str) -> None:
    """Pay again from ``first``."""
