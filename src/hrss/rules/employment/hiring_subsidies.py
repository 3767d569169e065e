"""Subsidies to employers and bases: social insurance, one-off hiring, internship, and how long they run.

The employer pays first and the subsidy follows; the personal part of contributions is never subsidised. A person draws
one subsidy of a kind at a time: overlaps are refused where months are counted, not here.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine import rule
from hrss.rules.engine.units import COUNT, ONE, Choice, Count, Fen, Flag, Months, Rate, Wage

Persons: TypeAlias = Annotated[int, COUNT.within(0, 10**7)]
FUND = "就业补助资金"


class HiringGroup(Choice):
    """Whom the employer hired, for the one-off hiring subsidy."""

    YOUNG_OR_LONG_UNEMPLOYED = 1, "毕业年度或离校两年内高校毕业生、登记失业青年、登记失业半年以上人员"
    HARDSHIP = 2, "就业困难人员"


@rule(
    name="employment.internship_subsidy",
    title="就业见习补贴",
    article="重庆市就业见习管理办法",
    payer=FUND,
    parameters={
        "monthly": "employment.internship.monthly",
        "monthly_retained": "employment.internship.monthly_retained",
        "most_months": "employment.internship.most_months",
        "accident_insurance": "employment.internship.accident_insurance",
    },
)
def internship_subsidy(
    months: Months,
    retained_over_half: Flag,
    insured: Flag,
    monthly: Fen,
    monthly_retained: Fen,
    most_months: Months,
    accident_insurance: Fen,
) -> Fen:
    """按月补贴，最长十二个月；见习期满留用率达到百分之五十的按高档标准；参加人身意外伤害保险的另补保险费。

    months: 见习月数
    retained_over_half: 留用率达到百分之五十
    insured: 已投保人身意外伤害保险
    monthly: 每月标准
    monthly_retained: 留用后每月标准
    most_months: 最长月数
    accident_insurance: 意外险补贴
    standard: 适用的每月标准
    paid_months: 补贴月数
    premium: 意外险补贴金额
    """
    standard: Fen = monthly_retained if retained_over_half else monthly
    paid_months: Months = min(months, most_months)
    premium: Fen = accident_insurance if insured and months > 0 else 0
    return standard * paid_months + premium


@rule(
    name="employment.meets_retention_line",
    title="见习留用率是否达标",
    article="重庆市就业见习管理办法",
    parameters={"line": "employment.internship.retention_line"},
)
def meets_retention_line(retained: Count, finished: Count, line: Rate) -> Flag:
    """留用人数占见习期满人数的比例达到规定线，为达标；没有期满人员的不达标。

    retained: 留用人数
    finished: 见习期满人数
    line: 留用率线
    """
    return finished > 0 and retained * ONE >= finished * line


@rule(
    name="employment.hiring_subsidy",
    title="一次性吸纳就业补贴",
    article="重庆市一次性吸纳就业补贴规定",
    payer=FUND,
    parameters={
        "per_person": "employment.hiring.per_person",
        "per_hardship_person": "employment.hiring.per_hardship_person",
    },
)
def hiring_subsidy(group: HiringGroup, persons: Count, per_person: Wage, per_hardship_person: Wage) -> Fen:
    """每吸纳一人补贴一次，就业困难人员按高档标准。

    group: 人员类别
    persons: 人数
    per_person: 每人标准
    per_hardship_person: 就业困难人员每人标准
    standard: 适用标准
    """
    standard: Wage = per_hardship_person if group == HiringGroup.HARDSHIP else per_person
    return standard * persons


@rule(
    name="employment.hiring_subsidy_is_open",
    title="吸纳对象是否符合条件",
    article="重庆市一次性吸纳就业补贴规定",
    parameters={
        "contract_from": "employment.hiring.contract_months",
        "insured_from": "employment.hiring.insured_months",
    },
)
def hiring_subsidy_is_open(
    contract: Months, insured: Months, drawn_before: Flag, contract_from: Months, insured_from: Months
) -> Flag:
    """签订一年以上劳动合同、连续缴纳社会保险六个月以上，且此人未享受过的，可以申领。

    contract: 合同月数
    insured: 连续参保月数
    drawn_before: 此人已享受过
    contract_from: 合同最短月数
    insured_from: 参保最短月数
    """
    return contract >= contract_from and insured >= insured_from and not drawn_before


@rule(
    name="employment.employer_insurance_subsidy",
    title="用人单位社会保险补贴",
    article="重庆市用人单位社会保险补贴规定",
    payer=FUND,
)
def employer_insurance_subsidy(pension: Fen, medical: Fen, unemployment: Fen, injury: Fen, maternity: Fen) -> Fen:
    """按用人单位为招用对象实际缴纳的养老、医疗（含大额）、失业、工伤、生育保险费全额补贴，个人缴费部分不补。

    pension: 单位实缴养老保险费
    medical: 单位实缴医疗保险费（含大额）
    unemployment: 单位实缴失业保险费
    injury: 单位实缴工伤保险费
    maternity: 单位实缴生育保险费
    """
    return pension + medical + unemployment + injury + maternity


@rule(
    name="employment.public_welfare_post_subsidy",
    title="公益性岗位补贴",
    article="人社部发〔2019〕124号",
    payer=FUND,
    parameters={"monthly": "employment.public_welfare.monthly"},
)
def public_welfare_post_subsidy(months: Months, persons: Persons, monthly: Wage) -> Fen:
    """按在岗月数和人数发放岗位补贴，标准与当地最低工资挂钩，以县里公布的数额为准。

    months: 在岗月数
    persons: 人数
    monthly: 每人每月标准
    """
    return monthly * months * persons


@rule(
    name="employment.subsidy_months_left",
    title="补贴剩余月数",
    article="就业补助资金管理办法；人社部发〔2019〕124号",
    parameters={
        "most_months": "employment.subsidy_term.most_months",
        "near_retirement": "employment.subsidy_term.near_retirement_months",
    },
)
def subsidy_months_left(
    to_retirement_at_first: Months, used: Months, most_months: Months, near_retirement: Months
) -> Months:
    """初次核定时距法定退休年龄不足五年的补到退休，其他人最长三年，减去已享受月数。

    to_retirement_at_first: 初次核定时距退休月数
    used: 已享受月数
    most_months: 一般最长月数
    near_retirement: 延长到退休的界线
    whole: 可享受总月数
    """
    whole: Months = to_retirement_at_first if to_retirement_at_first < near_retirement else most_months
    return max(whole - used, 0)


@rule(
    name="employment.runs_to_retirement",
    title="补贴是否可延长到退休",
    article="就业补助资金管理办法；人社部发〔2019〕124号",
    parameters={"near_retirement": "employment.subsidy_term.near_retirement_months"},
)
def runs_to_retirement(to_retirement_at_first: Months, near_retirement: Months) -> Flag:
    """初次核定享受补贴时距法定退休年龄不足五年的，可以延长到退休。

    to_retirement_at_first: 初次核定时距退休月数
    near_retirement: 延长到退休的界线
    """
    return to_retirement_at_first < near_retirement


@rule(
    name="employment.internship_stipend_floor",
    title="见习人员生活补助最低标准（月）",
    article="重庆市就业见习管理办法",
    payer="见习基地",
    parameters={"first_tier": "labour.minimum_wage.month_first"},
)
def internship_stipend_floor(first_tier: Wage) -> Fen:
    """见习基地发给见习人员的生活补助不低于主城区一类最低工资标准。

    first_tier: 一类月最低工资
    """
    return first_tier
