"""Social insurance said a second time, in Decimal, from law and notices; the formulas of the engine are held to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from tests.rules.oracles.arithmetic import MILLION, NoAnswer, at, ceil, clamp, d, floor, need, p, r, rows, step

Table = Sequence[int]


def limit(average: int, share: int, policy: int) -> int:
    """A limit of the base in whole yuan: up in Chongqing, half up elsewhere."""
    yuan = d(average) * p(share) / 100
    return (ceil(yuan) if policy == 1 else r(yuan)) * 100


def month_base(wage: int, lower: int, upper: int) -> int:
    """No wage, no base."""
    return clamp(wage, lower, upper) if wage > 0 else 0


def credit(wage: int, lower: int, upper: int, share: int) -> int:
    """What a month puts on the account."""
    return r(d(month_base(wage, lower, upper)) * p(share))


def interest(balance: int, product: int, rate: int) -> int:
    """A year's interest: the opening balance for twelve months, each credit for the rest of its year."""
    return r((d(balance) + d(product) / 12) * p(rate))


def ledger(opening: int, credits: Table, products: Table, rates: Table) -> int:
    """Close year after year."""
    balance = opening
    for put, product, rate in zip(credits, products, rates, strict=True):
        balance += put + interest(balance, product, rate)
    return balance


