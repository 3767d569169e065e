"""Money the unemployment fund and the treasury give back: flexible workers, stability refund, expansion grant, skills.

Windows, unit amounts and limits are parameters. A condition not met is an amount of zero with the condition shown.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import exact, half_up_product, rule, share_of
from hrss.rules.engine.units import COUNT, FEN, ONE, RATE, Choice, Count, Fen, FenTable, Flag, Months, Rate, Wage

FUND = "失业保险基金"
Premium = Annotated[int, FEN.within(0, 10**11)]
Share = Annotated[int, RATE.within(0, ONE)]
Part = Annotated[int, COUNT.within(1, 1000)]


class FirmSize(Choice):
    """Size of a firm for the stability refund."""

    LARGE = 1, "大型企业"
    OTHER = 2, "中小微企业及其他"


class SkillLevel(Choice):
    """Levels of the skill subsidy."""

    JUNIOR = 5, "初级（五级）"
    MIDDLE = 4, "中级（四级）"
    SENIOR = 3, "高级（三级）"


@rule(
    name="insurance.flexible_subsidy",
    title="灵活就业社保补贴（养老部分，月）",
    article="重庆市灵活就业社会保险补贴规定",
    payer="就业补助资金",
)
def flexible_subsidy(
    base: Wage,
    rate: Rate,
    numerator: Annotated[int, COUNT.within(0, 1000)],
    denominator: Part,
) -> Fen:
    """按缴费下限计算的月缴费的三分之二。

    base: 缴费基数（下限）
    rate: 费率
    numerator: 补贴比例的分子
    denominator: 补贴比例的分母
    """
    return half_up_product(base * rate, numerator, denominator * ONE)


@rule(
    name="insurance.flexible_subsidy_months",
    title="灵活就业社保补贴月数",
    article="重庆市灵活就业社会保险补贴规定",
    parameters={"most": "insurance.subsidy.flexible_months"},
)
def flexible_subsidy_months(months_to_retirement: Months, used: Months, most: Months) -> Months:
    """距退休不足五年的延长至退休；其余最长三十六个月，扣除已享受的月数。

    months_to_retirement: 首次申请时距退休的月数
    used: 已享受月数
    most: 最长月数
    """
    if months_to_retirement < 60:
        return max(months_to_retirement - used, 0)
    return max(most - used, 0)


@rule(
    name="insurance.stability_eligible",
    title="能否享受稳岗返还",
    article="人社部、财政部稳岗返还通知（2026年39号）",
    parameters={
        "layoff_limit": "insurance.stability.layoff_limit",
        "least_months": "insurance.stability.least_months",
    },
)
def stability_eligible(paid_months: Months, layoff_rate: Share, layoff_limit: Share, least_months: Months) -> Flag:
    """足额缴费满十二个月，上年度裁员率不高于全国城镇调查失业率控制目标。

    paid_months: 缴费月数
    layoff_rate: 上年度裁员率
    layoff_limit: 裁员率上限
    least_months: 最少缴费月数
    """
    return paid_months >= least_months and layoff_rate <= layoff_limit


@rule(
    name="insurance.stability_rate",
    title="稳岗返还比例",
    article="人社部、财政部稳岗返还通知（2026年39号）",
    parameters={"large": "insurance.stability.large_rate", "other": "insurance.stability.other_rate"},
)
def stability_rate(size: FirmSize, large: Share, other: Share) -> Share:
    """大型企业百分之三十，中小微企业及其他百分之六十。

    size: 单位规模
    large: 大型企业比例
    other: 其他单位比例
    """
    return large if size == FirmSize.LARGE else other


@rule(
    name="insurance.stability_refund",
    title="稳岗返还金额",
    article="人社部、财政部稳岗返还通知（2026年39号）",
    payer=FUND,
    parameters={
        "layoff_limit": "insurance.stability.layoff_limit",
        "least_months": "insurance.stability.least_months",
        "large": "insurance.stability.large_rate",
        "other": "insurance.stability.other_rate",
    },
)
def stability_refund(
    size: FirmSize,
    premium: Premium,
    paid_months: Months,
    layoff_rate: Share,
    layoff_limit: Share,
    least_months: Months,
    large: Share,
    other: Share,
) -> Fen:
    """符合条件的，按上年度实际缴纳失业保险费的比例返还；不符合的为零。

    size: 单位规模
    premium: 上年度实际缴纳的失业保险费
    paid_months: 缴费月数
    layoff_rate: 上年度裁员率
    layoff_limit: 裁员率上限
    least_months: 最少缴费月数
    large: 大型企业比例
    other: 其他单位比例
    eligible: 是否符合条件
    rate: 返还比例
    """
    eligible: Flag = stability_eligible(paid_months, layoff_rate, layoff_limit, least_months)
    if not eligible:
        return 0
    rate: Share = stability_rate(size, large, other)
    return share_of(premium, rate)


@rule(
    name="insurance.expansion_grant",
    title="一次性扩岗补助",
    article="人社部发〔2022〕37号等",
    payer=FUND,
    parameters={"amount": "insurance.expansion.amount", "least_months": "insurance.expansion.least_months"},
)
def expansion_grant(
    hired: Annotated[int, COUNT.within(0, 10**6)],
    paid_months: Months,
    amount: Annotated[int, FEN.within(0, 10**8)],
    least_months: Months,
) -> Fen:
    """招用毕业年度高校毕业生等并足额缴费满规定月数的，每人一千五百元。

    hired: 符合条件的招用人数
    paid_months: 缴费月数
    amount: 每人标准
    least_months: 最少缴费月数
    """
    return hired * amount if paid_months >= least_months else 0


@rule(
    name="insurance.skill_subsidy",
    title="技能提升补贴",
    article="失业保险支持参保职工提升职业技能的规定",
    payer=FUND,
    parameters={
        "amounts": "insurance.skill.amounts",
        "least_months": "insurance.skill.least_months",
        "window": "insurance.skill.window_months",
        "most": "insurance.skill.times_per_year",
    },
)
def skill_subsidy(
    level: SkillLevel,
    paid_months: Months,
    since_certificate: Months,
    used_this_year: Count,
    amounts: FenTable,
    least_months: Months,
    window: Months,
    most: Count,
) -> Fen:
    """累计缴费满规定月数、在取证后规定时间内申请、当年次数未满的，按等级一次性发放。

    level: 技能等级
    paid_months: 累计缴纳失业保险费月数
    since_certificate: 取证至申请的月数
    used_this_year: 当年已享受次数
    amounts: 等级与标准
    least_months: 最少缴费月数
    window: 申请期限
    most: 每年最多次数
    granted: 标准
    """
    if paid_months < least_months or since_certificate > window or used_this_year >= most:
        return 0
    granted: Fen = exact(amounts, level)
    return granted
