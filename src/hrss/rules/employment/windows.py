"""When a subsidy may be applied for: the months of the year in which the window is open, and last days.

The windows come from county texts of different years; they are parameters a county officer edits each year.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from hrss.rules.engine import listed, rule
from hrss.rules.engine.units import COUNT, Count, Flag, Month, Table, Year

CalendarMonth: TypeAlias = Annotated[int, COUNT.within(1, 12)]


@rule(
    name="employment.employer_window_is_open",
    title="用人单位社保补贴申报期是否开放",
    article="重庆市用人单位社会保险补贴规定",
    parameters={"months": "employment.window.employer_insurance"},
)
def employer_window_is_open(month: CalendarMonth, years_back: Count, months: Table) -> Flag:
    """每年三月或九月申报上一年度的补贴，其他月份和其他年度不受理。

    month: 申报月份
    years_back: 所补年度距今年数
    months: 开放月份
    """
    return years_back == 1 and listed(months, month)


@rule(
    name="employment.flexible_window_is_open",
    title="灵活就业社保补贴申报期是否开放",
    article="重庆市灵活就业人员社会保险补贴规定",
    parameters={"months": "employment.window.flexible_insurance"},
)
def flexible_window_is_open(month: CalendarMonth, months: Table) -> Flag:
    """每年三月申报上年下半年、九月申报当年上半年的补贴。

    month: 申报月份
    months: 开放月份
    """
    return listed(months, month)


@rule(
    name="employment.transport_window_is_open",
    title="交通补贴是否在申领期内",
    article="渝人社〔2022〕281号",
    parameters={"last": "employment.window.transport_last_month"},
)
def transport_window_is_open(travel_year: Year, month: Month, last: CalendarMonth) -> Flag:
    """当年务工的交通补贴在当年至次年三月末申领或补足差额，过期不再办理。

    travel_year: 务工年份
    month: 申领年月
    last: 次年截止月份
    """
    return travel_year * 12 <= month and month < (travel_year + 1) * 12 + last


def transport_closes(travel_year: int) -> date:
    """Give the last day on which transport of a year is claimed or topped up (次年三月三十一日)."""
    return date(travel_year + 1, 3, 31)


def transport_is_open(travel_year: int, *, on: date) -> bool:
    """Tell whether transport of a year may still be claimed on a day of that year or after."""
    return date(travel_year, 1, 1) <= on <= transport_closes(travel_year)
