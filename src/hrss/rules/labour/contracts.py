"""Labour contracts: probation, unsigned contracts, non-compete, deductions, extra compensation, layoffs.

Dates become months in ``service``; here the amounts and yes-or-no questions that follow from them.
"""

from __future__ import annotations

from hrss.rules.engine import half_up, half_up_product, rule, share_of
from hrss.rules.engine.units import HUNDREDTHS, ONE, Count, Fen, Flag, Months, Rate, Wage
from hrss.rules.labour.units import PartialDays, PayDays

PAYER = "用人单位"


@rule(
    name="labour.probation_most",
    title="试用期最长月数",
    article="劳动合同法第十九条",
)
def probation_most(contract_months: Months, open_ended: Flag) -> Months:
    """合同不满三个月的不得约定试用期；不满一年的最长一个月；不满三年的最长两个月；三年以上和无固定期限的最长六个月。

    contract_months: 合同月数
    open_ended: 无固定期限
    """
    if open_ended or contract_months >= 36:
        return 6
    if contract_months >= 12:
        return 2
    return 1 if contract_months >= 3 else 0


@rule(
    name="labour.probation_wage_floor",
    title="试用期最低工资",
    article="劳动合同法第二十条",
    payer=PAYER,
    parameters={"share": "labour.probation.wage_share"},
)
def probation_wage_floor(agreed: Wage, minimum_wage: Wage, share: Rate) -> Fen:
    """不低于约定工资的百分之八十，并不低于当地最低工资。

    agreed: 约定工资
    minimum_wage: 当地月最低工资
    share: 比例
    """
    return max(share_of(agreed, share), minimum_wage)


@rule(
    name="labour.unlawful_probation",
    title="违法试用期赔偿金",
    article="劳动合同法第八十三条",
    payer=PAYER,
)
def unlawful_probation(served: Months, lawful: Months, wage_after: Wage) -> Fen:
    """已履行的超过法定试用期的月数，按试用期满月工资支付。

    served: 已履行试用期月数
    lawful: 法定最长月数
    wage_after: 试用期满月工资
    """
    return max(served - lawful, 0) * wage_after


@rule(
    name="labour.double_wage",
    title="未订立书面劳动合同二倍工资差额",
    article="劳动合同法第八十二条；法释〔2025〕12号第六条、第七条",
    payer=PAYER,
    parameters={"pay_days": "labour.working_time.pay_days"},
)
def double_wage(wage: Wage, months: Months, further_days: PartialDays, worker_refused: Flag, pay_days: PayDays) -> Fen:
    """超过一个月不满一年未订立书面合同的，逐月加付一倍工资；不满一个月的按实际工作日折算；劳动者故意不订立的不支持。

    wage: 月工资
    months: 整月数
    further_days: 不满一个月部分的工作日
    worker_refused: 因劳动者故意或重大过失未订立
    pay_days: 月计薪天数
    partial: 不满一个月的部分
    """
    if worker_refused:
        return 0
    partial: Fen = half_up(wage * further_days * HUNDREDTHS, pay_days)
    return wage * months + partial


@rule(
    name="labour.non_compete_monthly",
    title="竞业限制补偿（每月）",
    article="法释〔2020〕26号第三十六条",
    payer=PAYER,
    parameters={"share": "labour.non_compete.share"},
)
def non_compete_monthly(wage: Wage, minimum_wage: Wage, share: Rate) -> Fen:
    """未约定补偿的，按解除前十二个月平均工资的百分之三十，并不低于履行地最低工资。

    wage: 解除前十二个月平均工资
    minimum_wage: 履行地月最低工资
    share: 比例
    """
    return max(share_of(wage, share), minimum_wage)


@rule(
    name="labour.non_compete_months",
    title="竞业限制有效月数",
    article="劳动合同法第二十四条",
    parameters={"most": "labour.non_compete.most_months"},
)
def non_compete_months(agreed: Months, most: Months) -> Months:
    """约定期限超过二年的部分无效。

    agreed: 约定月数
    most: 最长月数
    """
    return min(agreed, most)


