"""Subsidies to persons: flexible workers' insurance, job search, transport, start-up.

Receipts are paid at cost up to the fares the rule names; without a receipt the flat sum counts. Each once, or once a
year, as the rule says; what was drawn before is a fact the caller brings.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine import half_up, refuse, rule, share_of
from hrss.rules.engine.units import COUNT, ONE, Choice, Count, Fen, Flag, Months, Rate, Wage

Divisor: TypeAlias = Annotated[int, COUNT.within(1, 100)]
FUND = "就业补助资金"


class WorkPlace(Choice):
    """Where the person went to work."""

    IN_COUNTY = 0, "县内"
    IN_CITY = 1, "县外市内"
    OUTSIDE = 2, "市外"


class JobSearchGroup(Choice):
    """Who draws the job-search subsidy."""

    IN_SCHOOL = 1, "在校困难毕业生"
    LEFT_SCHOOL = 2, "离校一年内登记失业困难毕业生"
    FORMERLY_POOR_PARTNER = 3, "脱贫劳动力（对口协作省）"
    FORMERLY_POOR_ELSEWHERE = 4, "脱贫劳动力（其他县外）"


@rule(
    name="employment.flexible_insurance_subsidy",
    title="灵活就业人员社会保险补贴",
    article="重庆市灵活就业人员社会保险补贴规定",
    payer=FUND,
    parameters={
        "numerator": "employment.flexible.share_numerator",
        "denominator": "employment.flexible.share_denominator",
    },
)
def flexible_insurance_subsidy(pension: Fen, medical: Fen, numerator: Divisor, denominator: Divisor) -> Fen:
    """按实际缴纳的养老保险费与医疗保险费之和的三分之二补贴。

    pension: 实缴养老保险费
    medical: 实缴医疗保险费
    numerator: 比例的分子
    denominator: 比例的分母
    """
    return half_up((pension + medical) * numerator, denominator)


@rule(
    name="employment.job_search_subsidy",
    title="求职创业补贴",
    article="重庆市求职创业补贴规定；脱贫人口务工补助规定",
    payer=FUND,
    parameters={
        "in_school": "employment.job_search.in_school",
        "left_school": "employment.job_search.left_school",
        "partner_province": "employment.job_search.partner_province",
        "elsewhere": "employment.job_search.elsewhere",
        "months_from": "employment.job_search.months_from",
    },
)
def job_search_subsidy(
    group: JobSearchGroup,
    months: Months,
    in_school: Fen,
    left_school: Fen,
    partner_province: Fen,
    elsewhere: Fen,
    months_from: Months,
) -> Fen:
    """在校困难毕业生与离校一年内登记失业的困难毕业生各按一次性标准；脱贫劳动力到县外务工满三个月的按去向定标准。

    group: 人员类别
    months: 县外务工月数
    in_school: 在校标准
    left_school: 离校标准
    partner_province: 到对口协作省务工标准
    elsewhere: 到其他县外地方务工标准
    months_from: 务工最短月数
    by_place: 务工标准
    """
    if group == JobSearchGroup.IN_SCHOOL:
        return in_school
    if group == JobSearchGroup.LEFT_SCHOOL:
        return left_school
    by_place: Fen = partner_province if group == JobSearchGroup.FORMERLY_POOR_PARTNER else elsewhere
    return by_place if months >= months_from else 0


@rule(
    name="employment.transport_subsidy",
    title="脱贫劳动力跨区域就业交通补贴",
    article="渝人社〔2022〕281号",
    payer=FUND,
    parameters={"in_city": "employment.transport.in_city", "outside": "employment.transport.outside"},
)
def transport_subsidy(place: WorkPlace, has_receipt: Flag, receipt: Fen, in_city: Fen, outside: Fen) -> Fen:
    """有车票的按硬座、二等座或县际客车票价据实补贴，没有车票的按去向定额；一年一次，县内务工的没有。

    place: 务工地
    has_receipt: 有车票
    receipt: 票面金额
    in_city: 县外市内定额
    outside: 市外定额
    """
    if place == WorkPlace.IN_COUNTY:
        return 0
    if has_receipt:
        return receipt
    return outside if place == WorkPlace.OUTSIDE else in_city


@rule(
    name="employment.transport_top_up",
    title="交通补贴差额补足",
    article="渝人社〔2022〕281号",
    payer=FUND,
)
def transport_top_up(entitled: Fen, paid: Fen, claim_is_open: Flag) -> Fen:
    """已按定额领取、后补交车票的，在次年三月三十一日以前补足差额。

    entitled: 据实应补金额
    paid: 已补金额
    claim_is_open: 在补足期限内
    """
    return max(entitled - paid, 0) if claim_is_open else 0


@rule(
    name="employment.startup_grant",
    title="一次性创业补助",
    article="重庆市一次性创业补助规定",
    payer=FUND,
    parameters={"grant": "employment.startup.grant"},
)
def startup_grant(persons: Count, grant: Wage) -> Fen:
    """符合条件的创业者每人补助一次。申领条件未查到全文，由经办人员按现行文件核对。

    persons: 人数
    grant: 每人标准
    """
    return grant * persons


@rule(
    name="employment.average_per_person",
    title="人均金额",
    article="奉节县人力资源和社会保障事业发展“十四五”规划（勾稽核对）",
)
def average_per_person(total: Fen, persons: Count) -> Fen:
    """总额除以人数，用于核对文件中的金额与人数是否相符。

    total: 总额
    persons: 人数
    """
    if persons < 1:
        refuse("人数应大于零")
    return half_up(total, persons)


@rule(
    name="employment.share_of_amount",
    title="按比例补贴",
    article="就业补助资金管理办法",
    payer=FUND,
)
def share_of_amount(amount: Fen, rate: Rate) -> Fen:
    """按实际发生额的一定比例补贴，比例不超过百分之百。

    amount: 实际发生额
    rate: 补贴比例
    """
    if rate > ONE:
        refuse("补贴比例不能超过百分之百")
    return share_of(amount, rate)
