"""Pension of government and public institutions: 中人 transition, protection of the old method, occupational annuity.

The share of the ten-year transition is a dated parameter. Deemed indices by grade are not known and not guessed: the
index is an input.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import half_up, half_up_product, rule, share_of
from hrss.rules.engine.units import (
    FEN,
    ONE,
    RATE,
    TENTHS,
    Choice,
    Fen,
    Index,
    Month,
    Months,
    Rate,
    TenthMonths,
    Wage,
)

ARTICLE = "国发〔2015〕2号"
FUND = "机关事业单位基本养老保险基金"
Monthly = Annotated[int, FEN.within(0, 10**9)]
Share = Annotated[int, RATE.within(0, ONE)]
TransitionRate = Annotated[int, RATE.within(0, ONE // 10)]


class Unit(Choice):
    """Kind of unit a retired person belonged to."""

    GOVERNMENT = 1, "机关"
    INSTITUTION = 2, "事业单位"


@rule(name="insurance.institution_index", title="机关事业单位平均缴费指数", article=ARTICLE)
def institution_index(deemed_index: Index, deemed_months: Months, actual_index: Index, actual_months: Months) -> Index:
    """视同缴费指数与实际缴费指数按年限加权平均。

    deemed_index: 视同缴费指数
    deemed_months: 视同缴费月数
    actual_index: 实际平均缴费指数
    actual_months: 实际缴费月数
    months: 全部月数
    """
    months: Months = deemed_months + actual_months
    if months < 1:
        return 0
    return half_up(deemed_index * deemed_months + actual_index * actual_months, months)


@rule(name="insurance.institution_basic", title="机关事业单位基础养老金", article=ARTICLE, payer=FUND)
def institution_basic(base: Wage, index: Index, months: Months) -> Fen:
    """计发基数与指数化工资的平均值，每满一年发给百分之一。

    base: 计发基数
    index: 平均缴费指数
    months: 缴费月数（含视同）
    """
    return half_up_product(base * (ONE + index), months, 2400 * ONE)


@rule(name="insurance.institution_transitional", title="机关事业单位过渡性养老金", article=ARTICLE, payer=FUND)
def institution_transitional(base: Wage, index: Index, deemed_months: Months, rate: TransitionRate) -> Fen:
    """计发基数乘以视同缴费指数、视同缴费年限与过渡系数。

    base: 计发基数
    index: 视同缴费指数
    deemed_months: 视同缴费月数
    rate: 过渡系数
    """
    return half_up_product(base * index, deemed_months * rate, 12 * ONE * ONE)


@rule(name="insurance.annuity_monthly", title="职业年金月领取额", article="国办发〔2015〕18号", payer="职业年金基金")
def annuity_monthly(balance: Fen, divisor: TenthMonths) -> Fen:
    """职业年金个人账户储存额除以计发月数，领完为止。

    balance: 职业年金储存额
    divisor: 计发月数
    """
    return half_up(balance * TENTHS, divisor)


@rule(
    name="insurance.institution_transition",
    title="机关事业单位养老金（新老办法对比）",
    article="国发〔2015〕2号；人社部发〔2015〕28号",
    payer=FUND,
    parameters={"share": "insurance.institution.transition_share"},
)
def institution_transition(old_method: Monthly, new_method: Monthly, share: Share) -> Fen:
    """十年过渡期内保低限高：新办法（含年金）低于老办法的按老办法；高于的，在老办法基础上按当期比例发给超出部分。

    old_method: 老办法待遇
    new_method: 新办法待遇（含职业年金）
    share: 超出部分发放比例
    excess: 新办法超出部分
    extra: 加发的超出部分
    """
    excess: Fen = max(new_method - old_method, 0)
    extra: Fen = share_of(excess, share)
    return old_method + extra


@rule(
    name="insurance.institution_death",
    title="机关事业单位退休人员死亡一次性抚恤",
    article="民发〔2011〕192号；事业单位为二十个月",
    payer="财政或原单位",
    parameters={"income": "insurance.death.national_urban_income"},
)
def institution_death(unit: Unit, own_monthly: Monthly, income: Fen) -> Fen:
    """机关为上年度全国城镇居民人均可支配收入的二倍加四十个月本人养老金；事业单位为二十个月本人养老金。

    unit: 单位类别
    own_monthly: 本人月养老金
    income: 上年度全国城镇居民人均可支配收入
    """
    if unit == Unit.INSTITUTION:
        return 20 * own_monthly
    return 2 * income + 40 * own_monthly


@rule(
    name="insurance.institution_death_base",
    title="机关退休人员抚恤中的国民收入部分",
    article="民发〔2011〕192号",
    payer="财政",
    parameters={"income": "insurance.death.national_urban_income"},
)
def institution_death_base(income: Fen) -> Fen:
    """上年度全国城镇居民人均可支配收入的二倍。

    income: 上年度全国城镇居民人均可支配收入
    """
    return 2 * income


@rule(
    name="insurance.annuity_contribution",
    title="职业年金月缴费",
    article="国办发〔2015〕18号",
    payer="单位与个人",
    parameters={"employer": "insurance.institution.annuity_employer", "own": "insurance.institution.annuity_own"},
)
def annuity_contribution(base: Wage, employer: Rate, own: Rate) -> Fen:
    """单位按百分之八、个人按百分之四缴纳，分别取整后相加。

    base: 缴费基数
    employer: 单位比例
    own: 个人比例
    """
    return share_of(base, employer) + share_of(base, own)


@rule(
    name="insurance.institution_pension",
    title="机关事业单位养老金（新办法合计）",
    article=ARTICLE,
    payer=FUND,
)
def institution_pension(
    base: Wage,
    index: Index,
    months: Months,
    deemed_index: Index,
    deemed_months: Months,
    rate: TransitionRate,
    balance: Fen,
    annuity: Fen,
    divisor: TenthMonths,
) -> Fen:
    """“中人”新办法为基础养老金、过渡性养老金、个人账户养老金与职业年金之和，各部分取整后相加。

    base: 计发基数
    index: 平均缴费指数
    months: 缴费月数（含视同）
    deemed_index: 视同缴费指数
    deemed_months: 视同缴费月数
    rate: 过渡系数
    balance: 个人账户储存额
    annuity: 职业年金储存额
    divisor: 计发月数
    basic: 基础养老金
    transition: 过渡性养老金
    account: 个人账户养老金
    supplement: 职业年金月领取额
    """
    basic: Fen = institution_basic(base, index, months)
    transition: Fen = institution_transitional(base, deemed_index, deemed_months, rate)
    account: Fen = half_up(balance * TENTHS, divisor)
    supplement: Fen = annuity_monthly(annuity, divisor)
    return basic + transition + account + supplement


@rule(
    name="insurance.institution_after_transition",
    title="机关事业单位养老金（过渡期后）",
    article="人社部发〔2015〕28号；2024 年 10 月起的托底办法（未核实）",
    payer=FUND,
    parameters={"until": "insurance.institution.floor_until"},
)
def institution_after_transition(new_method: Monthly, floor: Monthly, retired: Month, until: Month) -> Fen:
    """二〇二四年十月起只按新办法；托底期内退休的不低于二〇二四年九月老办法标准（不含年金）。

    new_method: 新办法待遇
    floor: 二〇二四年九月老办法标准（不含年金）
    retired: 退休年月
    until: 托底截止年月
    """
    return max(new_method, floor) if retired <= until else new_method
