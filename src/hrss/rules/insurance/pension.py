"""Employee pension: basic part, account part, transitional part, one-child addition, with Chongqing's variants.

Each part is rounded to the fen, then added. How months become years is a regional policy applied at the last step; the
bases of the basic and the transitional part are separate parameters. Provisional bases give provisional results.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import bracket, half_up, half_up_product, refuse, rule, up
from hrss.rules.engine.units import (
    COUNT,
    ONE,
    RATE,
    TENTHS,
    Choice,
    Count,
    Fen,
    Flag,
    Index,
    Months,
    Rate,
    TenthMonths,
    TenthMonthsTable,
    Wage,
)

LAW = "国发〔2005〕38号"
CHONGQING = "国发〔2005〕38号；渝办发〔2006〕205号"
FUND = "基本养老保险基金"
Service = Annotated[int, COUNT.within(0, 120 * ONE)]
PerYear = Annotated[int, COUNT.within(1, ONE)]
TransitionRate = Annotated[int, RATE.within(0, ONE // 10)]


class ServiceRounding(Choice):
    """How months of service become years: a dated policy of the province."""

    EXACT_MONTHS = 1, "按月精确计算"
    TWO_DECIMALS = 2, "折算为年，保留两位小数"
    TENTH_UP = 3, "折算为年，进到一位小数"
    FOUR_DECIMALS = 4, "折算为年，保留四位小数"


class MoneyRounding(Choice):
    """How an amount is rounded at the last step: a dated policy of the province."""

    FEN = 1, "四舍五入到分"
    JIAO_UP = 2, "见分进角"


class TransitionMethod(Choice):
    """What the transitional part is a share of."""

    MEAN = 1, "计发基数与指数化工资的平均值"
    INDEXED_WAGE = 2, "指数化工资"


@rule(name="insurance.service_counted", title="计发年限", article=CHONGQING)
def service_counted(months: Months, policy: ServiceRounding) -> Service:
    """缴费月数按本省口径折算：精确到月的以月为单位，其余以一位、两位或四位小数的年为单位。

    months: 缴费月数
    policy: 年限取整口径
    """
    if policy == ServiceRounding.EXACT_MONTHS:
        return months
    if policy == ServiceRounding.TWO_DECIMALS:
        return half_up(months * 100, 12)
    return up(months * 10, 12) if policy == ServiceRounding.TENTH_UP else half_up(months * 10000, 12)


@rule(name="insurance.service_per_year", title="计发年限每年的单位数", article=CHONGQING)
def service_per_year(policy: ServiceRounding) -> PerYear:
    """精确到月的一年为十二，其余为十、一百或一万。

    policy: 年限取整口径
    """
    if policy == ServiceRounding.EXACT_MONTHS:
        return 12
    if policy == ServiceRounding.TWO_DECIMALS:
        return 100
    return 10 if policy == ServiceRounding.TENTH_UP else 10000


@rule(name="insurance.rounded_money", title="金额取整", article=CHONGQING)
def rounded_money(amount: Fen, policy: MoneyRounding) -> Fen:
    """金额按本省口径取整：到分，或见分进角。

    amount: 金额
    policy: 金额取整口径
    """
    return up(amount, 10) * 10 if policy == MoneyRounding.JIAO_UP else amount


@rule(
    name="insurance.divisor_months",
    title="个人账户养老金计发月数",
    article="国发〔2005〕38号附件；2025年起非整岁按月内插",
    parameters={"table": "insurance.pension.divisor_months"},
)
def divisor_months(age: Months, table: TenthMonthsTable) -> TenthMonths:
    """整周岁查表；非整周岁在两个整岁之间按月线性内插，四舍五入到一位小数。

    age: 退休时年龄
    table: 计发月数表
    years: 整周岁
    below: 整周岁的计发月数
    next_year: 下一整岁
    above: 下一整岁的计发月数
    """
    years: Count = age // 12
    below: TenthMonths = bracket(table, years)
    next_year: Count = (age + 11) // 12
    above: TenthMonths = bracket(table, next_year)
    return half_up(below * (12 - age % 12) + above * (age % 12), 12)


@rule(name="insurance.basic_pension", title="基础养老金", article=LAW, payer=FUND)
def basic_pension(base: Wage, index: Index, service: Service, per_year: PerYear) -> Fen:
    """计发基数与本人指数化月平均缴费工资的平均值，缴费每满一年发给百分之一。

    base: 计发基数
    index: 平均缴费指数
    service: 计发年限
    per_year: 每年单位数
    """
    return half_up_product(base * (ONE + index), service, 2 * ONE * per_year * 100)


@rule(name="insurance.account_pension", title="个人账户养老金", article=LAW, payer="基本养老保险基金（个人账户）")
def account_pension(balance: Fen, divisor: TenthMonths) -> Fen:
    """个人账户储存额除以计发月数。

    balance: 个人账户储存额
    divisor: 计发月数
    """
    return half_up(balance * TENTHS, divisor)


@rule(name="insurance.transitional_pension", title="过渡性养老金", article=CHONGQING, payer=FUND)
def transitional_pension(
    method: TransitionMethod, base: Wage, index: Index, service: Service, per_year: PerYear, rate: TransitionRate
) -> Fen:
    """重庆为计发基数与指数化工资的平均值乘以建账前年限与百分之一点四；多数省份为指数化工资乘以视同年限与系数。

    method: 计算方法
    base: 计发基数
    index: 平均缴费指数
    service: 建立个人账户前的年限
    per_year: 每年单位数
    rate: 过渡系数
    """
    if method == TransitionMethod.INDEXED_WAGE:
        return half_up_product(base * index, service * rate, ONE * ONE * per_year)
    return half_up_product(base * (ONE + index), service * rate, 2 * ONE * ONE * per_year)


@rule(name="insurance.one_child_addition", title="独生子女父母加发", article="渝劳办发〔2000〕261号", payer=FUND)
def one_child_addition(parts: Fen, rate: Rate) -> Fen:
    """独生子女父母退休时按各部分之和的比例加发。

    parts: 各部分养老金之和
    rate: 加发比例
    """
    return half_up_product(parts, rate, ONE)


@rule(
    name="insurance.employee_pension",
    title="职工基本养老金",
    article=CHONGQING,
    payer=FUND,
    parameters={
        "base": "insurance.pension.calculation_base",
        "transition_base": "insurance.pension.calculation_base",
        "transition_method": "insurance.pension.transition_method",
        "transition_rate": "insurance.pension.transition_rate",
        "one_child_rate": "insurance.pension.one_child_rate",
    },
    rounding="各部分四舍五入到分后相加",
)
def employee_pension(
    index: Index,
    service: Service,
    service_before: Service,
    per_year: PerYear,
    balance: Fen,
    divisor: TenthMonths,
    one_child: Flag,
    base: Wage,
    transition_base: Wage,
    transition_method: TransitionMethod,
    transition_rate: TransitionRate,
    one_child_rate: Rate,
) -> Fen:
    """基本养老金为基础养老金、个人账户养老金、过渡性养老金与独生子女父母加发之和。

    index: 平均缴费指数
    service: 计发年限
    service_before: 建立个人账户前的年限
    per_year: 每年单位数
    balance: 个人账户储存额
    divisor: 计发月数
    one_child: 是否独生子女父母
    base: 计发基数
    transition_base: 过渡性养老金计发基数
    transition_method: 过渡性养老金计算方法
    transition_rate: 过渡系数
    one_child_rate: 独生子女父母加发比例
    basic: 基础养老金
    account: 个人账户养老金
    transition: 过渡性养老金
    addition: 独生子女父母加发
    """
    basic: Fen = basic_pension(base, index, service, per_year)
    account: Fen = account_pension(balance, divisor)
    transition: Fen = transitional_pension(
        transition_method, transition_base, index, service_before, per_year, transition_rate
    )
    addition: Fen = one_child_addition(basic + account + transition, one_child_rate) if one_child else 0
    return basic + account + transition + addition


@rule(
    name="insurance.employee_pension_from_months",
    title="职工基本养老金（按月数）",
    article=CHONGQING,
    payer=FUND,
    parameters={
        "divisors": "insurance.pension.divisor_months",
        "policy": "insurance.pension.service_rounding",
        "money": "insurance.pension.money_rounding",
        "base": "insurance.pension.calculation_base",
        "transition_base": "insurance.pension.calculation_base",
        "transition_method": "insurance.pension.transition_method",
        "transition_rate": "insurance.pension.transition_rate",
        "one_child_rate": "insurance.pension.one_child_rate",
    },
    rounding="各部分四舍五入到分后相加，再按本省口径取整",
)
def employee_pension_from_months(
    age: Months,
    months: Months,
    months_before: Months,
    required_months: Months,
    index: Index,
    balance: Fen,
    one_child: Flag,
    divisors: TenthMonthsTable,
    policy: ServiceRounding,
    money: MoneyRounding,
    base: Wage,
    transition_base: Wage,
    transition_method: TransitionMethod,
    transition_rate: TransitionRate,
    one_child_rate: Rate,
) -> Fen:
    """从缴费月数、平均指数和个人账户储存额计算基本养老金；不足最低缴费年限的为零。

    age: 退休时年龄
    months: 累计缴费月数（含视同）
    months_before: 建立个人账户前的月数
    required_months: 最低缴费月数
    index: 平均缴费指数
    balance: 个人账户储存额
    one_child: 是否独生子女父母
    divisors: 计发月数表
    policy: 年限取整口径
    money: 金额取整口径
    base: 计发基数
    transition_base: 过渡性养老金计发基数
    transition_method: 过渡性养老金计算方法
    transition_rate: 过渡系数
    one_child_rate: 独生子女父母加发比例
    divisor: 计发月数
    service: 计发年限
    service_before: 建立个人账户前的年限
    per_year: 每年单位数
    total: 各部分之和
    """
    if months < required_months:
        return 0
    divisor: TenthMonths = divisor_months(age, divisors)
    if divisor < 1:
        refuse("计发月数须大于零")
    service: Service = service_counted(months, policy)
    service_before: Service = service_counted(months_before, policy)
    per_year: PerYear = service_per_year(policy)
    total: Fen = employee_pension(
        index, service, service_before, per_year, balance, divisor, one_child,
        base, transition_base, transition_method, transition_rate, one_child_rate,
    )  # fmt: skip
    return rounded_money(total, money)
