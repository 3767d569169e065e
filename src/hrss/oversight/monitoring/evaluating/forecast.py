"""The forecast: a subject fires when the last full month lies above the interval that the months before led to expect.

The interval is that of ``analytics.forecasting`` (the same everywhere on the platform); the months before are taken
from the same rows, as they were known.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from hrss.analytics.forecasting import Band, outlook
from hrss.foundation.datasets import Window
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import Reading, by_region
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.queries import newest_complete_month
from hrss.oversight.monitoring.evaluating.places import county
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import COUNTY, Rule

LEVEL: Final = 0.95
_COUNTY_DIGITS: Final = 6


def beyond_forecast(rule: Rule, day: date, known_by: date | None) -> Signals:
    """Give the county when its last full month is above the interval; the number is how far above, in per cent."""
    values = monthly(rule, day, known_by)
    band = expected(values[:-1])
    last = values[-1]
    if band is None or last < rule.at_least or last <= band.high:
        return {}
    above = max(1, round((last - band.high) * 100 / max(band.high, 1.0)))
    return {COUNTY: Signal(COUNTY, county(), above, rule.level(above))}


def monthly(rule: Rule, day: date, known_by: date | None = None) -> list[int]:
    """Give the numbers of the months looked at, the last full one last."""
    last = newest_complete_month(day)
    months = [last - step for step in range(rule.back, -1, -1)]
    windows = [Window(one.first_day, one.last_day) for one in months]
    found = by_region(query_of(rule.counted, *windows, known_by=known_by), _COUNTY_DIGITS)
    return [_of_month(found, one) for one in months]


def expected(values: list[int]) -> Band | None:
    """Give the interval of the next month, None where too little is known."""
    try:
        return outlook([float(one) for one in values], 1).bands(LEVEL)[0]
    except Problem:
        return None


def _of_month(found: dict[tuple[date, str], Reading], month: YearMonth) -> int:
    return sum(one.value for (end, _), one in found.items() if end == month.last_day)
