"""The work calendar the rules are shipped with: days off and days worked as announced for each year.

It serves calculators and published cases; the running platform passes its own table. A year that is not in the file
is not confirmed and every count into it is refused.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hrss.kernel.workdays import HolidayTable

_FILE = Path(__file__).parent / "data" / "work_calendar.yaml"


@lru_cache(maxsize=1)
def shipped_calendar() -> HolidayTable:
    """Give the calendar of the years that were announced when the file was made."""
    years: dict[int, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["years"]
    return HolidayTable(
        days_off=frozenset(_days(years, "days_off")),
        days_worked=frozenset(_days(years, "days_worked")),
        years=frozenset(years),
    )


def _days(years: dict[int, dict[str, Any]], kind: str) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for year, lists in years.items() for day in lists[kind]]
