"""An estimate of one's own pension from what people know: group, birth month, months paid, index and account.

It joins the retirement age, the minimum years of that year and the pension of that age. The base of the future is not
known: the estimate uses the base of the day it is asked for, and says so. Below the minimum years it is nought.
"""

from __future__ import annotations

from hrss.rules.engine import rule
from hrss.rules.engine.units import Fen, Flag, Index, Month, Months, Rate, TenthMonthsTable, Wage
from hrss.rules.insurance.pension import (
    CHONGQING,
    FUND,
    MoneyRounding,
    ServiceRounding,
    TransitionMethod,
    TransitionRate,
    employee_pension_from_months,
)
from hrss.rules.insurance.retirement import RetirementGroup, minimum_months, statutory_retirement


@rule(
    name="insurance.pension_estimate",
    title="职工基本养老金测算",
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
def pension_estimate(
    group: RetirementGroup,
    birth_month: Month,
    months: Months,
    months_before: Months,
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
    """按法定退休年月、到退休时的累计缴费月数、平均缴费指数和个人账户储存额测算；计发基数用所选日期的基数，退休时以当年公布的为准。
    不足退休年份最低缴费年限的为零。

    group: 人员类别
    birth_month: 出生年月
    months: 到退休时的累计缴费月数（含视同）
    months_before: 1996 年 1 月以前的月数（没有填 0）
    index: 平均缴费指数
    balance: 到退休时的个人账户储存额
    one_child: 是否独生子女父母
    divisors: 计发月数表
    policy: 年限取整口径
    money: 金额取整口径
    base: 计发基数
    transition_base: 过渡性养老金计发基数
    transition_method: 过渡性养老金计算方法
    transition_rate: 过渡系数
    one_child_rate: 独生子女父母加发比例
    retired: 法定退休年月
    required: 最低缴费月数
    age: 退休时年龄
    estimate: 测算的月养老金
    """
    retired: Month = statutory_retirement(group, birth_month)
    required: Months = minimum_months(retired // 12)
    age: Months = retired - birth_month
    estimate: Fen = employee_pension_from_months(
        age, months, months_before, required, index, balance, one_child, divisors, policy, money,
        base, transition_base, transition_method, transition_rate, one_child_rate,
    )  # fmt: skip
    return estimate
