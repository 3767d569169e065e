"""The clock and the law of monthly reports: when a month is due, when dismissals must be reported; from the rules."""

from __future__ import annotations

from datetime import date, timedelta

from hrss.domains.employment.policies import COUNTY
from hrss.kernel.months import YearMonth
from hrss.rules.engine import default_parameters


def due_on(month: YearMonth) -> date:
    """Give the last day to report a month: the stated day of the month after it."""
    return (month + 1).first_day + timedelta(days=_whole("employment.sample.due_day", (month + 1).first_day) - 1)


def reminder_days(on: date) -> int:
    """Give how many days before the last day a firm is reminded."""
    return _whole("employment.sample.reminder_days", on)


def newest_month(today: date) -> YearMonth:
    """Give the last month that may be reported: the one that is over."""
    return YearMonth.of(today) - 1


def must_be_reported(planned: int, headcount: int, on: date) -> bool:
    """Tell whether planned dismissals must be explained and reported 30 days before (劳动合同法第四十一条)."""
    if planned <= 0:
        return False
    share = _whole("employment.dismissal.report_share", on)
    return planned >= _whole("employment.dismissal.report_from", on) or planned * 100 >= share * headcount


def _whole(name: str, on: date) -> int:
    return int(default_parameters().parameter(name, on=on, region=COUNTY).value)
