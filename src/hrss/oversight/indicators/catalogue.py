"""The statistics in force: read from the county's pack once in a process, looked up by code or by plan row."""

from __future__ import annotations

import functools

from django.conf import settings

from hrss.kernel.problem import Problem
from hrss.oversight.indicators.definitions import Statistic
from hrss.oversight.indicators.reading_packs import load_indicators


@functools.cache
def statistics() -> tuple[Statistic, ...]:
    """Give all statistics, in the plan's order."""
    found = load_indicators(settings.HRSS_COUNTY_PACK, root=settings.HRSS_PACKS)
    return tuple(sorted(found, key=lambda one: one.lead.order))


def statistic_of(code: str) -> Statistic:
    """Give a statistic. Problem ``indicators.unknown`` (404)."""
    for one in statistics():
        if one.code == code:
            return one
    raise Problem("indicators.unknown", f"没有指标“{code}”", remedy="请从指标目录进入", status=404)
