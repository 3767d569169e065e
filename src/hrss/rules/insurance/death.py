"""Death of employees and pensioners: funeral grant and survivor grant from the pension fund.

In Chongqing both are multiples of the city's monthly urban disposable income; for deaths from 2021-09-01. Earlier
deaths are answered by the dated parameter of the old funeral grant, not by this formula.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import half_up, rule
from hrss.rules.engine.units import FEN, Count, Fen, Flag, Months

ARTICLE = "人社部发〔2021〕18号及重庆市实施通知"
FUND = "基本养老保险基金"
YearIncome = Annotated[int, FEN.within(0, 10**9)]


@rule(name="insurance.death_monthly_base", title="月人均可支配收入", article=ARTICLE)
def death_monthly_base(income: YearIncome) -> Fen:
    """上年度城镇居民人均可支配收入除以十二。

    income: 上年度城镇居民人均可支配收入
    """
    return half_up(income, 12)


@rule(
    name="insurance.death_funeral",
    title="丧葬补助金",
    article=ARTICLE,
    payer=FUND,
    parameters={"income": "insurance.death.city_urban_income"},
)
def death_funeral(income: YearIncome) -> Fen:
    """两个月的上年度全市城镇居民月人均可支配收入。

    income: 上年度城镇居民人均可支配收入
    """
    return half_up(2 * income, 12)


@rule(
    name="insurance.survivor_twelfths",
    title="抚恤金月数（十二分之一月）",
    article=ARTICLE,
    payer=FUND,
)
def survivor_twelfths(paid_months: Months, drawn_months: Months) -> Count:
    """缴费不满五年三个月，满五年不满十年六个月，满十年不超过十五年九个月，超过十五年每多一年加一个月，最多二十四个月；
    退休人员每领取一年减一个月，最低九个月；不足一年的按比例。

    paid_months: 缴费月数（含视同）
    drawn_months: 已领取养老金月数
    full: 未扣减的月数（十二分之一月）
    """
    if paid_months < 120:
        return 36 if paid_months < 60 else 72
    full: Count = min(108 + max(paid_months - 180, 0), 288)
    return max(full - drawn_months, 108)


@rule(
    name="insurance.survivor_grant",
    title="抚恤金",
    article=ARTICLE,
    payer=FUND,
    parameters={"income": "insurance.death.city_urban_income"},
)
def survivor_grant(paid_months: Months, drawn_months: Months, income: YearIncome) -> Fen:
    """抚恤金月数乘以上年度全市城镇居民月人均可支配收入。

    paid_months: 缴费月数（含视同）
    drawn_months: 已领取养老金月数
    income: 上年度城镇居民人均可支配收入
    twelfths: 抚恤金月数（十二分之一月）
    """
    twelfths: Count = survivor_twelfths(paid_months, drawn_months)
    return half_up(income * twelfths, 144)


@rule(
    name="insurance.employee_death_benefits",
    title="职工死亡待遇合计",
    article=ARTICLE,
    payer=FUND,
    parameters={"income": "insurance.death.city_urban_income"},
)
def employee_death_benefits(paid_months: Months, drawn_months: Months, injury_death: Flag, income: YearIncome) -> Fen:
    """丧葬补助金与抚恤金之和；因工死亡的只按工伤保险领取。

    paid_months: 缴费月数（含视同）
    drawn_months: 已领取养老金月数
    injury_death: 是否因工死亡
    income: 上年度城镇居民人均可支配收入
    funeral: 丧葬补助金
    survivor: 抚恤金
    """
    if injury_death:
        return 0
    funeral: Fen = death_funeral(income)
    survivor: Fen = survivor_grant(paid_months, drawn_months, income)
    return funeral + survivor


@rule(
    name="insurance.death_old_funeral",
    title="丧葬补助（2021 年 9 月前死亡）",
    article="重庆市原规定（2021-09-01 前）",
    payer=FUND,
    parameters={"amount": "insurance.death.old_funeral"},
)
def death_old_funeral(amount: Fen) -> Fen:
    """二〇二一年九月一日前死亡的，丧葬补助为定额；之后按两个月的月人均可支配收入。

    amount: 定额
    """
    return amount
