"""Which invariants there are. Each is a view (fund, subject, problem) that must be empty.

A view is made in a migration of the part that keeps the tables; the part registers it when it is wired. It refuses
two invariants of one code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    """One invariant. ``view`` gives fund (empty for all), subject and problem in words.

    ``is_quick`` ones are looked at live before every step on money; the others only by the nightly job, whose last
    finding counts.
    """

    code: str
    title: str
    view: str
    is_quick: bool = True


_INVARIANTS: dict[str, Invariant] = {}


def register(*invariants: Invariant) -> None:
    """Add invariants. Raises ValueError for a code that is taken or a view that is no plain name."""
    for invariant in invariants:
        if _INVARIANTS.get(invariant.code, invariant) != invariant:
            raise ValueError(f"invariant {invariant.code} is declared twice")
        if not re.fullmatch(r"[a-z][a-z0-9_]{2,60}", invariant.view):
            raise ValueError(f"{invariant.view!r} is no name of a view")
        _INVARIANTS[invariant.code] = invariant


def invariants() -> tuple[Invariant, ...]:
    """Give all invariants, I2 before I10."""
    return tuple(sorted(_INVARIANTS.values(), key=lambda one: (len(re.sub(r"\D.*", "", one.code[1:])), one.code)))
