"""From dates to what the rules count: months of service, the window of the double wage, days of a year.

Plain date arithmetic over calendar and holiday table; amounts are computed by the rules. The last day of employment
is worked and counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hrss.kernel.months import add_months, full_months_between
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import WorkCalendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months and further days from a first to a last day, both included."""

    months: int
    days: int


@dataclass(frozen=True, slots=True)
class DoubleWageWindow:
    """The days for which a second wage is due, both included; ``last`` before ``first`` means none."""

    first: date
    last: date

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is due."""
        return self.last < self.first


def span(first: date, last: date, *, field: str = "end_date") -> Span:
    """Count whole months and further days; Problem ``labour.dates`` where the end lies before the start."""
    if last < first:
        raise Problem(
            "labour.dates",
            f"结束日期 {last} 早于开始日期 {first}",
            rule="工作年限自用工之日起计算（劳动合同法第七条）",
            remedy="请核对两个日期",
            field=field,
        )
    end = last + _ONE_DAY
    months = full_months_between(first, end)
    return Span(months, (end - add_months(first, months)).days)


def double_wage_window(*, hired: date, signed: date | None, until: date | None = None) -> DoubleWageWindow:
    """Give the window of 劳动合同法第八十二条第一款: from the day after one month to the day before signing.

    One year at most.

    ``until`` is the last day claimed or worked where that is earlier.
    """
    first = add_months(hired, 1)
    last = add_months(hired, 12) - _ONE_DAY
    for end in (signed - _ONE_DAY if signed else None, until):
        last = min(last, end) if end else last
    return DoubleWageWindow(first, last)


def window_months(window: DoubleWageWindow, *, calendar: WorkCalendar | None = None) -> Span:
    """Count a window in whole months and the working days of what remains; a Problem without calendar."""
    if window.is_empty:
        return Span(0, 0)
    whole = span(window.first, window.last)
    if whole.days == 0:
        return whole
    if calendar is None:
        raise Problem(
            "labour.no_calendar", "不满一个月的部分须按工作日历计算", remedy="请给出工作日历", field="calendar"
        )
    rest = (window.last - timedelta(days=offset) for offset in range(whole.days))
    return Span(whole.months, sum(calendar.is_working(day) for day in rest))


def claimable_window(window: DoubleWageWindow, *, filed: date) -> DoubleWageWindow:
    """Cut a window to what a claim filed on a day still reaches, one year back day by day (one regional practice)."""
    return DoubleWageWindow(max(window.first, add_months(filed, -12)), window.last)


def is_time_barred(window: DoubleWageWindow, *, filed: date) -> bool:
    """Tell whether even the last day of a window lies more than a year back (调解仲裁法第二十七条第一款)."""
    return add_months(window.last, 12) < filed


def days_elapsed_in_year(day: date) -> int:
    """Calendar days of the year up to and including a day."""
    return day.timetuple().tm_yday


def days_left_in_year(day: date) -> int:
    """Calendar days of the year from a day on, the day included."""
    return (date(day.year, 12, 31) - day).days + 1