def from_months(opening: int, wages: Table, lower: Table, upper: Table, shares: Table, rates: Table) -> int:
    """Credit by month, close by year."""
    balance = opening
    for year in range(len(wages) // 12):
        limits = (lower[year], upper[year], shares[year])
        puts = [credit(wage, *limits) for wage in wages[12 * year : 12 * year + 12]]
        product = sum(put * (12 - month) for month, put in enumerate(puts))
        balance += sum(puts) + interest(balance, product, rates[year])
    return balance


def five(wage: int, lower: int, upper: int, *rates: int) -> int:
    """Every scheme and payer is rounded by itself, then added."""
    base = clamp(wage, lower, upper)
    return sum(r(d(base) * p(rate)) for rate in rates)


def divisor(age: int, table: Table) -> int:
    """Between whole ages by month, one decimal."""
    years, months = divmod(age, 12)
    below = step(table, years)
    above = step(table, years + 1 if months else years)
    return r(d(below) + d(above - below) * months / 12)


def service(months: int, policy: int) -> tuple[int, int]:
    """Length of service in the province's writing, and how many of its units make a year."""
    years = d(months) / 12
    if policy == 1:
        return months, 12
    if policy == 2:
        return r(years * 100), 100
    return (ceil(years * 10), 10) if policy == 3 else (r(years * 10_000), 10_000)


def basic(base: int, index: int, length: int, per_year: int) -> int:
    """One percent a year of the mean of base and indexed wage."""
    return r(d(base) * (1 + p(index)) / 2 * length / per_year / 100)


def divided(balance: int, tenths: int) -> int:
    """A balance over its months."""
    return r(d(balance) * 10 / tenths)


def transition(method: int, base: int, index: int, length: int, per_year: int, rate: int) -> int:
    """Chongqing takes the mean of base and indexed wage, most provinces the indexed wage."""
    wage = d(base) * p(index) if method == 2 else d(base) * (1 + p(index)) / 2
    return r(wage * length / per_year * p(rate))


def pension(
    index: int, service: int, service_before: int, per_year: int, balance: int, divisor: int, one_child: int,
    base: int, transition_base: int, transition_method: int, transition_rate: int, one_child_rate: int,
) -> int:  # fmt: skip
    """Three parts, and three percent of them for parents of one child."""
    parts = basic(base, index, service, per_year) + divided(balance, divisor)
    parts += transition(transition_method, transition_base, index, service_before, per_year, transition_rate)
    return parts + (r(d(parts) * p(one_child_rate)) if one_child else 0)


def pension_from_months(
    age: int, months: int, months_before: int, required_months: int, index: int, balance: int, one_child: int,
    divisors: Table, policy: int, money: int, base: int, transition_base: int, transition_method: int,
    transition_rate: int, one_child_rate: int,
) -> int:  # fmt: skip
    """From months of service to the amount paid; below the minimum years nothing."""
    if months < required_months:
        return 0
    tenths = divisor(age, divisors)
    need(tenths >= 1)
    length, per_year = service(months, policy)
    before, _ = service(months_before, policy)
    paid = pension(index, length, before, per_year, balance, tenths, one_child, base, transition_base,
                   transition_method, transition_rate, one_child_rate)  # fmt: skip
    return ceil(d(paid) / 10) * 10 if money == 2 else paid


def estimate(
    group: int, birth_month: int, months: int, months_before: int, index: int, balance: int, one_child: int,
    divisors: Table, policy: int, money: int, base: int, transition_base: int, transition_method: int,
    transition_rate: int, one_child_rate: int,
) -> int:  # fmt: skip
    """At the statutory age, with the minimum years of that year."""
    age = ORIGINAL[group] + delay(group, birth_month)
    required = minimum((birth_month + age) // 12)
    return pension_from_months(age, months, months_before, required, index, balance, one_child, divisors, policy,
                               money, base, transition_base, transition_method, transition_rate,
                               one_child_rate)  # fmt: skip


def minimum(retirement_year: int) -> int:
    """Fifteen years to 2029, half a year more each year, twenty from 2039."""
    return floor(12 * min(max(Decimal(15) + Decimal("0.5") * (retirement_year - 2029), Decimal(15)), Decimal(20)))


def average_index(years: int, bases: Table, averages: Table) -> int:
    """Yearly indices to three decimals, their mean to three decimals."""
    if not years:
        return 0
    whole = sum(Decimal(r(d(base) / average * 1000)) / 1000 for base, average in zip(bases, averages, strict=True))
    return r(whole / years * 1000) * 1000


def delay(group: int, birth_month: int) -> int:
    """One month late for every four months of birth (two for women of fifty), three years at most (five)."""
    first = {1: 1965, 2: 1970, 3: 1975}[group] * 12
    pace, most = (2, 60) if group == 3 else (4, 36)
    return 0 if birth_month < first else min(most, (birth_month - first) // pace + 1)


ORIGINAL = {1: 60 * 12, 2: 55 * 12, 3: 50 * 12}


def early(group: int, birth_month: int, wanted_month: int, paid_months: int, required_months: int) -> int:
    """How many months earlier: three years at most, never below the original age, and the minimum years are met."""
    age = ORIGINAL[group] + delay(group, birth_month)
    statutory, earliest = birth_month + age, birth_month + max(age - 36, ORIGINAL[group])
    return 0 if paid_months < required_months or wanted_month < earliest else max(0, statutory - wanted_month)


def survivor_months(paid_months: int, drawn_months: int) -> Decimal:
    """3, 6, 9 months below 5, 10, 15 years; one more a year to 24; one less a year drawn, not below 9."""
    if paid_months < 60:
        return d(3)
    if paid_months < 120:
        return d(6)
    earned = min(d(24), 9 + max(d(paid_months) / 12 - 15, d(0)))
    return max(earned - d(drawn_months) / 12, d(9))


def taper(months_to_retirement: int, per_year: int, least: int) -> Decimal:
    """Whole from ten years on, a tenth less for each year short, a tenth in the last year, nothing after."""
    if months_to_retirement == 0:
        return d(0)
    if months_to_retirement < 12:
        return p(least)
    short = max(0, 10 - months_to_retirement // 12)
    return max(1 - short * p(per_year), p(least))


def floated(base_rate: int, use_ratio: int, first_class: int) -> int:
    """150 and 120 percent upwards; 80 and 50 percent downwards, never for the first class."""
    used = p(use_ratio)
    factor = Decimal("1.5") if used >= Decimal("1.5") else Decimal("1.2") if used >= Decimal("1.2") else d(1)
    if factor == 1 and not first_class:
        factor = Decimal("0.5") if used < Decimal("0.5") else Decimal("0.8") if used < Decimal("0.8") else d(1)
    return r(d(base_rate) * factor)


def settled(
    grade: int, area_wage: int, months_to_retirement: int, medical_table: Table, employment_table: Table,
    employment_table_5_6: Table, per_year: int, least: int,
) -> int:  # fmt: skip
    """Both grants, each rounded."""
    factor = taper(months_to_retirement, per_year, least)
    medical = at(medical_table, grade)
    employment = at(employment_table_5_6 if grade <= 6 else employment_table, grade)
    return r(d(area_wage) * medical * factor) + r(d(area_wage) * employment * factor)


def unemployment_months(paid_years: int, unused: int, months_by_years: Table, most: int) -> int:
    """By the table, what was left before is added, the cap counts for both."""
    return 0 if paid_years == 0 else min(step(months_by_years, paid_years) + unused, most)


def institution(
    base: int, index: int, months: int, deemed_index: int, deemed_months: int, rate: int, balance: int, annuity: int,
    divisor: int,
) -> int:  # fmt: skip
    """Basic and transitional part, account and annuity."""
    service = basic(base, index, months, 12) + transition(2, base, deemed_index, deemed_months, 12, rate)
    return service + divided(balance, divisor) + divided(annuity, divisor)


def landless_years(sex: int, age: int) -> int:
    """1-4 years at 16-19; 5 from 20; 10 from 40 (women 30) to 50 (women 40)."""
    turn = 40 if sex == 1 else 30
    bands = [(16, 20, age - 15), (20, turn, 5), (turn, turn + 10, 10)]
    return next((years for low, high, years in bands if low <= age < high), 0)


def resident(
    account: int, years: int, age: int, one_child: int, base: int, per_year: int, required: int, step: int,
    one_child_amount: int, divisor: int,
) -> int:  # fmt: skip
    """Base, extra years, age, child and account; nothing before sixty."""
    if age < 60:
        return 0
    extra = per_year * max(0, years - required) + step * ((age >= 65) + (age >= 70))
    return base + extra + (one_child_amount if one_child else 0) + divided(account, divisor)


def skill(
    level: int, paid_months: int, since_certificate: int, used_this_year: int, amounts: Table, least_months: int,
    window: int, most: int,
) -> int:  # fmt: skip
    """Paid long enough, asked in time, not too often."""
    if paid_months < least_months or since_certificate > window or used_this_year >= most:
        return 0
    return at(amounts, level)


def refund(
    size: int, premium: int, paid_months: int, layoff_rate: int, layoff_limit: int, least_months: int, large: int,
    other: int,
) -> int:  # fmt: skip
    """Thirty percent to the large, sixty to the others, nothing to those who paid too short or laid off too many."""
    if paid_months < least_months or layoff_rate > layoff_limit:
        return 0
    return r(d(premium) * p(large if size == 1 else other))


def instalments(debt: int, periods: int) -> tuple[int, int]:
    """All but the last are equal and rounded up; the last is what remains."""
    each = ceil(d(debt) / periods)
    return each, max(0, debt - each * (periods - 1))


ORACLES: dict[str, Callable[..., Any]] = {
    "insurance.account_from_ledger": ledger,
    "insurance.account_from_months": from_months,
    "insurance.account_inheritance": lambda balance, paid_out: max(0, balance - paid_out),
    "insurance.account_part_year": lambda balance, months, rate: balance + r(d(balance) * months / 12 * p(rate)),
    "insurance.account_pension": divided,
    "insurance.adjustment_money": lambda retirement_year, amount, shares: r(
        d(amount) * p(rows(shares).get(retirement_year, 0))
    ),
    "insurance.annuity_contribution": lambda base, employer, own: r(d(base) * p(employer)) + r(d(base) * p(own)),
    "insurance.annuity_monthly": divided,
    "insurance.arrears_fine_most": lambda arrears: arrears + arrears + arrears,
    "insurance.average_index": average_index,
    "insurance.back_pay": lambda paid_monthly, final_monthly, months: final_monthly * months - paid_monthly * months,
    "insurance.backdated_contribution": lambda base, rate, months: months * r(d(base) * p(rate)),
    "insurance.base_limit_lower": limit,
    "insurance.base_limit_upper": limit,
    "insurance.basic_pension": basic,
    "insurance.claim_place": lambda relation_in_household, current_ten_years, earlier_ten_years: (
        1 if relation_in_household else 2 if current_ten_years else 3 if earlier_ten_years else 1
    ),
    "insurance.close_year": lambda balance, credit, product, rate: balance + credit + interest(balance, product, rate),
    "insurance.contribution": lambda base, rate: r(d(base) * p(rate)),
    "insurance.contribution_base": clamp,
    "insurance.contribution_gap": lambda paid_months, required_months: max(0, required_months - paid_months),
    "insurance.death_funeral": lambda income: r(d(income) / 12 * 2),
    "insurance.death_monthly_base": lambda income: r(d(income) / 12),
    "insurance.death_old_funeral": lambda amount: amount,
    "insurance.divisor_months": divisor,
    "insurance.earliest_age": lambda group, statutory_age: max(ORIGINAL[group], statutory_age - 3 * 12),
    "insurance.early_notice_month": lambda wanted_month, months: wanted_month - months,
    "insurance.employee_contributions": five,
    "insurance.employee_death_benefits": lambda paid_months, drawn_months, injury_death, income: (
        0 if injury_death else r(d(income) / 6) + r(d(income) / 12 * survivor_months(paid_months, drawn_months))
    ),
    "insurance.employee_pension": pension,
    "insurance.employee_pension_from_months": pension_from_months,
    "insurance.expansion_grant": lambda hired, paid_months, amount, least_months: (
        amount * hired if paid_months >= least_months else 0
    ),
    "insurance.flexible_contribution": lambda base, rate: r(d(base) * p(rate)),
    "insurance.flexible_medical_yearly": lambda level, amounts: at(amounts, level),
    "insurance.flexible_subsidy": lambda base, rate, numerator, denominator: r(
        d(base) * p(rate) * numerator / denominator
    ),
    "insurance.flexible_subsidy_months": lambda months_to_retirement, used, most: max(
        0, (months_to_retirement if months_to_retirement < 60 else most) - used
    ),
    "insurance.fraud_fine_most": lambda obtained: 5 * obtained,
    "insurance.index_average_wage": lambda same_year, previous_year, policy: [0, same_year, previous_year][policy],
    "insurance.index_sum_step": lambda sum_index, base, average: sum_index + r(d(base) / average * 1000) * 1000,
    "insurance.injury_allowance": lambda grade, own_wage, minimum_wage, shares: (
        0 if grade > 6 else max(minimum_wage, r(d(own_wage) * p(at(shares, grade))))
    ),
    "insurance.injury_allowance_adjusted": lambda grade, allowance, additions: allowance + at(additions, grade),
    "insurance.injury_allowance_difference": lambda allowance, pension: max(0, allowance - pension),
    "insurance.injury_care": lambda care, area_wage, shares: r(d(area_wage) * p(at(shares, care))) if care else 0,
    "insurance.injury_death_benefits": lambda area_wage, after_leave_grade_1_4, income: (
        6 * area_wage + (0 if after_leave_grade_1_4 else 20 * income)
    ),
    "insurance.injury_death_grant": lambda income: 20 * income,
    "insurance.injury_dependants": lambda own_wage, spouse, others, lone: r(
        d(own_wage) * min(d(1), Decimal("0.4") * spouse + Decimal("0.3") * others + Decimal("0.1") * lone)
    ),
    "insurance.injury_employment_grant_months": lambda grade, months, months_5_6: at(
        months_5_6 if grade <= 6 else months, grade
    ),
    "insurance.injury_funeral": lambda area_wage: area_wage * 6,
    "insurance.injury_leave_wage": lambda monthly_wage, months, extended: (
        min(months, 24 if extended else 12) * monthly_wage
    ),
    "insurance.injury_medical_grant_months": lambda grade, months: at(months, grade),
    "insurance.injury_one_off": lambda grade, own_wage, months: own_wage * at(months, grade),
    "insurance.injury_one_off_months": lambda grade, months: at(months, grade),
    "insurance.injury_one_off_set": lambda own_wage, area_wage, one_off_months, medical_months, employment_months: (
        own_wage * one_off_months + area_wage * (medical_months + employment_months)
    ),
    "insurance.injury_own_wage": lambda mean_wage, area_wage: clamp(
        mean_wage, r(d(area_wage) * Decimal("0.6")), 3 * area_wage
    ),
    "insurance.injury_payer": lambda item, insured: 1 if insured and item not in (4, 6, 8) else 2,
    "insurance.injury_premium_floating": floated,
    "insurance.injury_premium_rate": lambda industry_class, rates: at(rates, industry_class),
    "insurance.injury_taper": lambda months_to_retirement, per_year, least: r(
        taper(months_to_retirement, per_year, least) * MILLION
    ),
    "insurance.injury_termination_grant": lambda area_wage, months, factor: r(d(area_wage) * months * p(factor)),
    "insurance.injury_termination_settlement": settled,
    "insurance.instalment": lambda debt, periods: instalments(debt, periods)[0],
    "insurance.institution_after_transition": lambda new_method, floor, retired, until: (
        max(floor, new_method) if retired <= until else new_method
    ),
    "insurance.institution_basic": lambda base, index, months: basic(base, index, months, 12),
    "insurance.institution_contributions": five,
    "insurance.institution_death": lambda unit, own_monthly, income: (
        own_monthly * 40 + income * 2 if unit == 1 else own_monthly * 20
    ),
    "insurance.institution_death_base": lambda income: income + income,
    "insurance.institution_index": lambda deemed_index, deemed_months, actual_index, actual_months: (
        r(d(deemed_index * deemed_months + actual_index * actual_months) / (deemed_months + actual_months))
        if deemed_months + actual_months
        else 0
    ),
    "insurance.institution_pension": institution,
    "insurance.institution_transition": lambda old_method, new_method, share: (
        old_method + r(max(d(0), d(new_method) - old_method) * p(share))
    ),
    "insurance.institution_transitional": lambda base, index, deemed_months, rate: transition(
        2, base, index, deemed_months, 12, rate
    ),
    "insurance.landless_entitled": lambda on_list, age: bool(on_list) and age > 15,
    "insurance.landless_one_off": lambda age, oldest, step, most: clamp(
        oldest + step * (75 - age if age < 75 else 0), oldest, most
    ),
    "insurance.landless_payment": lambda average, years, rate, share: (
        12 * years * r(d(r(d(average) * p(share))) * p(rate))
    ),
    "insurance.landless_subsidy": lambda paid, paid_years, subsidised_years: (
        min(paid_years, subsidised_years, 30) * paid
    ),
    "insurance.landless_years": landless_years,
    "insurance.last_instalment": lambda debt, periods: instalments(debt, periods)[1],
    "insurance.late_agreement_month": lambda statutory_month, months: statutory_month - months,
    "insurance.late_fee": lambda arrears, days, daily: r(d(arrears) * days * p(daily)),
    "insurance.latest_age": lambda statutory_age: statutory_age + 3 * 12,
    "insurance.may_retire_early": early,
    "insurance.minimum_months": minimum,
    "insurance.month_base": month_base,
    "insurance.month_credit": lambda month, wage, lower, upper, share: credit(wage, lower, upper, share),
    "insurance.month_paid": lambda month, wage: int(wage > 0),
    "insurance.month_product": lambda month, wage, lower, upper, share: (
        (13 - month) * credit(wage, lower, upper, share)
    ),
    "insurance.offset": lambda benefit, debt, share: min(debt, r(d(benefit) * p(share))),
    "insurance.one_child_addition": lambda parts, rate: r(d(parts) * p(rate)),
    "insurance.original_age": lambda group: ORIGINAL[group],
    "insurance.overpayment": lambda monthly, months, already_returned: max(0, months * monthly - already_returned),
    "insurance.resident_account": lambda payment, subsidy, years, interest: (
        years * payment + years * subsidy + interest
    ),
    "insurance.resident_account_part": divided,
    "insurance.resident_age_addition": lambda age, step: step * ((age >= 65) + (age >= 70)),
    "insurance.resident_balance": lambda balance, credit, product, months, rate: (
        balance + credit + r((d(balance) * months + max(0, product - credit * (12 - months))) * p(rate) / 12)
    ),
    "insurance.resident_base": lambda base: base,
    "insurance.resident_credit": lambda payment, subsidy: payment + subsidy,
    "insurance.resident_death_grant": lambda months, monthly, balance: balance + monthly * months,
    "insurance.resident_death_months": lambda phase, years_paid, most: most if phase == 2 else min(most, years_paid),
    "insurance.resident_extra_years": lambda years, per_year, required: per_year * max(0, years - required),
    "insurance.resident_grade_is_open": lambda grade, poor, subsidies, kept: (
        grade in rows(subsidies) and (bool(poor) or grade != kept)
    ),
    "insurance.resident_may_claim": lambda age, years, born_within_transition, other_pension: (
        age >= 60 and not other_pension and (years >= 15 or bool(born_within_transition))
    ),
    "insurance.resident_missing_years": lambda years, required: max(0, required - years),
    "insurance.resident_paid_for": lambda poor, amount: amount if poor else 0,
    "insurance.resident_pension": resident,
    "insurance.resident_product": lambda credit, month: sum(credit for _ in range(month, 13)),
    "insurance.resident_remaining": lambda account, monthly, months: max(0, account - monthly * months),
    "insurance.resident_subsidy": lambda grade, late, subsidies: 0 if late else at(subsidies, grade),
    "insurance.retirement_delay": delay,
    "insurance.pension_estimate": estimate,
    "insurance.rounded_money": lambda amount, policy: ceil(d(amount) / 10) * 10 if policy == 2 else amount,
    "insurance.service_counted": lambda months, policy: service(months, policy)[0],
    "insurance.service_per_year": lambda policy: service(0, policy)[1],
    "insurance.shortfall_payment": lambda base, gap, rate: gap * r(d(base) * p(rate)),
    "insurance.skill_subsidy": skill,
    "insurance.stability_eligible": lambda paid_months, layoff_rate, layoff_limit, least_months: (
        paid_months >= least_months and layoff_rate <= layoff_limit
    ),
    "insurance.stability_rate": lambda size, large, other: large if size == 1 else other,
    "insurance.stability_refund": refund,
    "insurance.statutory_retirement": lambda group, birth_month: (
        birth_month + ORIGINAL[group] + delay(group, birth_month)
    ),
    "insurance.survivor_grant": lambda paid_months, drawn_months, income: r(
        d(income) / 12 * survivor_months(paid_months, drawn_months)
    ),
    "insurance.survivor_twelfths": lambda paid_months, drawn_months: r(12 * survivor_months(paid_months, drawn_months)),
    "insurance.temporary_account": lambda sex, age, moves_to_household: (
        not moves_to_household and age >= {1: 50, 2: 40}[sex]
    ),
    "insurance.transfer_account": lambda bases, rate: r(d(bases) * p(rate)),
    "insurance.transfer_pooled": lambda bases, rate: r(d(bases) * p(rate)),
    "insurance.transfer_total": lambda account, pooled, months: pooled + account if months else 0,
    "insurance.transitional_pension": transition,
    "insurance.unemployment_ceiling": lambda paid_years, ceilings: step(ceilings, paid_years) if paid_years else 0,
    "insurance.unemployment_death": lambda standard, funeral_months, relief_months: (
        funeral_months * standard + relief_months * standard
    ),
    "insurance.unemployment_eligible": lambda paid_months, own_will, registered, stop: (
        paid_months >= 12 and not own_will and bool(registered) and stop == 0
    ),
    "insurance.unemployment_medical": lambda base, rate: r(d(base) * p(rate)),
    "insurance.unemployment_months": unemployment_months,
    "insurance.unemployment_standard": lambda top_minimum_wage, share: r(d(top_minimum_wage) * p(share)),
    "insurance.unemployment_total": lambda months, first, later: sum(
        first if month < 12 else later for month in range(months)
    ),
    "insurance.year_index": lambda base, average: r(d(base) / average * 1000) * 1000,
    "insurance.year_interest": interest,
    "insurance.agency_limit": lambda matter, limits: at(limits, matter),
    "insurance.agency_article": lambda matter, articles: at(articles, matter),
}


__all__ = ["ORACLES", "NoAnswer"]
