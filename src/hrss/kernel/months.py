"""Months and spells of months: the time in which contributions, benefits and service are counted.

A month is whole; a spell includes its first and its last month, and a spell without last month is still running.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import overload

from hrss.kernel.problem import Problem

_MONTH = re.compile(r"([0-9]{4})[-年./]?([0-9]{1,2})月?")


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A calendar month; ordered, ``+ 3`` is three months later, the difference of two is a number of months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1 <= self.year <= 9999:
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> YearMonth:
        """Give the month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> YearMonth:
        """Give the month of an index (``index`` is months since January of the year 0)."""
        return cls(index // 12, index % 12 + 1)

    @classmethod
    def parse(cls, text: str, *, field: str = "month") -> YearMonth:
        """Read ``2026-03``, ``202603`` or ``2026年3月``; Problem ``month.format`` otherwise."""
        match = _MONTH.fullmatch(text.strip())
        if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) == 0:
            raise Problem(
                "month.format",
                f"“{text}”不是年月",
                rule="年月写作 2026-03",
                remedy="请填写四位年份和两位月份",
                field=field,
            )
        return cls(int(match[1]), int(match[2]))

    @property
    def index(self) -> int:
        """Months since January of the year 0; the form columns hold."""
        return self.year * 12 + self.month - 1

    @property
    def days(self) -> int:
        """Number of days in the month."""
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Last day of the month."""
        return date(self.year, self.month, self.days)

    @property
    def quarter(self) -> int:
        """Quarter of the year, 1 to 4."""
        return (self.month + 2) // 3

    def day(self, number: int) -> date:
        """Give a day of the month, the last one where the month is shorter (民法典第二百零二条)."""
        return date(self.year, self.month, min(number, self.days))

    def __add__(self, months: int) -> YearMonth:
        return YearMonth.from_index(self.index + months)

    @overload
    def __sub__(self, other: YearMonth) -> int: ...
    @overload
    def __sub__(self, other: int) -> YearMonth: ...
    def __sub__(self, other: YearMonth | int) -> int | YearMonth:
        return self.index - other.index if isinstance(other, YearMonth) else self + -other

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Spell:
    """Months from ``first`` to ``last``, both included; ``last`` None means it is still running."""

    first: YearMonth
    last: YearMonth | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"a spell cannot end before it begins: {self.first} to {self.last}")

    def contains(self, month: YearMonth) -> bool:
        """Tell whether a month lies in the spell."""
        return self.first <= month and (self.last is None or month <= self.last)

    def overlaps(self, other: Spell) -> bool:
        """Tell whether the two share at least one month."""
        return self.intersection(other) is not None

    def intersection(self, other: Spell) -> Spell | None:
        """Give the months both share, None where there are none."""
        first = max(self.first, other.first)
        last = _earlier(self.last, other.last)
        return None if last is not None and last < first else Spell(first, last)

    def touches(self, other: Spell) -> bool:
        """Tell whether they overlap or one begins in the month after the other ends."""
        earlier, later = sorted((self, other), key=lambda spell: spell.first)
        return earlier.last is None or later.first <= earlier.last + 1

    def until(self, month: YearMonth) -> Spell | None:
        """Cut the spell at a month; None where it begins later."""
        return self.intersection(Spell(self.first, month)) if self.first <= month else None

    def count(self, until: YearMonth | None = None) -> int:
        """Number of months, up to ``until``; a running spell needs it (ValueError without)."""
        spell = self if until is None else self.until(until)
        if spell is None:
            return 0
        if spell.last is None:
            raise ValueError("a running spell is counted up to a month: pass until")
        return spell.last - spell.first + 1

    def months(self, until: YearMonth | None = None) -> Iterator[YearMonth]:
        """Give the months one by one, up to ``until`` for a running spell."""
        return (self.first + offset for offset in range(self.count(until)))

    def __str__(self) -> str:
        return f"{self.first}至{self.last or '今'}"


def merge(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Join spells that overlap or touch; the result is sorted and disjoint."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda one: one.first):
        if merged and merged[-1].touches(spell):
            merged[-1] = Spell(merged[-1].first, _later(merged[-1].last, spell.last))
        else:
            merged.append(spell)
    return tuple(merged)


def count_months(spells: Iterable[Spell], until: YearMonth | None = None) -> int:
    """Number of different months the spells cover, each counted once."""
    return sum(spell.count(until) for spell in merge(spells))


def overlapping(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Give the months covered more than once, joined: what a double payment or double registration lies in."""
    seen: list[Spell] = []
    shared: list[Spell] = []
    for spell in spells:
        shared.extend(common for other in seen if (common := spell.intersection(other)) is not None)
        seen.append(spell)
    return merge(shared)


def add_months(day: date, months: int) -> date:
    """Give the corresponding day some months on, the month's last day where there is none (民法典第二百零二条)."""
    return (YearMonth.of(day) + months).day(day.day)


def full_months_between(start: date, end: date) -> int:
    """Number of whole months from ``start`` to ``end`` (negative never: 0 where ``end`` is not later)."""
    if end <= start:
        return 0
    months = YearMonth.of(end) - YearMonth.of(start)
    return months if add_months(start, months) <= end else months - 1


def _earlier(left: YearMonth | None, right: YearMonth | None) -> YearMonth | None:
    if left is None or right is None:
        return left or right
    return min(left, right)


def _later(left: YearMonth | None, right: YearMonth | None) -> YearMonth | None:
    return None if left is None or right is None else max(left, right)
