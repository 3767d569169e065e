"""Personal accounts of employees: what is credited, interest by year, closing balance, heirs' share.

The account is kept by year, each year rounded to the fen, so that the yearly ledger and the months give the same.
It refuses to answer for years without a published recording rate (a gap of the parameter).
"""

from __future__ import annotations

from hrss.rules.engine import between, fold, half_up, rule, share_of, yearly
from hrss.rules.engine.units import (
    ONE,
    Count,
    Fen,
    FenByYear,
    Months,
    MonthsByYear,
    Rate,
    RateByYear,
    Wage,
    WageByMonth,
    WageByYear,
)

ARTICLE = "国发〔2005〕38号；劳办发〔1997〕116号"
FUND = "基本养老保险基金（个人账户）"


@rule(name="insurance.month_base", title="当月缴费基数", article="国发〔2005〕38号；社会保险法第十二条")
def month_base(month: Count, wage: Wage, lower: Wage, upper: Wage) -> Wage:
    """当月有缴费的，缴费工资按上下限保底封顶；没有缴费的为零。

    month: 月份
    wage: 缴费工资
    lower: 缴费基数下限
    upper: 缴费基数上限
    """
    return between(wage, lower, upper) if wage > 0 else 0


@rule(name="insurance.year_credit", title="当年记账额", article=ARTICLE, payer=FUND)
def year_credit(paid_bases: Fen, rate: Rate) -> Fen:
    """当年记入个人账户的本金为当年各月缴费基数之和乘以记账比例。

    paid_bases: 当年缴费基数合计
    rate: 记账比例
    """
    return share_of(paid_bases, rate)


@rule(name="insurance.year_interest", title="当年记账利息", article=ARTICLE, payer=FUND)
def year_interest(balance: Fen, credit: Fen, months: Months, rate: Rate) -> Fen:
    """年初余额按全年计息；当年本金按月均匀记入，平均计息月数为十三减缴费月数的余额之半，合并一次取整到分。

    balance: 年初余额
    credit: 当年记账额
    months: 当年缴费月数
    rate: 当年记账利率
    """
    return half_up((24 * balance + (months + 1) * credit) * rate, 24 * ONE)
