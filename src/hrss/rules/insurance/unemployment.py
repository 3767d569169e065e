"""Unemployment insurance: who may draw, for how many months, how much, and what else the fund pays.

Chongqing's table of months and the share of the highest minimum wage are parameters; the national ceilings bound them.
It refuses to guess a month standard where no minimum wage is known.
"""

from __future__ import annotations

from hrss.rules.engine import bracket, rule, share_of
from hrss.rules.engine.units import Fen, Months, MonthsTable, Rate, Wage, Years

FUND = "失业保险基金"


@rule(
    name="insurance.unemployment_standard",
    title="失业保险金月标准",
    article="重庆市失业保险条例第二十三条；社会保险法第四十七条",
    payer=FUND,
    parameters={
        "top_minimum_wage": "insurance.unemployment.top_minimum_wage",
        "share": "insurance.unemployment.share",
    },
)
def unemployment_standard(top_minimum_wage: Wage, share: Rate) -> Fen:
    """失业保险金月标准按全市最高一档最低工资的比例确定，本县最低工资较低的也按最高一档计算。

    top_minimum_wage: 全市最高一档月最低工资
    share: 发放比例
    """
    return share_of(top_minimum_wage, share)


@rule(
    name="insurance.unemployment_months",
    title="领取失业保险金月数",
    article="重庆市失业保险条例第二十四条；社会保险法第四十六条",
    payer=FUND,
    parameters={
        "months_by_years": "insurance.unemployment.months_by_years",
        "most": "insurance.unemployment.most_months",
    },
)
def unemployment_months(paid_years: Years, unused: Months, months_by_years: MonthsTable, most: Months) -> Months:
    """按累计缴费满年数查表，与前次未领完的月数合并，最长二十四个月；缴费不满一年的不能领取。

    paid_years: 累计缴费满年数
    unused: 前次未领完的月数
    months_by_years: 缴费年数与领取月数对照表
    most: 最长月数
    own: 本次月数
    """
    if paid_years < 1:
        return 0
    own: Months = bracket(months_by_years, paid_years)
    return min(own + unused, most)
