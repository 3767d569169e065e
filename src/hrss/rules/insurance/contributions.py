"""Contributions: limits of the base, amounts by scheme and payer, flexible workers, arrears and late fee.

Rates and limits are parameters; the formulas hold for all schemes. An arrears fine is a range, decided by people.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import between, exact, half_up, rule, share_of, up
from hrss.rules.engine.units import (
    COUNT,
    FEN,
    ONE,
    RATE,
    Choice,
    Days,
    Fen,
    FenTable,
    Months,
    Rate,
    Wage,
)

LAW = "社会保险法第十条、第十二条、第六十条"
MonthlyFen = Annotated[int, FEN.within(0, 10**10)]
DayRate = Annotated[int, RATE.within(0, ONE // 100)]


class LimitRounding(Choice):
    """How limits of the contribution base are rounded: a regional policy."""

    YUAN_UP = 1, "进到元"
    YUAN_HALF_UP = 2, "四舍五入到元"


@rule(
    name="insurance.base_limit_lower",
    title="缴费基数下限",
    article="国办发〔2019〕13号",
    parameters={
        "average": "insurance.contribution.average_wage",
        "share": "insurance.contribution.lower_share",
        "policy": "insurance.contribution.limit_rounding",
    },
    rounding="按本地口径取整到元",
)
def base_limit_lower(average: Wage, share: Rate, policy: LimitRounding) -> Wage:
    """上年度全口径月平均工资的百分之六十；重庆进到元。

    average: 月平均工资
    share: 下限比例
    policy: 取整口径
    """
    if policy == LimitRounding.YUAN_UP:
        return up(average * share, 100 * ONE) * 100
    return half_up(average * share, 100 * ONE) * 100


@rule(
    name="insurance.base_limit_upper",
    title="缴费基数上限",
    article="国办发〔2019〕13号",
    parameters={
        "average": "insurance.contribution.average_wage",
        "share": "insurance.contribution.upper_share",
        "policy": "insurance.contribution.limit_rounding",
    },
    rounding="按本地口径取整到元",
)
def base_limit_upper(average: Wage, share: Annotated[int, RATE.within(0, 10 * ONE)], policy: LimitRounding) -> Wage:
    """上年度全口径月平均工资的百分之三百；重庆进到元。

    average: 月平均工资
    share: 上限比例
    policy: 取整口径
    """
    if policy == LimitRounding.YUAN_UP:
        return up(average * share, 100 * ONE) * 100
    return half_up(average * share, 100 * ONE) * 100


@rule(name="insurance.contribution_base", title="缴费基数", article=LAW)
def contribution_base(wage: Wage, lower: Wage, upper: Wage) -> Wage:
    """本人上年度月平均工资，低于下限按下限，高于上限按上限。

    wage: 本人月平均工资
    lower: 缴费基数下限
    upper: 缴费基数上限
    """
    return between(wage, lower, upper)


@rule(name="insurance.contribution", title="月缴费额", article=LAW, payer="用人单位、职工或个人")
def contribution(base: Wage, rate: Rate) -> Fen:
    """缴费基数乘以费率，四舍五入到分；各险种、单位与个人分别计算。

    base: 缴费基数
    rate: 费率
    """
    return share_of(base, rate)


@rule(
    name="insurance.employee_contributions",
    title="职工五险月缴费（单位与个人）",
    article="社会保险法；国办发〔2019〕13号",
    payer="用人单位与职工",
    parameters={
        "lower": "insurance.contribution.base_lower",
        "upper": "insurance.contribution.base_upper",
        "pension_employer": "insurance.contribution.pension_employer",
        "pension_employee": "insurance.contribution.pension_employee",
        "unemployment_employer": "insurance.contribution.unemployment_employer",
        "unemployment_employee": "insurance.contribution.unemployment_employee",
    },
)
def employee_contributions(
    wage: Wage,
    lower: Wage,
    upper: Wage,
    injury_rate: Rate,
    pension_employer: Rate,
    pension_employee: Rate,
    unemployment_employer: Rate,
    unemployment_employee: Rate,
) -> Fen:
    """养老、失业单位与个人各按费率，工伤由单位缴纳，个人不缴；各项取整后相加。医疗由医保部门另行征收。

    wage: 本人月平均工资
    lower: 缴费基数下限
    upper: 缴费基数上限
    injury_rate: 单位工伤保险费率
    pension_employer: 养老保险单位费率
    pension_employee: 养老保险个人费率
    unemployment_employer: 失业保险单位费率
    unemployment_employee: 失业保险个人费率
    base: 缴费基数
    employer: 单位合计
    employee: 个人合计
    """
    base: Wage = between(wage, lower, upper)
    employer: Fen = (
        share_of(base, pension_employer) + share_of(base, unemployment_employer) + share_of(base, injury_rate)
    )
    employee: Fen = share_of(base, pension_employee) + share_of(base, unemployment_employee)
    return employer + employee


@rule(
    name="insurance.flexible_contribution",
    title="灵活就业人员养老保险月缴费",
    article="国发〔2005〕38号",
    payer="个人",
    parameters={"rate": "insurance.contribution.flexible_rate"},
)
def flexible_contribution(base: Wage, rate: Rate) -> Fen:
    """个人在上下限之间选择的基数乘以百分之二十，其中百分之八记入个人账户。

    base: 选择的缴费基数
    rate: 费率
    """
    return share_of(base, rate)


@rule(
    name="insurance.late_fee",
    title="滞纳金",
    article="社会保险法第八十六条",
    payer="用人单位",
    parameters={"daily": "insurance.contribution.late_fee_daily"},
)
def late_fee(arrears: MonthlyFen, days: Days, daily: DayRate) -> Fen:
    """未按时足额缴纳的，自欠缴之日起按日加收万分之五。

    arrears: 欠缴金额
    days: 欠缴天数
    daily: 每日比例
    """
    return half_up(arrears * days * daily, ONE)


@rule(name="insurance.arrears_fine_most", title="欠费罚款上限", article="社会保险法第八十六条", payer="用人单位")
def arrears_fine_most(arrears: MonthlyFen) -> Fen:
    """逾期仍不缴纳的，处欠缴数额一倍以上三倍以下罚款；本规则给出上限。

    arrears: 欠缴金额
    """
    return arrears * 3


@rule(name="insurance.backdated_contribution", title="补缴本金", article="社会保险法第六十三条", payer="用人单位与职工")
def backdated_contribution(base: Wage, rate: Rate, months: Months) -> Fen:
    """同一年度内各月按当年基数与费率补缴，逐月取整后合计。

    base: 当年缴费基数
    rate: 费率
    months: 补缴月数
    """
    return share_of(base, rate) * months


@rule(
    name="insurance.institution_contributions",
    title="机关事业单位养老保险和职业年金月缴费（单位与个人）",
    article="国发〔2015〕2号；国办发〔2015〕18号",
    payer="单位与个人",
    parameters={
        "lower": "insurance.contribution.base_lower",
        "upper": "insurance.contribution.base_upper",
        "pension_employer": "insurance.contribution.pension_employer",
        "pension_employee": "insurance.contribution.pension_employee",
        "annuity_employer": "insurance.institution.annuity_employer",
        "annuity_own": "insurance.institution.annuity_own",
    },
)
def institution_contributions(
    wage: Wage,
    lower: Wage,
    upper: Wage,
    pension_employer: Rate,
    pension_employee: Rate,
    annuity_employer: Rate,
    annuity_own: Rate,
) -> Fen:
    """按规定工资项目确定的基数在上下限之间；养老保险和职业年金由单位与个人各按费率缴纳，各项取整后相加。

    wage: 规定工资项目合计
    lower: 缴费基数下限
    upper: 缴费基数上限
    pension_employer: 养老保险单位费率
    pension_employee: 养老保险个人费率
    annuity_employer: 职业年金单位比例
    annuity_own: 职业年金个人比例
    base: 缴费基数
    employer: 单位合计
    own: 个人合计
    """
    base: Wage = between(wage, lower, upper)
    employer: Fen = share_of(base, pension_employer) + share_of(base, annuity_employer)
    own: Fen = share_of(base, pension_employee) + share_of(base, annuity_own)
    return employer + own


@rule(
    name="insurance.shortfall_payment",
    title="缴费年限不足的补足金额",
    article="社会保险法第十六条",
    payer="个人",
    parameters={"rate": "insurance.contribution.flexible_rate"},
)
def shortfall_payment(base: Wage, gap: Months, rate: Rate) -> Fen:
    """缴费年限不足的按规定延长缴费或一次性缴费：每月缴费取整后乘以相差月数；能否一次性缴费以现行规定为准。

    base: 缴费基数
    gap: 相差月数
    rate: 费率
    """
    return share_of(base, rate) * gap


@rule(
    name="insurance.flexible_medical_yearly",
    title="灵活就业人员职工医保年缴费",
    article="渝医保发〔2024〕47号",
    payer="个人",
    parameters={"amounts": "insurance.medical.flexible_yearly"},
)
def flexible_medical_yearly(level: Annotated[int, COUNT.within(1, 2)], amounts: FenTable) -> Fen:
    """灵活就业人员按所选档次缴纳职工医保，由医保部门征收；这里只用于计算就业补贴。

    level: 档次
    amounts: 各档年缴费
    amount: 本档年缴费
    """
    amount: Fen = exact(amounts, level)
    return amount
