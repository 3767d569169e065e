"""One subsidy of a kind at a time: months drawn, months drawn twice, and what is left across kinds.

Subsidies of one family share one term; a month in which two of them were paid for the same person is shown with both,
so that an officer decides which one goes back. It never picks by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from hrss.kernel.months import Spell, YearMonth, count_months

# Subsidies of a person's insurance or post that may not run side by side (就业补助资金管理办法: 不得重复享受).
FAMILIES: dict[str, frozenset[str]] = {
    "insurance": frozenset({"employer_insurance", "flexible_insurance", "public_welfare_post"}),
    "internship": frozenset({"internship"}),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A subsidy drawn for a person over a spell of months."""

    kind: str
    spell: Spell


@dataclass(frozen=True, slots=True)
class Conflict:
    """Months for which two subsidies of one family were drawn."""

    first: str
    second: str
    months: Spell


def family_of(kind: str) -> str:
    """Give the family a kind belongs to; a kind of its own is its own family."""
    return next((name for name, kinds in FAMILIES.items() if kind in kinds), kind)


def conflicts(drawn: Sequence[Drawn]) -> tuple[Conflict, ...]:
    """Give all pairs of one family whose months meet, in the order they were drawn."""
    pairs = ((one, other) for one, other in combinations(drawn, 2) if family_of(one.kind) == family_of(other.kind))
    found = ((one, other, one.spell.intersection(other.spell)) for one, other in pairs)
    return tuple(Conflict(one.kind, other.kind, months) for one, other, months in found if months is not None)


def months_used(drawn: Iterable[Drawn], family: str, *, until: YearMonth) -> int:
    """Number of different months a family was drawn: the months that carry over when somebody comes back."""
    return count_months((one.spell for one in drawn if family_of(one.kind) == family), until)


def may_begin(drawn: Iterable[Drawn], kind: str, *, month: YearMonth) -> bool:
    """Tell whether a subsidy of this kind may begin in a month beside what is drawn already."""
    family = family_of(kind)
    return not any(family_of(one.kind) == family and one.spell.contains(month) for one in drawn)
