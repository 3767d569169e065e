"""The official calendar as the package chinesecalendar carries it: every State Council notice since 2004, day by day.

Pure. It gives whole years only and refuses years the package does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

from chinese_calendar.constants import Holiday, holidays, workdays

_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """One day: worked or not, the holiday it belongs to, and the notice it comes from."""

    day: date
    is_working: bool
    name: str
    source: str


def official_years() -> range:
    """Give the years the package knows."""
    return range(min(holidays).year, max(holidays).year + 1)


def official_days(year: int) -> Iterator[OfficialDay]:
    """Give every day of a year; ValueError for a year not known."""
    if year not in official_years():
        raise ValueError(f"no official calendar for {year}")
    day, source = (
        date(year, 1, 1),
        f"国务院办公厅关于{year}年部分节假日安排的通知（chinesecalendar {version('chinesecalendar')} 整理）",
    )
    while day.year == year:
        yield OfficialDay(day, _is_working(day), _name(day), source)
        day += timedelta(days=1)


def _is_working(day: date) -> bool:
    return day in workdays or (day.weekday() < 5 and day not in holidays)


def _name(day: date) -> str:
    if day in holidays:
        return str(_NAMES[holidays[day]])
    return f"{_NAMES[workdays[day]]}调休上班" if day in workdays else ""
