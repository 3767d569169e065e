"""Numbers of cases and packages, from the foundation's counters."""

from __future__ import annotations

from datetime import date

from hrss.foundation.numbering.case_numbers import CHANNELS
from hrss.foundation.numbering.services import next_case_number

_COUNTY_DIGITS = 6
_ANY = "workbench"


def new_case_number(region_code: str, *, channel: str, day: date) -> str:
    """Give the next number of a county, channel and day; a channel without a digit counts as the workbench."""
    return next_case_number(region_code[:_COUNTY_DIGITS], channel if channel in CHANNELS else _ANY, day)
