"""Employment said a second time, from the notices: subsidies, windows, loans, training, figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.rules.oracles.arithmetic import MILLION, at, d, floor, need, p, r, ratio, rows


def job_search(
    group: int, months: int, in_school: int, left_school: int, partner_province: int, elsewhere: int, months_from: int
) -> int:
    """Students by a sum; workers by where they went, after enough months."""
    if group <= 2:
        return {1: in_school, 2: left_school}[group]
    return {3: partner_province, 4: elsewhere}[group] if months >= months_from else 0


def transport(place: int, has_receipt: int, receipt: int, in_city: int, outside: int) -> int:
    """Receipts at cost, else by distance; nothing inside the county."""
    return 0 if place == 0 else receipt if has_receipt else {1: in_city, 2: outside}[place]


def internship(
    months: int, retained_over_half: int, insured: int, monthly: int, monthly_retained: int, most_months: int,
    accident_insurance: int,
) -> int:  # fmt: skip
    """Months to the cap at the standard, and the accident insurance once."""
    paid = min(months, most_months) * (monthly_retained if retained_over_half else monthly)
    return paid + (accident_insurance if insured and months else 0)


def training_day(kind: int, days: int, new_daily: int, new_most: int, special_daily: int, special_most: int) -> int:
    """By the day to the cap of the kind."""
    daily, most = {1: (new_daily, new_most), 2: (special_daily, special_most)}[kind]
    return min(most, daily * days)


def loan(borrower: int, partners: int, person: int, partner: int, partners_most: int, firm: int) -> int:
    """A firm's, a person's, or the partners' limit."""
    if borrower == 2:
        return firm
    return person if partners < 2 else min(partners_most, partner * partners)


def status(age: int, hours: int, on_leave: int, seeking: int, available: int, from_age: int) -> int:
    """Out of scope, employed with an hour or on leave, unemployed when seeking and available, else inactive."""
    if age < from_age:
        return 0
    if hours >= 100 or on_leave:
        return 1
    return 2 if seeking and available else 3


def warning(value: int, yellow: int, orange: int, red: int) -> int:
    """The highest line reached."""
    need(yellow <= orange <= red)
    return sum(value >= line for line in (yellow, orange, red))


def hardship(registered: int, sex: int, age: int, claimed: int, men_from: int, women_from: int) -> int:
    """Nobody without registration; age goes first; age cannot be claimed."""
    if not registered:
        return 0
    if age >= {1: men_from, 2: women_from}[sex]:
        return 1
    return 0 if claimed == 1 else claimed


def left(to_retirement_at_first: int, used: int, most_months: int, near_retirement: int) -> int:
    """To retirement for those near it, else three years, less what was drawn."""
    whole = to_retirement_at_first if to_retirement_at_first < near_retirement else most_months
    return max(0, whole - used)


def zero_family(working_age: int, unemployed: int) -> bool:
    """All who should work are without work, and there is at least one."""
    need(unemployed <= working_age)
    return working_age >= 1 and working_age - unemployed == 0


def new_hires(employees: int, new_eligible: int) -> int:
    """New eligible hires over the staff."""
    need(employees >= 1 and new_eligible <= employees)
    return ratio(new_eligible, employees)


def firm_fits(employees: int, new_eligible: int, small_share: int, large_share: int, large_above: int) -> bool:
    """Fifteen percent, eight for firms above a hundred."""
    need(employees >= 1)
    return d(new_eligible) / employees >= p(large_share if employees > large_above else small_share)


def monitored(last_month_end: int, added: int, reduced: int) -> int:
    """What is left of the jobs."""
    need(last_month_end + added >= reduced)
    return last_month_end - reduced + added


def change(last_month_end: int, added: int, reduced: int) -> int:
    """Net change over the stock."""
    need(last_month_end >= 1)
    return r(d(added - reduced) * MILLION / last_month_end)


def share_of_amount(amount: int, rate: int) -> int:
    """At most the whole."""
    need(rate <= MILLION)
    return r(d(amount) * p(rate))


def average(total: int, persons: int) -> int:
    """A mean of whole fen."""
    need(persons >= 1)
    return r(d(total) / persons)


def fund(balance: int, monthly_expense: int) -> int:
    """Whole months a fund can still pay."""
    need(monthly_expense >= 1)
    return floor(d(balance) / monthly_expense)


def stops(compensated: int, balance: int, limit: int) -> bool:
    """A fifth of the balance was paid for borrowers."""
    need(balance >= 1)
    return compensated >= r(d(balance) * p(limit))


def registration_ends(
    employed: int, draws_pension: int, unable_or_away: int, refused: int, months_silent: int, most_silent: int
) -> bool:
    """Any of the grounds, or six silent months."""
    return any((employed, draws_pension, unable_or_away, refused, months_silent >= most_silent))


def cleared(recognised: int, helped: int) -> bool:
    """Every family has one at work."""
    need(helped <= recognised)
    return recognised == helped


