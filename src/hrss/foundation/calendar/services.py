"""Due dates by the working days in the database.

The law's day is Beijing's, by the database's clock. Problems of the kernel's counting come through; above all a due
date beyond the last confirmed year is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from hrss.foundation.calendar.loading import load_calendar
from hrss.kernel.limits import Limit
from hrss.kernel.workdays import DueDate, HolidayTable, Step, Suspension, due_date, working_days_between

__all__ = [
    "due",
    "elapsed",
    "is_working",
    "last_confirmed_year",
    "load_calendar",
    "today",
    "trace_of",
    "working_days",
]

_VERSION = "SELECT coalesce(max(decided_at)::text, '') FROM calendar_change WHERE state = 'approved'"
_DAYS = "SELECT day, is_working, confirmed FROM calendar_workday"
_YEARS = """
SELECT year FROM (SELECT extract(year FROM day)::int AS year, count(*) AS days FROM calendar_workday
                  WHERE confirmed GROUP BY 1) counted
WHERE days = make_date(year + 1, 1, 1) - make_date(year, 1, 1)
"""


@dataclass(frozen=True, slots=True)
class Provisional:
    """A calendar that takes plain weekdays for years nobody has announced yet, and remembers which."""

    table: HolidayTable
    guessed: set[int]

    def is_working(self, day: date) -> bool:
        """Tell whether the day is worked, or would be in a year without holidays."""
        if day.year in self.table.years:
            return self.table.is_working(day)
        self.guessed.add(day.year)
        return day.weekday() < 5


def due(
    start: date,
    limit: Limit,
    *,
    suspensions: Iterable[Suspension] = (),
    extended: bool = False,
    rolls: bool = True,
    provisional: bool = False,
) -> DueDate:
    """Give the last day of a limit that begins with an event on ``start``, with the steps that led to it.

    Store ``trace_of(...)`` beside the date. ``provisional`` takes plain weekdays beyond the last confirmed year and
    says so in the trace: for showing an expected day, never for a consequence in law. Raises the kernel's Problems,
    among them ``deadline.calendar_unknown`` (民法典第二百零一条至第二百零三条).
    """
    table = working_days()
    if not provisional:
        return due_date(start, limit, calendar=table, suspensions=suspensions, extended=extended, rolls=rolls)
    guess = Provisional(table, set())
    found = due_date(start, limit, calendar=guess, suspensions=suspensions, extended=extended, rolls=rolls)
    if not guess.guessed:
        return found
    years = "、".join(str(year) for year in sorted(guess.guessed))
    note = Step(found.due_on, f"{years} 年节假日安排尚未公布，暂按周一至周五推算，公布后重算")
    return replace(found, trace=(*found.trace, note))


def trace_of(found: DueDate) -> list[dict[str, str]]:
    """Give the steps as JSON for storing with the clock."""
    return [{"day": step.day.isoformat(), "text": step.text} for step in found.trace]


def elapsed(start: date, end: date, *, suspensions: Iterable[Suspension] = ()) -> int:
    """Number of working days after ``start`` up to and including ``end``."""
    return working_days_between(start, end, calendar=working_days(), suspensions=suspensions)


def is_working(day: date) -> bool:
    """Tell whether ``day`` is worked. Raises Problem ``deadline.calendar_unknown``."""
    return working_days().is_working(day)


def today() -> date:
    """Give today's date in Beijing by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date")
        day: date = cursor.fetchone()[0]
        return day


def last_confirmed_year() -> int | None:
    """Give the last year whose every day is confirmed."""
    years = working_days().years
    return max(years) if years else None


def working_days() -> HolidayTable:
    """Give the confirmed calendar; read once a process and again after a change took effect."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        version: str = cursor.fetchone()[0]
    return _table(str(connection.settings_dict["NAME"]), version)


@lru_cache(maxsize=4)
def _table(_database: str, _version: str) -> HolidayTable:
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        years = frozenset(row[0] for row in cursor.fetchall())
        cursor.execute(_DAYS)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return HolidayTable(
        days_off=frozenset(day for day, working, _ in rows if day.weekday() < 5 and not working),
        days_worked=frozenset(day for day, working, _ in rows if day.weekday() >= 5 and working),
        years=years,
    )
