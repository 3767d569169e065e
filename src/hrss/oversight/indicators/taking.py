"""Measuring: every convention of a statistic for months and divisions, each measure in one statement.

Nothing is written here. Every division of the asked levels gets a figure, also where nothing happened; what is placed
no lower than the county counts only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import Reading, by_region
from hrss.foundation.regions.models import Region
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.definitions import Convention, Statistic
from hrss.oversight.indicators.values import Counts

DIGITS = {"county": 6, "township": 9, "village": 12}
ROBOT = system_actor("indicators.measure").for_purpose("statistics")
NOTHING = Reading(0, 0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One number: convention, division, counts, and how many rows made each side."""

    convention: str
    region_code: str
    counts: Counts
    rows: int
    denominator_rows: int | None


def measure(
    statistic: Statistic, months: Sequence[YearMonth], *, levels: Iterable[str] = DIGITS
) -> dict[YearMonth, list[Measured]]:
    """Measure a statistic for months, as the house itself, over the whole county."""
    digits = tuple(DIGITS[level] for level in levels)
    found: dict[YearMonth, list[Measured]] = {month: [] for month in months}
    with acting(ROBOT):
        codes = [code for code in Region.objects.values_list("code", flat=True) if len(code) in digits]
        for convention in statistic.conventions:
            readings = _readings(statistic, convention, months, digits)
            for month in months:
                found[month] += [_measured(convention, code, month.last_day, readings) for code in codes]
    return found


Readings = dict[str, dict[tuple[date, str], Reading]]


def _readings(
    statistic: Statistic, convention: Convention, months: Sequence[YearMonth], digits: tuple[int, ...]
) -> Readings:
    windows = [statistic.window(month) for month in months]
    return {name: by_region(query_of(one, *windows), *digits) for name, one in convention.measures}


def _measured(convention: Convention, code: str, end: date, readings: Readings) -> Measured:
    got = {name: found.get((end, code), NOTHING) for name, found in readings.items()}
    if convention.parts:
        parts = {name: got[name].value for name, _ in convention.parts}
        rows = sum(one.rows for one in got.values())
        return Measured(convention.code, code, Counts(sum(parts.values()), parts=parts), rows, None)
    top, bottom = got["numerator"], got.get("denominator")
    counts = Counts(top.value, bottom.value if bottom else None)
    return Measured(convention.code, code, counts, top.rows, bottom.rows if bottom else None)
