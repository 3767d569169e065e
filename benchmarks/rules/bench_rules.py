"""The benchmark's task in the rule language: an employee's pension from 360 monthly wages, or from 30 ledger years."""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import bracket, fold, half_up, half_up_product, rule, yearly
from hrss.rules.engine.units import (
    INDEX,
    ONE,
    WAGE,
    AverageByYear,
    AverageWage,
    Choice,
    Count,
    Fen,
    FenByYear,
    Index,
    Month,
    Months,
    MonthsByYear,
    Rate,
    RateByYear,
    TenthMonths,
    TenthMonthsTable,
    Wage,
    WageByMonth,
    WageByYear,
)

IndexSum = Annotated[int, INDEX.within(0, 100_000 * ONE)]
YearBase = Annotated[int, WAGE.within(0, 12 * 10**8)]
ARTICLE = "国发〔2005〕38号"


class Kind(Choice):
    """Three kinds of retirement rule."""

    MEN_60 = 1, "男职工"
    WOMEN_55 = 2, "原55周岁女职工"
    WOMEN_50 = 3, "原50周岁女职工"


@rule(name="bench.month_base", title="当月缴费基数", article=ARTICLE)
def month_base(month: Count, wage: Wage, lower: Wage, upper: Wage) -> Wage:
    """缴费工资保底封顶，没有缴费的为零。

    month: 月份
    wage: 缴费工资
    lower: 下限
    upper: 上限
    """
    return min(max(wage, lower), upper) if wage > 0 else 0


@rule(name="bench.month_paid", title="当月已缴费", article=ARTICLE)
def month_paid(month: Count, wage: Wage) -> Months:
    """有缴费工资的月份计一个月。

    month: 月份
    wage: 缴费工资
    """
    return 1 if wage > 0 else 0


@rule(name="bench.year", title="一年的账户", article=ARTICLE)
def year(
    balance: Fen,
    index_sum: IndexSum,
    months: Months,
    base: YearBase,
    paid: Months,
    average: AverageWage,
    credit: Rate,
    rate: Rate,
) -> tuple[Fen, IndexSum, Months]:
    """账户按年计息并取整到分，指数与月数累加。

    balance: 年初余额
    index_sum: 指数合计
    months: 月数合计
    base: 当年缴费基数合计
    paid: 当年缴费月数
    average: 月平均工资
    credit: 记账比例
    rate: 记账利率
    """
    return (
        half_up(balance * (ONE + rate) + base * credit, ONE),
        index_sum + half_up(base * ONE, average),
        months + paid,
    )


@rule(name="bench.ledger_year", title="一年的台账", article=ARTICLE)
def ledger_year(
    balance: Fen, index_sum: IndexSum, months: Months, credited: Fen, index: IndexSum, paid: Months, rate: Rate
) -> tuple[Fen, IndexSum, Months]:
    """台账一年：余额计息并加当年记账额，指数与月数累加。

    balance: 年初余额
    index_sum: 指数合计
    months: 月数合计
    credited: 当年记账额
    index: 当年指数合计
    paid: 当年缴费月数
    rate: 记账利率
    """
    return half_up(balance * (ONE + rate), ONE) + credited, index_sum + index, months + paid


