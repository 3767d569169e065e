"""Units of the rule language: every number in a formula is a whole number with a unit.

Money is fen, rates and indices are millionths, calendar months are counted from year 0. A unit reads a number
as people write it, shows it again, and knows its bounds. It refuses fractions finer than its scale and floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from typing import Annotated, Any, TypeAlias

from hrss.kernel.problem import Problem

ONE = 1_000_000  # a rate or index of 1
TENTHS = 10  # one decimal of a month in 计发月数
SCALES = frozenset({"ONE", "TENTHS", "HUNDREDTHS"})  # constants that only carry a scale and vanish in words
HUNDREDTHS = 100  # two decimals of an hour, a score or a day


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``scale`` whole numbers make one as people write it; values lie in ``low`` … ``high`` (scaled)."""

    name: str
    word: str
    scale: int = 1
    low: int = 0
    high: int = 10**9

    def within(self, low: int, high: int) -> Unit:
        """Give the same unit with narrower bounds (scaled)."""
        return replace(self, low=low, high=high)

    def read(self, value: Any, *, field: str = "") -> int:
        """Read a number as people write it (``"1864.5"`` yuan → 186450); refuses what is finer than the unit."""
        if isinstance(value, bool):
            return int(value)
        if self.name in _CALENDAR and not isinstance(value, int):
            return _CALENDAR[self.name](value, field)
        return self._scaled(value, field)

    def _scaled(self, value: Any, field: str) -> int:
        try:
            scaled = Decimal(str(value)) * self.scale
        except InvalidOperation:
            raise Problem(
                "rules.not_a_number", f"「{value}」不是数字", field=field, remedy=f"请填写数字，单位：{self.word}"
            ) from None
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise Problem(
                "rules.too_fine",
                f"「{value}」的小数位数过多",
                field=field,
                remedy=f"请填写到 1/{self.scale} {self.word}",
            )
        return int(scaled)

    def natural(self, value: int) -> Decimal:
        """Give the number as people write it."""
        return Decimal(value) / self.scale

    def show(self, value: int) -> str:
        """Give the value in words: ``1,864.00 元``, ``80%``, ``2025-02``."""
        return self.shower()(value)

    def shower(self) -> Callable[[int], str]:
        """Give the function that shows values of this unit."""
        if self.name in _SHOW:
            return _SHOW[self.name]
        word, scale = f" {self.word}" if self.word else "", self.scale
        if scale == 1:
            return lambda value: f"{value}{word}"
        if self.word == "元":
            return money_text
        return lambda value: decimal_text(value, scale) + word

    def check(self, value: int, *, field: str, label: str, rule: str) -> None:
        """Refuse a value outside the bounds, naming the field and the rule."""
        if self.low <= value <= self.high:
            return
        raise Problem(
            "rules.out_of_bounds",
            f"「{label}」为 {self.show(value)}，应在 {self.show(self.low)} 与 {self.show(self.high)} 之间",
            rule=rule,
            field=field,
            remedy=f"请核对「{label}」",
        )


def money_text(value: int) -> str:
    """Write fen as yuan: ``1,864.00 元``."""
    yuan, fen = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{yuan:,}.{fen:02d} 元"


def decimal_text(value: int, scale: int) -> str:
    """Write a whole number of a scale (a power of ten) as people do, without trailing zeros."""
    whole, rest = divmod(abs(value), scale)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{scale + rest}".replace(".1", ".", 1).rstrip("0") if rest else f"{sign}{whole}"


