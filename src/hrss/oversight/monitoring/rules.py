"""Monitoring rules: what is counted about whom, from which number on, at which level, whose it is, by when, what to do.

A rule counts rows of a dataset, compares such a count with earlier windows or with colleagues, finds pairs that meet
too often, follows the path of a plan goal, or holds the last month against a forecast. Rules are data of the pack
(``reading.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from hrss.foundation.datasets import Condition, Measure, Operator, Window
from hrss.foundation.datasets.filters import Filter
from hrss.foundation.datasets.measures import Query, query_of
from hrss.kernel.actor import Function

LEVELS: Final = ("yellow", "orange", "red")
TOPICS: Final = ("employment.firm_reported", "payruns.answered", "person.died", "indicators.measured")
COUNTY: Final = "county"  # 预警对象是全县
BOUNDS: Final = {"official": "有文件规定", "provisional": "按公开资料暂定", "unverified": "设计值，待县里核实"}
_UUID_LENGTH: Final = 36


class Kind(StrEnum):
    """How a rule looks at its rows."""

    ROWS = "rows"  # 一段时间里的行数或合计
    GROWTH = "growth"  # 与前几段同样长的时间比，是平均的百分之几
    FORECAST = "forecast"  # 刚过去的一个月超出预测区间多少
    PATH = "path"  # 规划目标连续几个月落后于进度线
    PEERS = "peers"  # 是同类中位数的百分之几
    PAIRS = "pairs"  # 一对人碰在一起的次数比碰巧多几倍标准差


@dataclass(frozen=True, slots=True)
class Level:
    """A level and the number it begins at; with ``where`` also a row that meets all of its conditions."""

    name: str
    at_least: int
    where: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``group`` is the column an alert is about; ``days`` the time its owner has to act.

    ``effect_days`` after a measure was taken the number is compared with what it was then. ``back`` is how many
    earlier windows (growth) or months (forecast, path) are looked at; ``covers`` the fund-risk rules it stands for.
    ``among`` is the column whose values are compared with each other (peers, pairs), ``fewest`` how many there must be.
    ``staff``: the subject names members of staff; ``discreet``: read only by those who watch over staff. ``once``: the
    matter is over, so a measure settles it and it is opened once for ever. ``bound_status`` says how sure the bounds
    are (empty: they are of the law the rule names), ``bound_source`` where they come from.
    """

    code: str
    title: str
    version: int
    legal: str
    owner: Function
    days: int
    todo: str
    unit: str
    kind: Kind
    measure: Measure | None
    group: str
    at_least: int
    levels: tuple[Level, ...]
    window_days: int = 1
    effect_days: int = 15
    back: int = 6
    after: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    among: str = ""
    fewest: int = 1
    staff: bool = False
    discreet: bool = False
    once: bool = False
    bound_status: str = ""
    bound_source: str = ""

    @property
    def counted(self) -> Measure:
        """What is counted; a rule about a goal of the plan counts no rows."""
        if self.measure is None:
            raise ValueError(f"rule {self.code} counts no rows")
        return self.measure

    def level(self, count: int, met: tuple[bool, ...] = ()) -> str:
        """Give the level of a number: the highest that is reached; ``met`` tells which levels' rows were there."""
        told = met or (True,) * len(self.levels)
        reached = [one.name for one, is_met in zip(self.levels, told, strict=True) if count >= one.at_least and is_met]
        return max(reached, key=LEVELS.index, default=LEVELS[0])

    def about(self, subject: str) -> list[UUID]:
        """Give the persons of the staff a subject names."""
        return persons_in(subject) if self.staff else []

    def window(self, day: date) -> Window:
        """Give the days looked at on a day."""
        return Window(day - timedelta(days=self.window_days - 1), day)

    def rows_of(self, subject: str, day: date, *, known_by: date | None = None) -> Query:
        """Give the rows an alert about ``subject`` stands on, as of a day."""
        measure = self.counted
        if self.group != COUNTY:
            about = Condition(self.group, Operator.IS, subject)
            measure = Measure(measure.dataset, (*measure.where, about), measure.aggregate, measure.column, measure.time)
        return query_of(measure, self.window(day), known_by=known_by)


def persons_in(subject: str) -> list[UUID]:
    """Give the ids in a subject about staff: a person, a person and a day, or two persons."""
    return [UUID(part) for part in subject.split() if len(part) == _UUID_LENGTH]
