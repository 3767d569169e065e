"""Residents' pension: grades and subsidies, base pension, extra years, age additions, account part, death grant.

Chongqing's grades and amounts are parameters. A late topping-up gets no subsidy, as the rule says; where a grade is not
in the table of the year the rule refuses.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import exact, half_up, listed, rule
from hrss.rules.engine.units import (
    COUNT,
    FEN,
    TENTHS,
    Choice,
    Count,
    Fen,
    FenTable,
    Flag,
    Months,
    TenthMonths,
    Years,
)

ARTICLE = "国发〔2014〕8号；重庆市城乡居民基本养老保险办法"
FUND = "城乡居民基本养老保险基金"
Small = Annotated[int, FEN.within(0, 10**9)]
GradeYuan = Annotated[int, COUNT.within(0, 10**6)]


class DeathPhase(Choice):
    """When a participant died."""

    CONTRIBUTING = 1, "缴费期间"
    DRAWING = 2, "领取期间"


@rule(
    name="insurance.resident_subsidy",
    title="居民养老保险缴费补贴",
    article=ARTICLE,
    payer="地方财政",
    parameters={"subsidies": "insurance.resident.subsidies"},
)
def resident_subsidy(grade: GradeYuan, late: Flag, subsidies: FenTable) -> Fen:
    """按缴费档次查补贴表；到龄后补缴的不享受补贴。

    grade: 缴费档次（元）
    late: 是否补缴
    subsidies: 缴费档次与补贴
    granted: 补贴
    """
    if late:
        return 0
    granted: Fen = exact(subsidies, grade)
    return granted


@rule(
    name="insurance.resident_base",
    title="居民基础养老金",
    article=ARTICLE,
    payer="财政",
    parameters={"base": "insurance.resident.base_pension"},
)
def resident_base(base: Small) -> Fen:
    """本市当期基础养老金标准。

    base: 基础养老金标准
    """
    return base


@rule(
    name="insurance.resident_extra_years",
    title="居民缴费年限养老金",
    article=ARTICLE,
    payer="财政",
    parameters={"per_year": "insurance.resident.extra_per_year", "required": "insurance.resident.required_years"},
)
def resident_extra_years(years: Years, per_year: Small, required: Years) -> Fen:
    """缴费超过十五年的，每超过一年每月加发；不足一年按一年计，补缴的年限不计。

    years: 缴费年限
    per_year: 每超一年加发
    required: 最低缴费年限
    """
    return max(years - required, 0) * per_year


@rule(
    name="insurance.resident_age_addition",
    title="居民高龄加发",
    article=ARTICLE,
    payer="财政",
    parameters={"step": "insurance.resident.age_step"},
)
def resident_age_addition(age: Years, step: Small) -> Fen:
    """年满六十五周岁加发一档，年满七十周岁再加发一档。

    age: 周岁
    step: 每档加发
    """
    if age >= 70:
        return 2 * step
    return step if age >= 65 else 0


@rule(
    name="insurance.resident_account_part",
    title="居民个人账户养老金",
    article=ARTICLE,
    payer="城乡居民基本养老保险基金（个人账户）",
    parameters={"divisor": "insurance.resident.divisor"},
)
def resident_account_part(account: Fen, divisor: TenthMonths) -> Fen:
    """个人账户全部储存额除以一百三十九。

    account: 个人账户储存额
    divisor: 计发月数
    """
    return half_up(account * TENTHS, divisor)


@rule(name="insurance.resident_account", title="居民个人账户储存额", article=ARTICLE, payer=FUND)
def resident_account(payment: Small, subsidy: Small, years: Years, interest: Fen) -> Fen:
    """各年个人缴费与补贴之和加利息；各年档次相同时使用。

    payment: 年缴费
    subsidy: 年补贴
    years: 缴费年数
    interest: 利息
    """
    return (payment + subsidy) * years + interest


@rule(
    name="insurance.resident_pension",
    title="城乡居民养老金",
    article=ARTICLE,
    payer=FUND,
    parameters={
        "base": "insurance.resident.base_pension",
        "per_year": "insurance.resident.extra_per_year",
        "required": "insurance.resident.required_years",
        "step": "insurance.resident.age_step",
        "one_child_amount": "insurance.resident.one_child",
        "divisor": "insurance.resident.divisor",
    },
)
def resident_pension(
    account: Fen,
    years: Years,
    age: Years,
    one_child: Flag,
    base: Small,
    per_year: Small,
    required: Years,
    step: Small,
    one_child_amount: Small,
    divisor: TenthMonths,
) -> Fen:
    """月养老金为基础养老金、缴费年限养老金、高龄加发、独生子女加发与个人账户养老金之和；未满六十周岁的为零。

    account: 个人账户储存额
    years: 缴费年限
    age: 周岁
    one_child: 是否持独生子女父母证
    base: 基础养老金标准
    per_year: 每超一年加发
    required: 最低缴费年限
    step: 高龄每档加发
    one_child_amount: 独生子女父母加发
    divisor: 计发月数
    extra: 缴费年限养老金
    old: 高龄加发
    child: 独生子女加发
    part: 个人账户养老金
    """
    if age < 60:
        return 0
    extra: Fen = resident_extra_years(years, per_year, required)
    old: Fen = resident_age_addition(age, step)
    child: Fen = one_child_amount if one_child else 0
    part: Fen = resident_account_part(account, divisor)
    return base + extra + old + child + part


@rule(
    name="insurance.resident_death_months",
    title="居民丧葬补助月数",
    article=ARTICLE,
    payer=FUND,
    parameters={"most": "insurance.resident.death_months"},
)
def resident_death_months(phase: DeathPhase, years_paid: Count, most: Months) -> Months:
    """缴费期间死亡的，每缴费一年一个月，最多十二个月；领取期间死亡的十二个月。

    phase: 死亡时的阶段
    years_paid: 缴费年数
    most: 最多月数
    """
    return most if phase == DeathPhase.DRAWING else min(years_paid, most)


@rule(name="insurance.resident_death_grant", title="居民死亡一次性待遇", article=ARTICLE, payer=FUND)
def resident_death_grant(months: Months, monthly: Small, balance: Fen) -> Fen:
    """退还个人账户余额，加发丧葬补助：缴费期间按当期基础养老金，领取期间按最后一月养老金。

    months: 丧葬补助月数
    monthly: 每月标准
    balance: 个人账户余额
    """
    return months * monthly + balance


@rule(name="insurance.resident_may_claim", title="居民能否领取养老金", article=ARTICLE)
def resident_may_claim(age: Years, years: Years, born_within_transition: Flag, other_pension: Flag) -> Flag:
    """年满六十周岁、缴费满十五年且未领取其他基本养老待遇的可以领取；制度实施时已满四十五周岁的，按应缴年限，不强制补缴。

    age: 周岁
    years: 缴费年限
    born_within_transition: 制度实施时是否已满45周岁且逐年缴费
    other_pension: 是否已领取其他基本养老待遇
    """
    if age < 60 or other_pension:
        return False
    return years >= 15 or born_within_transition


@rule(
    name="insurance.resident_grade_is_open",
    title="居民能否选择该缴费档次",
    article=ARTICLE,
    parameters={"subsidies": "insurance.resident.subsidies", "kept": "insurance.resident.kept_grade"},
)
def resident_grade_is_open(grade: GradeYuan, poor: Flag, subsidies: FenTable, kept: GradeYuan) -> Flag:
    """只能选择公布的档次；最低档只留给重残、低保、特困和返贫致贫人员。

    grade: 缴费档次（元）
    poor: 是否重残、低保、特困或返贫致贫人员
    subsidies: 缴费档次与补贴
    kept: 只留给困难人员的档次（元）
    """
    return listed(subsidies, grade) and (poor or grade != kept)


@rule(
    name="insurance.resident_paid_for",
    title="困难人员居民养老保险费代缴",
    article=ARTICLE,
    payer="地方财政",
    parameters={"amount": "insurance.resident.paid_for"},
)
def resident_paid_for(poor: Flag, amount: Small) -> Fen:
    """重残、低保、特困和返贫致贫人员由政府按最低档代缴，其他人员自己缴费。

    poor: 是否重残、低保、特困或返贫致贫人员
    amount: 每年代缴金额
    """
    return amount if poor else 0