def plain(number: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def month_number(year: int, month: int) -> int:
    """Count calendar months from year 0: January of year 0 is 0."""
    return year * 12 + month - 1


def _read_month(value: Any, field: str) -> int:
    try:
        year, month = (int(part) for part in str(value).split("-")[:2])
        date(year, month, 1)
    except ValueError:
        raise Problem("rules.not_a_month", f"「{value}」不是年月", field=field, remedy="请写成 2025-02") from None
    return month_number(year, month)


def _read_day(value: Any, field: str) -> int:
    try:
        return date.fromisoformat(str(value)).toordinal()
    except ValueError:
        raise Problem("rules.not_a_day", f"「{value}」不是日期", field=field, remedy="请写成 2025-02-01") from None


_CALENDAR = {"month": _read_month, "day": _read_day}
_SHOW: dict[str, Callable[[int], str]] = {
    "month": lambda value: f"{value // 12:04d}-{value % 12 + 1:02d}",
    "day": lambda value: date.fromordinal(value).isoformat() if value > 0 else str(value),
    "rate": lambda value: f"{decimal_text(value, 10_000)}%",
    "flag": lambda value: "是" if value else "否",
}

FEN = Unit("fen", "元", 100, 0, 10**11)
TOTAL = Unit("total", "元", 100, 0, 10**14)
WAGE = Unit("wage", "元", 100, 0, 10**8)
RATE = Unit("rate", "", ONE, 0, 5 * ONE)
INDEX = Unit("index", "", ONE, 0, 20 * ONE)
MONTHS = Unit("months", "个月", 1, 0, 1200)
TENTH_MONTHS = Unit("tenth_months", "个月", TENTHS, 1, 12000)
YEARS = Unit("years", "年", 1, 0, 120)
DAYS = Unit("days", "天", 1, 0, 40000)
HOURS = Unit("hours", "小时", HUNDREDTHS, 0, 10**7)
SCORE = Unit("score", "分", HUNDREDTHS, 0, 10**6)
COUNT = Unit("count", "", 1, 0, 10**9)
GRADE = Unit("grade", "级", 1, 0, 100)
YEAR = Unit("year", "", 1, 1900, 2200)
MONTH = Unit("month", "", 1, month_number(1900, 1), month_number(2200, 12))
DAY = Unit("day", "", 1, date(1900, 1, 1).toordinal(), date(2200, 12, 31).toordinal())
FLAG = Unit("flag", "", 1, 0, 1)

Fen: TypeAlias = Annotated[int, FEN]
Total: TypeAlias = Annotated[int, TOTAL]
Wage: TypeAlias = Annotated[int, WAGE]
AverageWage: TypeAlias = Annotated[int, WAGE.within(1, 10**8)]
SignedFen: TypeAlias = Annotated[int, FEN.within(-(10**11), 10**11)]
Rate: TypeAlias = Annotated[int, RATE]
Index: TypeAlias = Annotated[int, INDEX]
Months: TypeAlias = Annotated[int, MONTHS]
TenthMonths: TypeAlias = Annotated[int, TENTH_MONTHS]
Years: TypeAlias = Annotated[int, YEARS]
Days: TypeAlias = Annotated[int, DAYS]
Hours: TypeAlias = Annotated[int, HOURS]
Score: TypeAlias = Annotated[int, SCORE]
Count: TypeAlias = Annotated[int, COUNT]
Grade: TypeAlias = Annotated[int, GRADE]
Year: TypeAlias = Annotated[int, YEAR]
Month: TypeAlias = Annotated[int, MONTH]
Day: TypeAlias = Annotated[int, DAY]
Flag: TypeAlias = Annotated[bool, FLAG]


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A table parameter in a formula: flat ``(key, value, key, value …)`` in ascending keys."""

    value: Unit


@dataclass(frozen=True, slots=True)
class SeriesUnit:
    """One value for each year or month of a life; ``most`` bounds every fold over it."""

    value: Unit
    most: int


MOST_YEARS = 80
MOST_MONTHS = MOST_YEARS * 12
Table: TypeAlias = Annotated[Sequence[int], TableUnit(COUNT)]
FenTable: TypeAlias = Annotated[Sequence[int], TableUnit(FEN)]
RateTable: TypeAlias = Annotated[Sequence[int], TableUnit(RATE)]
MonthsTable: TypeAlias = Annotated[Sequence[int], TableUnit(MONTHS)]
TenthMonthsTable: TypeAlias = Annotated[Sequence[int], TableUnit(TENTH_MONTHS)]
FenByYear: TypeAlias = Annotated[Sequence[int], SeriesUnit(FEN, MOST_YEARS)]
WageByYear: TypeAlias = Annotated[Sequence[int], SeriesUnit(WAGE, MOST_YEARS)]
AverageByYear: TypeAlias = Annotated[Sequence[int], SeriesUnit(WAGE.within(1, 10**8), MOST_YEARS)]
RateByYear: TypeAlias = Annotated[Sequence[int], SeriesUnit(RATE, MOST_YEARS)]
MonthsByYear: TypeAlias = Annotated[Sequence[int], SeriesUnit(MONTHS, MOST_YEARS)]
WageByMonth: TypeAlias = Annotated[Sequence[int], SeriesUnit(WAGE, MOST_MONTHS)]


class Choice(IntEnum):
    """A closed list of answers; each member is ``NAME = number, "中文"``."""

    word: str

    def __new__(cls, value: int, word: str = "") -> Choice:
        """Make a member of a number and its Chinese word."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.word = word
        return member

    @classmethod
    def read(cls, value: Any, *, field: str = "") -> int:
        """Read a member from its number, name or Chinese word; anything else is a Problem."""
        for member in cls:
            if value in (member.value, member.name, member.name.lower(), member.word):
                return int(member)
        known = "、".join(member.word or member.name for member in cls)
        raise Problem("rules.unknown_choice", f"「{value}」不在可选范围内", field=field, remedy=f"可选：{known}")


Measure: TypeAlias = "Unit | TableUnit | SeriesUnit | type[Choice]"
