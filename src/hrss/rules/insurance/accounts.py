"""Personal accounts: what a month credits, interest and closing of a year, the annual ledger, inheritance.

The ledger row of a year (credit, interest product, index sum, months) is kept as contributions post; a recomputation of
the county folds over these rows, not over months. Each year is rounded once to the fen. It refuses years
whose recording rate is not published (a gap of the parameter).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from hrss.rules.engine import between, fold, half_up, rule, share_of, yearly
from hrss.rules.engine.units import (
    COUNT,
    FEN,
    INDEX,
    MONTHS,
    MOST_YEARS,
    ONE,
    RATE,
    WAGE,
    AverageByYear,
    AverageWage,
    Count,
    Fen,
    Index,
    Months,
    SeriesUnit,
    Wage,
    WageByMonth,
    WageByYear,
)

ARTICLE = "国发〔2005〕38号；劳办发〔1997〕116号"
FUND = "基本养老保险基金（个人账户）"
Share = Annotated[int, RATE.within(0, ONE)]
Interest = Annotated[int, RATE.within(0, ONE // 2)]
InterestByYear = Annotated[Sequence[int], SeriesUnit(RATE.within(0, ONE // 2), MOST_YEARS)]
ShareByYear = Annotated[Sequence[int], SeriesUnit(RATE.within(0, ONE), MOST_YEARS)]
YearCredit = Annotated[int, WAGE.within(0, 12 * 10**8)]
Product = Annotated[int, FEN.within(0, 78 * 10**8)]
CreditByYear = Annotated[Sequence[int], SeriesUnit(WAGE.within(0, 12 * 10**8), MOST_YEARS)]
ProductByYear = Annotated[Sequence[int], SeriesUnit(FEN.within(0, 78 * 10**8), MOST_YEARS)]
IndexSum = Annotated[int, INDEX.within(0, 10**5 * ONE)]


@rule(name="insurance.month_base", title="当月缴费基数", article="国发〔2005〕38号；社会保险法第十二条")
def month_base(wage: Wage, lower: Wage, upper: Wage) -> Wage:
    """当月有缴费的，缴费工资按上下限保底封顶；没有缴费的为零。

    wage: 缴费工资
    lower: 缴费基数下限
    upper: 缴费基数上限
    """
    return between(wage, lower, upper) if wage > 0 else 0


@rule(
    name="insurance.month_credit",
    title="当月记账额",
    article=ARTICLE,
    payer=FUND,
    parameters={"share": "insurance.pension.account_share"},
)
def month_credit(month: Count, wage: Wage, lower: Wage, upper: Wage, share: Share) -> Wage:
    """当月记入个人账户的本金为缴费基数乘以记账比例。

    month: 月份
    wage: 缴费工资
    lower: 缴费基数下限
    upper: 缴费基数上限
    share: 记账比例
    """
    return share_of(month_base(wage, lower, upper), share)


@rule(name="insurance.month_product", title="当月记息积数", article=ARTICLE)
def month_product(
    month: Annotated[int, COUNT.within(1, 12)], wage: Wage, lower: Wage, upper: Wage, share: Share
) -> Fen:
    """当月记账额乘以到年末的计息月数（十三减月份）。

    month: 月份
    wage: 缴费工资
    lower: 缴费基数下限
    upper: 缴费基数上限
    share: 记账比例
    """
    return month_credit(month, wage, lower, upper, share) * (13 - month)


@rule(name="insurance.month_paid", title="当月是否缴费", article=ARTICLE)
def month_paid(month: Count, wage: Wage) -> Months:
    """有缴费工资的月份计一个月。

    month: 月份
    wage: 缴费工资
    """
    return 1 if wage > 0 else 0


@rule(
    name="insurance.year_interest",
    title="当年记账利息",
    article=ARTICLE,
    payer=FUND,
    parameters={"rate": "insurance.pension.recording_rate"},
)
def year_interest(balance: Fen, product: Product, rate: Interest) -> Fen:
    """年初余额按全年计息，当年本金按各月到年末的月数计息，合并一次取整到分。

    balance: 年初余额
    product: 当年记息积数
    rate: 当年记账利率
    """
    return half_up((12 * balance + product) * rate, 12 * ONE)


@rule(name="insurance.close_year", title="年末余额", article=ARTICLE, payer=FUND)
def close_year(balance: Fen, credit: YearCredit, product: Product, rate: Interest) -> Fen:
    """年末余额为年初余额加当年记账额加当年利息。

    balance: 年初余额
    credit: 当年记账额
    product: 当年记息积数
    rate: 当年记账利率
    """
    return balance + credit + half_up((12 * balance + product) * rate, 12 * ONE)


@rule(name="insurance.account_from_ledger", title="个人账户储存额（按年度台账）", article=ARTICLE, payer=FUND)
def account_from_ledger(opening: Fen, credits: CreditByYear, products: ProductByYear, rates: InterestByYear) -> Fen:
    """自期初余额起逐年结转；每年取整到分。

    opening: 期初余额
    credits: 各年记账额
    products: 各年记息积数
    rates: 各年记账利率
    balance: 储存额
    """
    balance: Fen = fold(close_year, opening, credits, products, rates)
    return balance


@rule(name="insurance.account_from_months", title="个人账户储存额（按月）", article=ARTICLE, payer=FUND)
def account_from_months(
    opening: Fen,
    wages: WageByMonth,
    lower: WageByYear,
    upper: WageByYear,
    shares: ShareByYear,
    rates: InterestByYear,
) -> Fen:
    """由逐月缴费工资保底封顶、按月记账，逐年计息结转。

    opening: 期初余额
    wages: 逐月缴费工资
    lower: 各年基数下限
    upper: 各年基数上限
    shares: 各年记账比例
    rates: 各年记账利率
    credits: 各年记账额
    products: 各年记息积数
    balance: 储存额
    """
    credits: CreditByYear = yearly(month_credit, wages, lower, upper, shares)
    products: ProductByYear = yearly(month_product, wages, lower, upper, shares)
    balance: Fen = fold(close_year, opening, credits, products, rates)
    return balance


@rule(
    name="insurance.account_part_year",
    title="年度中途的储存额",
    article=ARTICLE,
    payer=FUND,
    parameters={"rate": "insurance.pension.recording_rate"},
)
def account_part_year(balance: Fen, months: Annotated[int, MONTHS.within(0, 12)], rate: Interest) -> Fen:
    """年度中途计算时，余额按当年已过月数占全年的比例单利计息；记账利率为年利率，不按月复利。

    balance: 年初余额
    months: 计息月数
    rate: 当年记账利率
    """
    return balance + half_up(balance * months * rate, 12 * ONE)


@rule(name="insurance.account_inheritance", title="个人账户继承额", article="社会保险法第十四条", payer=FUND)
def account_inheritance(balance: Fen, paid_out: Fen) -> Fen:
    """个人死亡的，个人账户余额可以继承：储存额减去已从个人账户支付的部分，不低于零。

    balance: 个人账户储存额
    paid_out: 已从个人账户支付的金额
    """
    return max(balance - paid_out, 0)


@rule(name="insurance.year_index", title="当年缴费指数", article="国发〔2005〕38号")
def year_index(base: Wage, average: AverageWage) -> Index:
    """当年月平均缴费基数除以月平均工资，四舍五入到三位小数。

    base: 当年月平均缴费基数
    average: 月平均工资
    """
    return half_up(base * 1000, average) * 1000


@rule(name="insurance.index_sum_step", title="缴费指数累计", article="国发〔2005〕38号")
def index_sum_step(sum_index: IndexSum, base: Wage, average: AverageWage) -> IndexSum:
    """逐年累加缴费指数。

    sum_index: 已累计的指数
    base: 当年月平均缴费基数
    average: 月平均工资
    """
    return sum_index + half_up(base * 1000, average) * 1000


@rule(name="insurance.average_index", title="平均缴费指数", article="国发〔2005〕38号")
def average_index(years: Count, bases: WageByYear, averages: AverageByYear) -> Index:
    """各年缴费指数（三位小数）之和除以年数，四舍五入到三位小数；不足一年的按一年计入。

    years: 年数
    bases: 各年月平均缴费基数
    averages: 各年月平均工资
    sum_index: 指数合计
    """
    if years < 1:
        return 0
    sum_index: IndexSum = fold(index_sum_step, 0, bases, averages)
    return half_up(sum_index, years * 1000) * 1000
