"""Chongqing pieces of the employee pension: adjustment money of 2006 to 2010, the average wage an index divides by.

Both are kept because old sheets are computed again when somebody complains. Outside the years of the table there is no
adjustment money; which average wage the index divides by is a disputed parameter, not a constant.
"""

from __future__ import annotations

from hrss.rules.engine import exact, listed, rule, share_of
from hrss.rules.engine.units import Choice, Fen, Rate, RateTable, Wage, Year

FUND = "基本养老保险基金"


class IndexAverage(Choice):
    """Which average wage the index of a year divides by."""

    SAME_YEAR = 1, "当年月平均工资"
    PREVIOUS_YEAR = 2, "上年度月平均工资"


@rule(
    name="insurance.adjustment_money",
    title="养老金计发办法改革调节金",
    article="渝办发〔2006〕205号",
    payer=FUND,
    parameters={
        "amount": "insurance.pension.adjustment_money",
        "shares": "insurance.pension.adjustment_shares",
    },
)
def adjustment_money(retirement_year: Year, amount: Wage, shares: RateTable) -> Fen:
    """二〇〇六至二〇一〇年退休的加发调节金，逐年递减；二〇一一年起没有。

    retirement_year: 退休年份
    amount: 调节金标准
    shares: 退休年份与发放比例
    share: 发放比例
    """
    if not listed(shares, retirement_year):
        return 0
    share: Rate = exact(shares, retirement_year)
    return share_of(amount, share)


@rule(
    name="insurance.index_average_wage",
    title="计算缴费指数所用的月平均工资",
    article="国发〔2005〕38号",
    parameters={"policy": "insurance.pension.index_average"},
)
def index_average_wage(same_year: Wage, previous_year: Wage, policy: IndexAverage) -> Wage:
    """缴费指数的分母用当年还是上年度月平均工资，各地口径不一，按本地参数。

    same_year: 当年月平均工资
    previous_year: 上年度月平均工资
    policy: 口径
    """
    return same_year if policy == IndexAverage.SAME_YEAR else previous_year