@rule(
    name="labour.non_compete_total",
    title="竞业限制补偿总额",
    article="法释〔2020〕26号第三十六条；劳动合同法第二十四条",
    payer=PAYER,
    parameters={"share": "labour.non_compete.share", "most": "labour.non_compete.most_months"},
)
def non_compete_total(wage: Wage, minimum_wage: Wage, agreed: Months, share: Rate, most: Months) -> Fen:
    """每月补偿乘以有效月数，最后一步四舍五入到分。

    wage: 解除前十二个月平均工资
    minimum_wage: 履行地月最低工资
    agreed: 约定月数
    share: 比例
    most: 最长月数
    months: 有效月数
    by_share: 按比例计算的总额
    """
    months: Months = non_compete_months(agreed, most)
    by_share: Fen = half_up_product(wage * months, share, ONE)
    return max(by_share, minimum_wage * months)


@rule(
    name="labour.wage_deduction_most",
    title="每月可扣赔偿损失的最高额",
    article="工资支付暂行规定第十六条",
    parameters={"share": "labour.deduction.share"},
)
def wage_deduction_most(wage: Wage, minimum_wage: Wage, share: Rate) -> Fen:
    """每月扣除不超过当月工资的百分之二十，扣除后剩余部分不低于当地最低工资。

    wage: 当月工资
    minimum_wage: 当地月最低工资
    share: 比例
    """
    return max(min(share_of(wage, share), wage - minimum_wage), 0)


@rule(
    name="labour.additional_compensation",
    title="加付赔偿金",
    article="劳动合同法第八十五条",
    payer=PAYER,
)
def additional_compensation(due: Fen, ordered: Flag, paid_in_time: Flag, rate: Rate) -> Fen:
    """经责令限期支付、逾期仍不支付的，按应付金额的百分之五十以上百分之一百以下加付；限期内付清或未经责令的没有。

    due: 应付金额
    ordered: 已责令限期支付
    paid_in_time: 限期内已付清
    rate: 裁量比例
    """
    if not ordered or paid_in_time:
        return 0
    return share_of(due, rate)


@rule(
    name="labour.contractor_pays",
    title="施工总承包单位先行清偿金额",
    article="保障农民工工资支付条例第三十条",
    payer="施工总承包单位",
)
def contractor_pays(owed_by_subcontractor: Fen) -> Fen:
    """分包单位拖欠农民工工资的，由施工总承包单位先行清偿，再依法追偿。

    owed_by_subcontractor: 分包单位拖欠金额
    """
    return owed_by_subcontractor


@rule(
    name="labour.layoff_must_be_reported",
    title="裁员是否须提前说明并报告",
    article="劳动合同法第四十一条",
    parameters={"persons": "labour.layoff.persons", "share": "labour.layoff.share"},
)
def layoff_must_be_reported(employees: Count, laid_off: Count, persons: Count, share: Rate) -> Flag:
    """裁减二十人以上，或者不足二十人但占职工总数百分之十以上的，提前三十日说明情况并向劳动行政部门报告。

    employees: 职工总数
    laid_off: 裁减人数
    persons: 人数线
    share: 比例线
    """
    if laid_off < 1:
        return False
    return laid_off >= persons or laid_off * ONE >= employees * share


@rule(
    name="labour.dispatch_within_limit",
    title="劳务派遣用工比例是否合规",
    article="劳务派遣暂行规定第四条",
    parameters={"share": "labour.dispatch.share"},
)
def dispatch_within_limit(dispatched: Count, employees: Count, share: Rate) -> Flag:
    """被派遣劳动者不超过用工总量（订立合同人数与被派遣人数之和）的百分之十。

    dispatched: 被派遣人数
    employees: 订立劳动合同人数
    share: 比例上限
    """
    return dispatched * ONE <= (dispatched + employees) * share