ORACLES: dict[str, Callable[..., Any]] = {
    "employment.ability_training": lambda cost, most: most if cost > most else cost,
    "employment.average_per_person": average,
    "employment.counts_as_transferred": lambda rural, outside_farming_or_township, months, months_from: (
        bool(rural) and bool(outside_farming_or_township) and months >= months_from
    ),
    "employment.counts_for_zero_employment": lambda age, excused, from_age, to_age: (
        from_age <= age <= to_age and not excused
    ),
    "employment.employer_insurance_subsidy": lambda **parts: sum(parts.values()),
    "employment.employer_window_is_open": lambda month, years_back, months: years_back == 1 and month in rows(months),
    "employment.flexible_insurance_subsidy": lambda pension, medical, numerator, denominator: r(
        d(pension + medical) * numerator / denominator
    ),
    "employment.flexible_window_is_open": lambda month, months: month in rows(months),
    "employment.fund_months": fund,
    "employment.hardship_group": hardship,
    "employment.hiring_subsidy": lambda group, persons, per_person, per_hardship_person: (
        persons * {1: per_person, 2: per_hardship_person}[group]
    ),
    "employment.hiring_subsidy_is_open": lambda contract, insured, drawn_before, contract_from, insured_from: (
        contract >= contract_from and insured >= insured_from and not drawn_before
    ),
    "employment.internship_stipend_floor": lambda first_tier: first_tier,
    "employment.internship_subsidy": internship,
    "employment.is_older_unemployed": lambda sex, age, men_from, women_from: age >= {1: men_from, 2: women_from}[sex],
    "employment.is_zero_employment_family": zero_family,
    "employment.job_change_rate": change,
    "employment.job_loss_rate": lambda last_month_end, reduced: ratio(reduced, last_month_end),
    "employment.job_search_subsidy": job_search,
    "employment.labour_force_status": status,
    "employment.level_is_new": lambda same_trade, held, requested: requested < held if same_trade else True,
    "employment.loan_business_stops": stops,
    "employment.loan_firm_is_eligible": firm_fits,
    "employment.loan_firm_share_2023": lambda lpr, deduction: lpr - deduction,
    "employment.loan_graduate_is_eligible": lambda years_since, most_years: most_years >= years_since,
    "employment.loan_guarantee_fee_subsidy": lambda principal, rate, most_rate: r(
        d(principal) * min(p(rate), p(most_rate))
    ),
    "employment.loan_interest": lambda state, principal, rate, months: (
        r(d(principal) * p(rate) * months / 12) if state == 1 else 0
    ),
    "employment.loan_interest_subsidy": lambda lpr, spread, most_spread, share: r(
        (p(lpr) + min(p(spread), p(most_spread))) * p(share) * MILLION
    ),
    "employment.loan_is_blocked_by": lambda kind, amount, consumer_most: (
        kind == 6 or (kind == 5 and amount > consumer_most)
    ),
    "employment.loan_is_subsidised": lambda state: state == 1,
    "employment.loan_limit": loan,
    "employment.loan_new_hire_share": new_hires,
    "employment.loan_rate": lambda lpr, spread, most_spread: lpr + (most_spread if spread > most_spread else spread),
    "employment.loan_reward": lambda new_loans, rate: r(d(new_loans) * p(rate)),
    "employment.loan_term_fits": lambda borrower, months, person_most, firm_most: (
        0 < months <= {1: person_most, 2: firm_most}[borrower]
    ),
    "employment.may_borrow_again": lambda times, most: most - times >= 1,
    "employment.may_train_again": lambda times_this_year, requested, most: most - times_this_year >= requested,
    "employment.meets_retention_line": lambda retained, finished, line: (
        finished > 0 and d(retained) / finished >= p(line)
    ),
    "employment.monitored_jobs": monitored,
    "employment.net_urban_employment": lambda at_end, at_start: at_end - at_start,
    "employment.new_urban_employment": lambda newly_employed, natural_attrition: newly_employed - natural_attrition,
    "employment.public_welfare_post_subsidy": lambda months, persons, monthly: persons * (months * monthly),
    "employment.registered_unemployment_rate": lambda registered_unemployed, employed: ratio(
        registered_unemployed, registered_unemployed + employed
    ),
    "employment.registration_ends": registration_ends,
    "employment.runs_to_retirement": lambda to_retirement_at_first, near_retirement: (
        near_retirement > to_retirement_at_first
    ),
    "employment.share_of_amount": share_of_amount,
    "employment.startup_grant": lambda persons, grant: persons * grant,
    "employment.subsidy_months_left": left,
    "employment.surveyed_unemployment_rate": lambda surveyed_unemployed, surveyed_employed: ratio(
        surveyed_unemployed, surveyed_unemployed + surveyed_employed
    ),
    "employment.training_by_day": training_day,
    "employment.training_by_level": lambda level, standards: at(standards, level),
    "employment.transport_subsidy": transport,
    "employment.transport_top_up": lambda entitled, paid, claim_is_open: (
        max(0, entitled - paid) if claim_is_open else 0
    ),
    "employment.transport_window_is_open": lambda travel_year, month, last: (
        (travel_year, 1) <= divmod_month(month) <= (travel_year + 1, last)
    ),
    "employment.unemployment_rate": lambda unemployed, employed: ratio(unemployed, unemployed + employed),
    "employment.vacancy_ratio": lambda vacancies, seekers: ratio(vacancies, seekers),
    "employment.warning_level": warning,
    "employment.zero_employment_is_cleared": cleared,
}


def divmod_month(month: int) -> tuple[int, int]:
    """Year and month of the year."""
    return month // 12, month % 12 + 1
