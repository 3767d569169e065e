"""When a subsidy may be applied for: the months of the year in which the window is open.

The windows come from county texts of different years; they are parameters a county officer edits each year.
"""

from __future__ import annotations

from hrss.rules.engine import listed, rule
from hrss.rules.engine.units import Count, Flag, Grade, Table


@rule(
    name="employment.employer_window_is_open",
    title="用人单位社保补贴申报期是否开放",
    article="重庆市用人单位社会保险补贴规定",
    parameters={"months": "employment.window.employer_insurance"},
)
def employer_window_is_open(month: Grade, years_back: Count, months: Table) -> Flag:
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
def flexible_window_is_open(month: Grade, months: Table) -> Flag:
    """每年三月申报上年下半年、九月申报当年上半年的补贴。

    month: 申报月份
    months: 开放月份
    """
    return listed(months, month)
