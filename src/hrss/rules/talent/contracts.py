"""Employment contracts and dismissal in public institutions, sanctions and quotas of assessment.

Numbers come from 事业单位人事管理条例; quotas cut fractions off, so that a share is never exceeded.
"""

from __future__ import annotations

from hrss.rules.engine import exact, rule
from hrss.rules.engine.units import ONE, Choice, Count, Days, Fen, FenTable, Flag, Months, MonthsTable, Rate, Years

ARTICLE = "事业单位人事管理条例"


class Sanction(Choice):
    """Sanctions of article 29."""

    WARNING = 1, "警告"
    DEMERIT = 2, "记过"
    LOWERED = 3, "降低岗位等级或者撤职"
    EXPULSION = 4, "开除"


@rule(
    name="talent.contract_years_least",
    title="聘用合同最短年限",
    article=ARTICLE + "第十二条",
    parameters={"least": "talent.contract.least_years"},
)
def contract_years_least(least: Years) -> Years:
    """聘用合同期限一般不低于三年。

    least: 最短年限
    """
    return least


@rule(
    name="talent.probation_months",
    title="试用期月数",
    article=ARTICLE + "第十三条",
    parameters={"months": "talent.probation.months", "years_from": "talent.probation.contract_years"},
)
def probation_months(first_job: Flag, contract_years: Years, months: Months, years_from: Years) -> Months:
    """初次就业、合同期限三年以上的，试用期十二个月；其他情形条例没有规定试用期。

    first_job: 初次就业
    contract_years: 合同年限
    months: 试用期月数
    years_from: 合同年限线
    """
    return months if first_job and contract_years >= years_from else 0


@rule(
    name="talent.contract_to_retirement",
    title="是否应订立聘用至退休的合同",
    article=ARTICLE + "第十四条",
    parameters={"service_from": "talent.contract.service_years", "near": "talent.contract.years_to_retirement"},
)
def contract_to_retirement(service: Months, to_retirement: Months, service_from: Years, near: Years) -> Flag:
    """在本单位连续工作满十年且距法定退休年龄不足十年，提出订立聘用至退休合同的，应当订立。

    service: 本单位连续工作月数
    to_retirement: 距退休月数
    service_from: 工作年限线
    near: 距退休年限线
    """
    return service >= service_from * 12 and to_retirement < near * 12


@rule(
    name="talent.may_dismiss_for_absence",
    title="可否因旷工解除聘用合同",
    article=ARTICLE + "第十五条",
    parameters={"in_a_row": "talent.absence.in_a_row", "in_a_year": "talent.absence.in_a_year"},
)
def may_dismiss_for_absence(continuous: Days, in_year: Days, in_a_row: Days, in_a_year: Days) -> Flag:
    """连续旷工超过十五个工作日，或者一年内累计旷工超过三十个工作日的，可以解除。

    continuous: 连续旷工工作日
    in_year: 一年内累计旷工工作日
    in_a_row: 连续界线
    in_a_year: 累计界线
    """
    return continuous > in_a_row or in_year > in_a_year


@rule(
    name="talent.may_dismiss_for_assessment",
    title="可否因考核解除聘用合同",
    article=ARTICLE + "第十六条",
)
def may_dismiss_for_assessment(failed_last: Flag, failed_before: Flag, refuses_transfer: Flag) -> Flag:
    """年度考核不合格且不同意调整工作岗位，或者连续两年年度考核不合格的，提前三十日书面通知可以解除。

    failed_last: 最近一年不合格
    failed_before: 上一年也不合格
    refuses_transfer: 不同意调整岗位
    """
    return failed_last and (failed_before or refuses_transfer)


@rule(
    name="talent.sanction_months",
    title="处分期月数",
    article=ARTICLE + "第二十九条",
    parameters={"periods": "talent.sanction.months"},
)
def sanction_months(kind: Sanction, periods: MonthsTable) -> Months:
    """警告六个月，记过十二个月，降低岗位等级或者撤职二十四个月；开除没有处分期。

    kind: 处分种类
    periods: 各种处分的月数
    period: 处分期
    """
    if kind == Sanction.EXPULSION:
        return 0
    period: Months = exact(periods, kind)
    return period


@rule(
    name="talent.quota",
    title="按比例的名额",
    article="事业单位工作人员考核规定；事业单位工作人员奖励规定",
    rounding="舍去不足一人的部分",
)
def quota(persons: Count, share: Rate) -> Count:
    """人数乘以比例，不足一人的部分不计，以免突破比例。

    persons: 人数
    share: 比例
    """
    return persons * share // ONE


@rule(
    name="talent.excellent_quota",
    title="年度考核优秀名额",
    article="事业单位工作人员考核规定",
    parameters={"usual": "talent.assessment.excellent_share", "raised": "talent.assessment.excellent_share_raised"},
    rounding="舍去不足一人的部分",
)
def excellent_quota(participants: Count, better_unit: Flag, usual: Rate, raised: Rate) -> Count:
    """优秀一般不超过参加考核人数的百分之二十，绩效突出的单位可以提高到百分之二十五。

    participants: 参加考核人数
    better_unit: 经批准提高比例
    usual: 一般比例
    raised: 提高后比例
    share: 适用比例
    """
    share: Rate = raised if better_unit else usual
    return participants * share // ONE


@rule(
    name="talent.commendation_quota",
    title="嘉奖名额",
    article="事业单位工作人员奖励规定",
    parameters={"share": "talent.award.commendation_share"},
    rounding="舍去不足一人的部分",
)
def commendation_quota(staff: Count, share: Rate) -> Count:
    """嘉奖一般不超过在册人数的百分之二十。

    staff: 在册人数
    share: 比例
    """
    return staff * share // ONE


@rule(
    name="talent.merit_quota",
    title="记功名额",
    article="事业单位工作人员奖励规定",
    parameters={"share": "talent.award.merit_share"},
    rounding="舍去不足一人的部分",
)
def merit_quota(staff: Count, share: Rate) -> Count:
    """记功一般不超过在册人数的百分之二。

    staff: 在册人数
    share: 比例
    """
    return staff * share // ONE


class Award(Choice):
    """Awards of public institutions with a one-off sum."""

    COMMENDATION = 1, "嘉奖"
    MERIT = 2, "记功"
    GREAT_MERIT = 3, "记大功"


@rule(
    name="talent.award_amount",
    title="奖励一次性奖金",
    article="事业单位工作人员奖励规定",
    payer="所在单位（不计入绩效工资总量）",
    parameters={"amounts": "talent.award.amounts"},
)
def award_amount(kind: Award, amounts: FenTable) -> Fen:
    """按奖励种类发给一次性奖金；同一事由不重复奖励。

    kind: 奖励种类
    amounts: 各种奖励的奖金
    amount: 奖金
    """
    amount: Fen = exact(amounts, kind)
    return amount
