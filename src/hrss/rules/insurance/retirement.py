"""When a person retires: gradually delayed statutory age, the flexible window, minimum years of contribution.

From the decision of 2024-09-13, in force from 2025-01-01. Ages and months are whole months; nothing here guesses the
group of a person: the original age comes from the file.
"""

from __future__ import annotations

from typing import Annotated

from hrss.rules.engine import rule
from hrss.rules.engine.units import MONTHS, Choice, Count, Month, Months, Year, month_number

DECISION = "全国人大常委会关于实施渐进式延迟法定退休年龄的决定（2024-09-13）"


class RetirementGroup(Choice):
    """Groups by original statutory age."""

    MALE = 1, "男职工（原60周岁）"
    FEMALE_ORIGINAL_55 = 2, "女职工（原55周岁）"
    FEMALE_ORIGINAL_50 = 3, "女职工（原50周岁）"


FIRST_MEN = month_number(1965, 1)
FIRST_WOMEN_55 = month_number(1970, 1)
FIRST_WOMEN_50 = month_number(1975, 1)


@rule(name="insurance.original_age", title="原法定退休年龄", article=DECISION)
def original_age(group: RetirementGroup) -> Months:
    """男职工六十周岁，女职工五十五周岁或五十周岁。

    group: 人员类别
    """
    if group == RetirementGroup.MALE:
        return 720
    return 660 if group == RetirementGroup.FEMALE_ORIGINAL_55 else 600


@rule(name="insurance.retirement_delay", title="延迟退休月数", article=DECISION)
def retirement_delay(group: RetirementGroup, birth_month: Month) -> Months:
    """自首个延迟的出生年月起，男职工和原五十五周岁女职工每四个月延迟一个月，最多三十六个月；
    原五十周岁女职工每两个月延迟一个月，最多六十个月。

    group: 人员类别
    birth_month: 出生年月
    first: 首个延迟的出生年月
    pace: 每延迟一个月相隔的月数
    most: 最多延迟月数
    """
    first: Month = (
        FIRST_MEN
        if group == RetirementGroup.MALE
        else FIRST_WOMEN_55
        if group == RetirementGroup.FEMALE_ORIGINAL_55
        else FIRST_WOMEN_50
    )
    if birth_month < first:
        return 0
    pace: Count = 2 if group == RetirementGroup.FEMALE_ORIGINAL_50 else 4
    most: Months = 60 if group == RetirementGroup.FEMALE_ORIGINAL_50 else 36
    return min((birth_month - first) // pace + 1, most)


@rule(name="insurance.statutory_retirement", title="法定退休年月", article=DECISION)
def statutory_retirement(group: RetirementGroup, birth_month: Month) -> Month:
    """法定退休年月为出生年月加原退休年龄加延迟月数。

    group: 人员类别
    birth_month: 出生年月
    original: 原退休年龄
    delay: 延迟月数
    age: 法定退休年龄
    """
    original: Months = original_age(group)
    delay: Months = retirement_delay(group, birth_month)
    age: Months = original + delay
    return birth_month + age


@rule(name="insurance.earliest_age", title="弹性提前退休的最低年龄", article="实施弹性退休制度暂行办法（2025-01-01）")
def earliest_age(group: RetirementGroup, statutory_age: Months) -> Months:
    """弹性提前最长不超过三年，且不得低于原法定退休年龄。

    group: 人员类别
    statutory_age: 法定退休年龄
    floor: 原退休年龄
    """
    floor: Months = original_age(group)
    return max(statutory_age - 36, floor)


@rule(name="insurance.latest_age", title="弹性延迟退休的最高年龄", article="实施弹性退休制度暂行办法（2025-01-01）")
def latest_age(statutory_age: Months) -> Months:
    """与单位协商一致的，弹性延迟最长不超过三年。

    statutory_age: 法定退休年龄
    """
    return statutory_age + 36


@rule(name="insurance.minimum_months", title="最低缴费年限（月）", article=DECISION)
def minimum_months(retirement_year: Year) -> Months:
    """二〇二九年及以前十五年；二〇三〇年起每年提高六个月，二〇三九年起二十年。按实际退休年份适用。

    retirement_year: 实际退休年份
    """
    if retirement_year < 2030:
        return 180
    return min(180 + 6 * (retirement_year - 2029), 240)


@rule(name="insurance.contribution_gap", title="最低缴费年限差额（月）", article="社会保险法第十六条")
def contribution_gap(paid_months: Months, required_months: Months) -> Months:
    """累计缴费不足最低年限的月数，可以延长缴费补足。

    paid_months: 累计缴费月数
    required_months: 最低缴费月数
    """
    return max(required_months - paid_months, 0)


@rule(name="insurance.may_retire_early", title="能否弹性提前退休", article="实施弹性退休制度暂行办法（2025-01-01）")
def may_retire_early(
    group: RetirementGroup, birth_month: Month, wanted_month: Month, paid_months: Months, required_months: Months
) -> Months:
    """可提前的月数：达到最低缴费年限、不早于最低年龄的，为法定年月与选择年月之差；否则为零。

    group: 人员类别
    birth_month: 出生年月
    wanted_month: 选择的退休年月
    paid_months: 累计缴费月数
    required_months: 最低缴费月数
    statutory: 法定退休年月
    earliest: 最早退休年月
    """
    statutory: Month = statutory_retirement(group, birth_month)
    earliest: Month = birth_month + earliest_age(group, statutory - birth_month)
    if paid_months < required_months or wanted_month < earliest:
        return 0
    return max(statutory - wanted_month, 0)


@rule(
    name="insurance.early_notice_month",
    title="弹性提前退休最晚书面告知年月",
    article="实施弹性退休制度暂行办法（2025-01-01）",
    parameters={"months": "insurance.retirement.early_notice_months"},
)
def early_notice_month(wanted_month: Month, months: Annotated[int, MONTHS.within(0, 24)]) -> Month:
    """弹性提前退休的，在选择的退休时间前规定月数以书面告知单位。

    wanted_month: 选择的退休年月
    months: 提前月数
    """
    return wanted_month - months


@rule(
    name="insurance.late_agreement_month",
    title="弹性延迟退休最晚协商一致年月",
    article="实施弹性退休制度暂行办法（2025-01-01）",
    parameters={"months": "insurance.retirement.late_agreement_months"},
)
def late_agreement_month(statutory_month: Month, months: Annotated[int, MONTHS.within(0, 24)]) -> Month:
    """弹性延迟退休的，在法定退休时间前规定月数与单位书面约定。

    statutory_month: 法定退休年月
    months: 提前月数
    """
    return statutory_month - months
