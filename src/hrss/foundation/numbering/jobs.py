"""Sequences of the days to come are made at night, outside everybody's transaction."""

from __future__ import annotations

from datetime import timedelta

from hrss.foundation.calendar.services import today
from hrss.foundation.jobs import job
from hrss.foundation.numbering.services import open_days

DAYS_AHEAD = 14


@job("numbering.open_days", queue="house")
def open_coming_days() -> None:
    """准备以后两周的受理编号"""
    first = today()
    open_days(*(first + timedelta(days=number) for number in range(DAYS_AHEAD)))
