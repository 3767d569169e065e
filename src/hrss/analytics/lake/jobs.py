"""What runs by the clock for the lake."""

from __future__ import annotations

from hrss.analytics.lake.refreshing import refresh
from hrss.foundation.jobs.registry import job


@job("lake.refresh", lock="lake", own_transactions=True)
def refresh_nightly() -> None:
    """把有变化的月份更新到数据湖."""
    refresh()
