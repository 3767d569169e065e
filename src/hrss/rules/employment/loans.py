"""Start-up guaranteed loans: limits by date, rate, interest and guarantee-fee subsidy, who may apply.

Three versions lie side by side (to April 2024, from May 2024, from mid-2025); the day of application picks one.
Extended or overdue loans get no interest subsidy.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from hrss.rules.engine import half_up, half_up_product, refuse, rule, share_of
from hrss.rules.engine.units import COUNT, ONE, Choice, Count, Fen, Flag, Months, Rate, Years
from hrss.rules.general.signed import SignedRate

Partners: TypeAlias = Annotated[int, COUNT.within(1, 100)]
PAYER = "财政贴息资金"
ARTICLE = "渝人社规〔2025〕11号；财金〔2023〕75号"


class Borrower(Choice):
    """Who borrows."""

    PERSON = 1, "个人"
    FIRM = 2, "小微企业"


class LoanState(Choice):
    """How the loan stands."""

    NORMAL = 1, "正常"
    EXTENDED = 2, "展期"
    OVERDUE = 3, "逾期"


class OtherLoan(Choice):
    """Other loans of the applicant and the spouse."""

    STUDENT = 1, "助学贷款"
    FORMERLY_POOR = 2, "脱贫人口小额信贷"
    HOUSING = 3, "住房贷款"
    CAR = 4, "购车贷款"
    CONSUMER = 5, "消费贷款"
    BUSINESS = 6, "其他贷款"


@rule(
    name="employment.loan_limit",
    title="创业担保贷款最高额度",
    article=ARTICLE,
    parameters={
        "person": "employment.loan.person",
        "partner": "employment.loan.partner",
        "partners_most": "employment.loan.partners_most",
        "firm": "employment.loan.firm",
    },
)
def loan_limit(borrower: Borrower, partners: Partners, person: Fen, partner: Fen, partners_most: Fen, firm: Fen) -> Fen:
    """个人按个人限额；合伙创业按每人限额乘以人数，不超过合伙总限额；小微企业按企业限额。

    borrower: 借款人
    partners: 合伙人数
    person: 个人限额
    partner: 合伙每人限额
    partners_most: 合伙总限额
    firm: 小微企业限额
    """
    if borrower == Borrower.FIRM:
        return firm
    return person if partners == 1 else min(partners * partner, partners_most)


@rule(
    name="employment.loan_rate",
    title="创业担保贷款利率",
    article=ARTICLE,
    parameters={"most_spread": "employment.loan.most_spread"},
)
def loan_rate(lpr: Rate, spread: Rate, most_spread: Rate) -> Rate:
    """利率为贷款市场报价利率加点，加点不超过规定上限。

    lpr: 贷款市场报价利率
    spread: 加点
    most_spread: 加点上限
    """
    return lpr + min(spread, most_spread)


@rule(
    name="employment.loan_interest_subsidy",
    title="创业担保贷款贴息率",
    article="渝人社规〔2025〕11号",
    payer=PAYER,
    parameters={
        "most_spread": "employment.loan.most_spread",
        "share": "employment.loan.subsidised_share",
    },
)
def loan_interest_subsidy(lpr: Rate, spread: Rate, most_spread: Rate, share: Rate) -> Rate:
    """按实际利率的一半贴息，其余由借款人承担。

    lpr: 贷款市场报价利率
    spread: 加点
    most_spread: 加点上限
    share: 贴息比例
    actual: 实际利率
    """
    actual: Rate = loan_rate(lpr, spread, most_spread)
    return half_up(actual * share, ONE)


@rule(
    name="employment.loan_firm_share_2023",
    title="小微企业承担的利率（2023 年口径）",
    article="财金〔2020〕21号；重庆市创业担保贷款实施办法",
    parameters={"deduction": "employment.loan.firm_deduction"},
)
def loan_firm_share_2023(lpr: Rate, deduction: Rate) -> SignedRate:
    """小微企业承担贷款市场报价利率减一百五十个基点的部分，其余由财政贴息。

    lpr: 贷款市场报价利率
    deduction: 减点
    """
    return lpr - deduction


@rule(
    name="employment.loan_guarantee_fee_subsidy",
    title="担保费补贴（每年）",
    article="渝人社规〔2025〕11号",
    payer=PAYER,
    parameters={"most_rate": "employment.loan.most_guarantee_rate"},
)
def loan_guarantee_fee_subsidy(principal: Fen, rate: Rate, most_rate: Rate) -> Fen:
    """担保费按担保额的实际费率补贴，每年不超过千分之五。

    principal: 担保贷款本金
    rate: 实际担保费率
    most_rate: 最高补贴费率
    """
    return share_of(principal, min(rate, most_rate))


@rule(
    name="employment.loan_interest",
    title="贴息金额",
    article=ARTICLE,
    payer=PAYER,
)
def loan_interest(state: LoanState, principal: Fen, rate: Rate, months: Months) -> Fen:
    """按贷款本金、贴息率和用款月数计算；展期、逾期的贷款不贴息。

    state: 贷款状态
    principal: 贷款本金
    rate: 贴息率
    months: 用款月数
    """
    if state != LoanState.NORMAL:
        return 0
    return half_up_product(principal * months, rate, 12 * ONE)


@rule(
    name="employment.loan_is_subsidised",
    title="贷款是否贴息",
    article="重庆市创业担保贷款实施办法",
)
def loan_is_subsidised(state: LoanState) -> Flag:
    """正常还款的贷款贴息，展期、逾期的不贴息。

    state: 贷款状态
    """
    return state == LoanState.NORMAL


@rule(
    name="employment.loan_new_hire_share",
    title="新招用符合条件人员占比",
    article="重庆市创业担保贷款实施办法",
    rounding="四舍五入到百万分之一",
)
def loan_new_hire_share(employees: Count, new_eligible: Count) -> Rate:
    """新招用符合条件的人员占现有职工人数的比例。

    employees: 职工人数
    new_eligible: 新招用符合条件人数
    """
    if employees < 1:
        refuse("职工人数应大于零")
    if new_eligible > employees:
        refuse("新招用人数多于职工人数")
    return half_up(new_eligible * ONE, employees)


@rule(
    name="employment.loan_firm_is_eligible",
    title="小微企业招用比例是否达标",
    article="重庆市创业担保贷款实施办法",
    parameters={
        "small_share": "employment.loan.small_firm_share",
        "large_share": "employment.loan.large_firm_share",
        "large_above": "employment.loan.large_firm_above",
    },
)
def loan_firm_is_eligible(
    employees: Count, new_eligible: Count, small_share: Rate, large_share: Rate, large_above: Count
) -> Flag:
    """新招用符合条件人员达到职工人数的百分之十五，职工超过一百人的达到百分之八。

    employees: 职工人数
    new_eligible: 新招用符合条件人数
    small_share: 一般比例
    large_share: 超过一百人的比例
    large_above: 人数界线
    needed: 适用比例
    """
    if employees < 1:
        refuse("职工人数应大于零")
    needed: Rate = large_share if employees > large_above else small_share
    return new_eligible * ONE >= employees * needed


@rule(
    name="employment.loan_graduate_is_eligible",
    title="高校毕业生离校年限是否符合",
    article="重庆市创业担保贷款实施办法",
    parameters={"most_years": "employment.loan.graduate_years"},
)
def loan_graduate_is_eligible(years_since: Years, most_years: Years) -> Flag:
    """高校毕业生离校不超过规定年限的，可以申请。

    years_since: 离校年数
    most_years: 最长年数
    """
    return years_since <= most_years


@rule(
    name="employment.loan_is_blocked_by",
    title="其他贷款是否影响申请",
    article="渝人社规〔2025〕11号第四项条件",
    parameters={"consumer_most": "employment.loan.consumer_most"},
)
def loan_is_blocked_by(kind: OtherLoan, amount: Fen, consumer_most: Fen) -> Flag:
    """助学、脱贫小额信贷、住房、购车贷款和五万元以下消费贷款不影响申请，其他贷款未结清的不能申请。

    kind: 贷款种类
    amount: 贷款金额
    consumer_most: 消费贷款不影响申请的最高额
    """
    if kind == OtherLoan.CONSUMER:
        return amount > consumer_most
    return kind == OtherLoan.BUSINESS


@rule(
    name="employment.loan_term_fits",
    title="贷款期限是否符合",
    article="重庆市创业担保贷款实施办法",
    parameters={"person_most": "employment.loan.person_months", "firm_most": "employment.loan.firm_months"},
)
def loan_term_fits(borrower: Borrower, months: Months, person_most: Months, firm_most: Months) -> Flag:
    """个人贷款期限不超过三年，小微企业不超过两年。

    borrower: 借款人
    months: 贷款月数
    person_most: 个人最长月数
    firm_most: 企业最长月数
    most: 适用最长月数
    """
    most: Months = firm_most if borrower == Borrower.FIRM else person_most
    return months > 0 and months <= most


@rule(
    name="employment.may_borrow_again",
    title="是否还可再次贷款",
    article="财金〔2023〕75号",
    parameters={"most": "employment.loan.most_times"},
)
def may_borrow_again(times: Count, most: Count) -> Flag:
    """同一借款人累计享受贴息贷款不超过三次。

    times: 已享受次数
    most: 最多次数
    """
    return times < most


@rule(
    name="employment.loan_business_stops",
    title="担保基金是否应暂停新增贷款",
    article="财金〔2023〕75号",
    parameters={"limit": "employment.loan.compensation_limit"},
)
def loan_business_stops(compensated: Fen, balance: Fen, limit: Rate) -> Flag:
    """代偿率（代偿额除以担保贷款余额）达到规定比例的，暂停发放新的担保贷款。

    compensated: 代偿金额
    balance: 担保贷款余额
    limit: 代偿率上限
    share: 按余额计算的代偿限额
    """
    if balance < 1:
        refuse("担保贷款余额应大于零")
    share: Fen = share_of(balance, limit)
    return compensated >= share


@rule(
    name="employment.loan_reward",
    title="创业担保贷款奖补资金",
    article="财金〔2023〕75号",
    payer="财政奖补资金",
    parameters={"rate": "employment.loan.reward_rate"},
)
def loan_reward(new_loans: Fen, rate: Rate) -> Fen:
    """按当年新发放创业担保贷款总额的规定比例奖补经办单位。

    new_loans: 当年新发放贷款
    rate: 奖补比例
    """
    return share_of(new_loans, rate)