@rule(name="bench.retirement_month", title="退休年月", article=ARTICLE)
def retirement_month(kind: Kind, birth: Month) -> Month:
    """三类人员的退休年月。

    kind: 类别
    birth: 出生年月
    first: 首个延迟的出生年月
    step: 每延迟一个月相隔的月数
    age: 原退休年龄（月）
    most: 最多延迟的月数
    late: 延迟月数
    """
    first: Month = 23580 if kind == Kind.MEN_60 else 23640 if kind == Kind.WOMEN_55 else 23700
    step: Count = 2 if kind == Kind.WOMEN_50 else 4
    age: Months = 720 if kind == Kind.MEN_60 else 660 if kind == Kind.WOMEN_55 else 600
    most: Months = 60 if kind == Kind.WOMEN_50 else 36
    late: Months = min((birth - first) // step + 1, most) if birth >= first else 0
    return birth + age + late


@rule(name="bench.divisor", title="计发月数", article=ARTICLE)
def divisor(age: Months, table: TenthMonthsTable) -> TenthMonths:
    """整岁之间按月线性内插，取一位小数。

    age: 退休年龄（月）
    table: 计发月数表
    below: 下一整岁的计发月数
    above: 上一整岁的计发月数
    """
    below: TenthMonths = bracket(table, age // 12)
    above: TenthMonths = bracket(table, age // 12 + 1)
    return half_up(below * 12 - (below - above) * (age % 12), 12)


@rule(name="bench.pension", title="养老金", article=ARTICLE)
def pension(
    kind: Kind, birth: Month, deemed: Months, as_of: Month, base: Wage, table: TenthMonthsTable,
    balance: Fen, index_sum: IndexSum, months: Months,
) -> Fen:  # fmt: skip
    """基础、个人账户、过渡性三部分之和；未到退休年月的为零。

    kind: 类别
    birth: 出生年月
    deemed: 视同缴费月数
    as_of: 计算年月
    base: 计发基数
    table: 计发月数表
    balance: 账户余额
    index_sum: 指数合计
    months: 缴费月数
    retired: 退休年月
    index: 平均缴费指数
    total: 全部月数
    months_drawn: 计发月数
    basic: 基础养老金
    account: 个人账户养老金
    transition: 过渡性养老金
    """
    retired: Month = retirement_month(kind, birth)
    if retired > as_of or months < 1:
        return 0
    index: Index = min(half_up(index_sum, months), 20 * ONE)
    total: Months = months + deemed
    months_drawn: TenthMonths = divisor(retired - birth, table)
    if months_drawn < 1:
        return 0
    basic: Fen = half_up_product(base * (ONE + index), total, 2400 * ONE)
    account: Fen = half_up(balance * 10, months_drawn)
    transition: Fen = half_up_product(base * (ONE + index), deemed * 14, 24000 * ONE)
    return basic + account + transition


@rule(name="bench.from_months", title="养老金（逐月）", article=ARTICLE)
def from_months(
    kind: Kind, birth: Month, deemed: Months, as_of: Month, base: Wage, table: TenthMonthsTable, wages: WageByMonth,
    lower: WageByYear, upper: WageByYear, averages: AverageByYear, credits: RateByYear, rates: RateByYear,
) -> Fen:  # fmt: skip
    """由逐月缴费工资计算。

    kind: 类别
    birth: 出生年月
    deemed: 视同缴费月数
    as_of: 计算年月
    base: 计发基数
    table: 计发月数表
    wages: 逐月缴费工资
    lower: 下限
    upper: 上限
    averages: 月平均工资
    credits: 记账比例
    rates: 记账利率
    bases: 各年缴费基数合计
    paid: 各年缴费月数
    balance: 账户余额
    index_sum: 指数合计
    months: 缴费月数
    """
    bases: WageByYear = yearly(month_base, wages, lower, upper)
    paid: MonthsByYear = yearly(month_paid, wages)
    balance, index_sum, months = fold(year, (0, 0, 0), bases, paid, averages, credits, rates)
    return pension(kind, birth, deemed, as_of, base, table, balance, index_sum, months)


@rule(name="bench.from_ledger", title="养老金（台账）", article=ARTICLE)
def from_ledger(
    kind: Kind, birth: Month, deemed: Months, as_of: Month, base: Wage, table: TenthMonthsTable,
    credited: FenByYear, indices: FenByYear, paid: MonthsByYear, rates: RateByYear,
) -> Fen:  # fmt: skip
    """由年度台账计算。

    kind: 类别
    birth: 出生年月
    deemed: 视同缴费月数
    as_of: 计算年月
    base: 计发基数
    table: 计发月数表
    credited: 各年记账额
    indices: 各年指数合计
    paid: 各年缴费月数
    rates: 记账利率
    balance: 账户余额
    index_sum: 指数合计
    months: 缴费月数
    """
    balance, index_sum, months = fold(ledger_year, (0, 0, 0), credited, indices, paid, rates)
    return pension(kind, birth, deemed, as_of, base, table, balance, index_sum, months)
