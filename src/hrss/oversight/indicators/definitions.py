"""What an indicator is: a statistic computed over datasets, and the goals the plan sets for it.

A statistic has one main convention (口径) and may have others; a goal is a row of the plan. Both are data of the pack;
this module only gives them shape and says what they mean in numbers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import orjson

from hrss.foundation.datasets import Measure, Origin, Window, dataset_of
from hrss.kernel.months import YearMonth

MAIN = "main"
PLAN_YEARS = 5  # 五年规划


class Kind(StrEnum):
    """How the parts become a value."""

    AMOUNT = "amount"
    RATE = "rate"
    COMPOSITION = "composition"


class Direction(StrEnum):
    """Which way is better; ``none`` is shown and not judged."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Reach(StrEnum):
    """How far back a value reaches: the five-year plan, the year, or the moment."""

    PLAN = "plan"
    YEAR = "year"
    MOMENT = "moment"


class Path(StrEnum):
    """How the yearly path to the target is laid where the plan gives none."""

    EVEN = "even"  # 累计数按年均分
    STRAIGHT = "straight"  # 基数到目标的直线
    HOLD = "hold"  # 每年都守住目标
    YEARLY = "yearly"  # 每年各自达到


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to count: numerator, denominator (rates), or the parts of a composition."""

    code: str
    title: str
    words: str
    numerator: Measure | None = None
    denominator: Measure | None = None
    parts: tuple[tuple[str, Measure], ...] = ()

    @property
    def measures(self) -> tuple[tuple[str, Measure], ...]:
        """All measures with the name each part is kept under."""
        own = (("numerator", self.numerator), ("denominator", self.denominator))
        return tuple((name, one) for name, one in own if one is not None) + self.parts


@dataclass(frozen=True, slots=True)
class Note:
    """An inconsistency of the plan itself, shown beside the number, with where it is written."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Another source: the main numerator divided by this measure must lie between ``low`` and ``high``."""

    title: str
    measure: Measure
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of the plan: unit, nature, base, target. ``target_text`` is as printed; ``target`` None if no number."""

    id: str
    period: str
    name: str
    unit: str
    nature: str
    cumulative: bool
    parent: str
    base_year: int | None
    base_text: str
    target_year: int
    op: str
    target_text: str
    actual_text: str
    place: str
    per: str = ""

    @property
    def target(self) -> Decimal | None:
        """The target as a number in the goal's unit, None for a composition."""
        return None if ":" in self.target_text else Decimal(self.target_text)

    @property
    def base(self) -> Decimal | None:
        """The base as a number; cumulative goals begin at nothing."""
        return None if not self.base_text or ":" in self.base_text else Decimal(self.base_text)

    @property
    def unit_words(self) -> str:
        """What stands behind a number; a ratio says itself (11:40:49)."""
        return "" if self.unit == "ratio" else self.unit

    @property
    def order(self) -> tuple[int, str]:
        """Plan table first (专栏2), then the targets of the text, then the former plan."""
        return {"p14": 0, "t": 1, "p13": 2}[self.id.partition("-")[0]], self.id

    @property
    def first_year(self) -> int:
        """First year of the plan the goal belongs to."""
        return self.target_year - PLAN_YEARS + 1


@dataclass(frozen=True, slots=True)
class Statistic:
    """One statistic with its conventions and goals. ``scales``: absolute targets shrink with a sample county."""

    code: str
    title: str
    version: int
    kind: Kind
    direction: Direction
    reach: Reach
    path: Path
    scales: bool
    division: str
    source: str
    status: str
    basis: str
    conventions: tuple[Convention, ...]
    goals: tuple[Goal, ...]
    notes: tuple[Note, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()

    @property
    def main(self) -> Convention:
        """The convention that goals are judged by."""
        return self.conventions[0]

    def convention(self, code: str) -> Convention | None:
        """Give a convention by its code."""
        return next((one for one in self.conventions if one.code == code), None)

    @property
    def lead(self) -> Goal:
        """The goal the statistic is first judged by."""
        return self.goals[0]

    @property
    def is_history(self) -> bool:
        """Tell whether any number comes from the demonstration's history rather than from business."""
        used = (measure.dataset for convention in self.conventions for _, measure in convention.measures)
        return any(dataset_of(name).origin is Origin.DEMO_HISTORY for name in used)

    def window(self, month: YearMonth) -> Window:
        """Give the days a value of ``month`` covers."""
        first = {
            Reach.PLAN: YearMonth(plan_start(month.year), 1),
            Reach.YEAR: YearMonth(month.year, 1),
            Reach.MOMENT: month,
        }[self.reach]
        return Window(first.first_day, month.last_day)


def plan_start(year: int) -> int:
    """Give the first year of the five-year plan a year lies in (十四五: 2021)."""
    return year - (year - 1) % PLAN_YEARS


def digest(statistic: Statistic) -> str:
    """Give the digest of what a number depends on: measures, window and the SELECT of every dataset used."""
    facts = {
        "code": statistic.code,
        "version": statistic.version,
        "reach": statistic.reach,
        "conventions": [
            [one.code, [[name, repr(measure), dataset_of(measure.dataset).sql] for name, measure in one.measures]]
            for one in statistic.conventions
        ],
    }
    return hashlib.sha256(orjson.dumps(facts)).hexdigest()
