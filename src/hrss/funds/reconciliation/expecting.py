"""Money that was claimed and should have come: parts that claim say what is overdue, the reconciliation shows it.

A registry without database; it refuses nothing. What a part no longer names has arrived, and its break closes itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Expected:
    """An amount in fen somebody (``origin``) should have paid into an account by the day ``on``."""

    origin: str
    bank: str
    reference: str
    on: date
    fen: int


Overdue = Callable[[str, date], Iterable[Expected]]
_PARTS: list[Overdue] = []


def expect(part: Overdue) -> None:
    """Have a part asked, for a fund and a day, what should have come before that day and has not."""
    if part not in _PARTS:
        _PARTS.append(part)


def overdue(fund: str, day: date) -> list[Expected]:
    """Give everything overdue of a fund."""
    return [one for part in _PARTS for one in part(fund, day)]
