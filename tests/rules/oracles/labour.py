"""Labour relations said a second time, from the statutes and interpretations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from tests.rules.oracles.arithmetic import MILLION, at, clamp, d, floor, need, p, r, ratio, step

Table = Sequence[int]
HALF, DOUBLE = Decimal("0.5"), d(2)


def months_of_service(service_months: int, further_days: int) -> int:
    """A month a year; half a year and more counts whole, less counts half."""
    years, rest = divmod(service_months, 12)
    extra = d(1) if rest >= 6 else HALF if rest or further_days else d(0)
    return r((years + extra) * 10)


def severance(wage: int, minimum_wage: int, cap: int, months: int, most: int, times: Decimal | int = 1) -> int:
    """Base between floor and cap, years limited only above the cap, one rounding."""
    paid = min(d(months) / 10, d(most) / 10) if wage > cap else d(months) / 10
    return r(min(max(wage, minimum_wage), cap) * paid * times)


def from_service(
    service_months: int, further_days: int, wage: int, minimum_wage: int, annual_mean: int, multiple: int, most: int
) -> int:
    """From service and wage, with the county's floor and the cap of the mean wage."""
    months, cap = months_of_service(service_months, further_days), r(d(annual_mean) / 12 * multiple)
    return severance(wage, minimum_wage, cap, months, most)


def average_wage(regular: int, months: int, yearly_bonus: int, bonus_months: int, other_pay: int) -> int:
    """Regular pay, a twelfth of the bonus for each of its months, and the rest over the months."""
    need(months >= 1 and bonus_months <= months)
    return r(regular + (d(yearly_bonus) / 12 * bonus_months + other_pay) / months)


def hour(wage: int, pay_days: int) -> Decimal:
    """An hour's wage, not rounded."""
    return d(wage) * 100 / pay_days / 8


def fujian(
    contract: int, months: int, project_number: int, clean_years: int, systems_kept: int, history: int, base: int,
    later: int, clean_two: int, most: int, small: int, short: int, arrears_factor: int, blacklist_factor: int,
) -> int:  # fmt: skip
    """Raised for bad records without a cap; free for three clean years with systems, or small and clean."""
    if history:
        return r(r(d(contract) * p(base)) * p({1: arrears_factor, 2: blacklist_factor}[history]))
    free = (clean_years >= 3 and systems_kept) or (clean_years >= 1 and (contract < small or months < short))
    rate = clean_two if clean_years >= 2 else later if project_number > 1 else base
    return 0 if free else min(most, r(d(contract) * p(rate)))


def anhui(
    contract: int, history: int, large_from: int, large_rate: int, large_most: int, other_rate: int, other_most: int,
    blacklist_factor: int,
) -> int:  # fmt: skip
    """Two sizes with a cap each, doubled for the blacklist."""
    rate, most = (large_rate, large_most) if contract >= large_from else (other_rate, other_most)
    plain = min(most, r(d(contract) * p(rate)))
    return r(plain * p(blacklist_factor)) if history == 2 else plain


def sanming(contract: int, rates: Table, most_by_size: Table) -> int:
    """By size in ten thousand yuan."""
    size = floor(d(contract) / 1_000_000)
    return min(r(d(contract) * p(step(rates, size))), step(most_by_size, size))


def lawful_rate(rate: int, several_projects: int, low: int, high: int, several_floor: int) -> bool:
    """One to three percent, half a percent with several projects."""
    need(low <= high)
    return (several_floor if several_projects else low) <= rate <= high


def harmony(score: int, held: int, years_held: int, a: int, aa: int, aaa: int, years_from: int) -> int:
    """No grade is skipped and a year lies between two."""
    if held == 3 or (held and years_held < years_from):
        return 0
    return held + 1 if score >= (a, aa, aaa)[held] else 0


def crime(
    workers: int, months_owed: int, largest_single: int, total: int, single_months: int, single_amount: int,
    group_workers: int, group_amount: int,
) -> bool:  # fmt: skip
    """One worker long enough and much enough, or many workers and much enough."""
    single = workers >= 1 and months_owed >= single_months and largest_single >= single_amount
    return single or (workers >= group_workers and total >= group_amount)


def leave_due(
    continuous_months: int, service_years: int, long_vacation: int, paid_personal_days: int, sick_months: int
) -> bool:
    """Twelve months of work; not with long vacations, twenty days of paid leave or long sickness."""
    sick = {True: 4}.get(service_years >= 20, 3 if service_years >= 10 else 2)
    return continuous_months >= 12 and not long_vacation and paid_personal_days < 20 and sick_months < sick


def leave_days(service_years: int) -> int:
    """5, 10, 15 from 1, 10, 20 years."""
    return 5 * sum(service_years >= years for years in (1, 10, 20))


def leavers(unsettled: int, being_handled: int) -> int:
    """Red with somebody nobody handles, yellow when all are handled."""
    need(being_handled <= unsettled)
    return 0 if not unsettled else 1 if being_handled == unsettled else 3


def coverage(attending: int, paid: int, red_share: int) -> int:
    """Yellow when some are unpaid, red from a tenth."""
    if attending == 0 or paid >= attending:
        return 0
    return 3 if d(attending - paid) / attending >= p(red_share) else 1


def closing(carried_in: int, accepted: int, closed: int) -> int:
    """Closed over what could be closed."""
    need(carried_in + accepted >= 1 and closed <= carried_in + accepted)
    return ratio(closed, carried_in + accepted)


def open_cases(carried_in: int, accepted: int, closed: int) -> int:
    """What is left."""
    need(closed <= carried_in + accepted)
    return accepted - closed + carried_in


def part_of(part: int, whole: int) -> int:
    """A part of a whole it cannot pass."""
    need(whole >= 1 and part <= whole)
    return ratio(part, whole)


def probation(contract_months: int, open_ended: int) -> int:
    """0, 1, 2, 6 months from 0, 3, 12, 36 months of contract."""
    return 6 if open_ended or contract_months >= 36 else 2 if contract_months >= 12 else int(contract_months >= 3)


def package(
    agreed: int, minimum_wage: int, weekday_hours: int, rest_day_hours: int, months: int, weekday: int, rest_day: int,
    pay_days: int,
) -> int:  # fmt: skip
    """What minimum wage and overtime on it come to beyond the agreed pay, month by month."""
    extra = r(hour(minimum_wage, pay_days) * (d(weekday_hours) * p(weekday) + d(rest_day_hours) * p(rest_day)) / 100)
    return months * max(0, minimum_wage + extra - agreed)


def working_days(holidays: int) -> int:
    """A year without rest days and holidays."""
    return 261 - holidays


def fine(kind: int, count: int, table: Table) -> int:
    """So much for each worker."""
    return at(table, kind) * count


ORACLES: dict[str, Callable[..., Any]] = {
    "labour.additional_compensation": lambda due, ordered, paid_in_time, rate: (
        r(d(due) * p(rate)) if ordered and not paid_in_time else 0
    ),
    "labour.annual_leave_days": leave_days,
    "labour.annual_leave_is_due": leave_due,
    "labour.annual_leave_pay": lambda wage, unused, waived_in_writing, extra, pay_days: (
        0 if waived_in_writing else r(d(wage) * 100 / pay_days * unused * p(extra))
    ),
    "labour.annual_leave_pay_by_day": lambda daily, unused, waived_in_writing, extra: (
        0 if waived_in_writing else r(d(daily) * unused * p(extra))
    ),
    "labour.annual_leave_prorated": lambda entitlement, calendar_days: min(
        entitlement, floor(d(calendar_days) / 365 * entitlement)
    ),
    "labour.annual_leave_unused": lambda due, taken: max(0, due - taken),
    "labour.arrears_colour": lambda months: 0 if months == 0 else 1 if months <= 100 else 2 if months <= 200 else 3,
    "labour.average_wage": average_wage,
    "labour.award_documents": lambda final_items, other_items: len([one for one in (final_items, other_items) if one]),
    "labour.belongs_on_blacklist": lambda reaches_crime_line, grave_incident, ordered, paid_in_time: (
        bool(ordered) and not paid_in_time and bool(reaches_crime_line or grave_incident)
    ),
    "labour.blacklist_years": lambda listed_now, years: years if listed_now else 0,
    "labour.closing_rate": closing,
    "labour.closing_rate_with_outside": lambda accepted, closed, outside: ratio(closed + outside, accepted + outside),
    "labour.comprehensive_overtime_pay": lambda wage, beyond_hours, holiday_hours, weekday, holiday, pay_days: r(
        hour(wage, pay_days) * (d(beyond_hours) * p(weekday) + d(holiday_hours) * p(holiday)) / 100
    ),
    "labour.contractor_pays": lambda owed_by_subcontractor: owed_by_subcontractor,
    "labour.coverage_colour": coverage,
    "labour.credit_grade": lambda investigations, serious, most: (
        3 if serious or investigations >= most else 2 if investigations else 1
    ),
    "labour.cycle_hours": lambda cycle_months, holidays: r(d(working_days(holidays)) / 12 * cycle_months * 8 * 100),
    "labour.cycle_overtime_most": lambda cycle_months, monthly: monthly * cycle_months,
    "labour.daily_wage": lambda wage, pay_days: r(hour(wage, pay_days) * 8),
    "labour.deposit": lambda contract, base, most: min(most, r(d(contract) * p(base))),
    "labour.deposit_anhui": anhui,
    "labour.deposit_fujian": fujian,
    "labour.deposit_hunan": lambda contract, key_transport, base, transport_most, other_most: min(
        r(d(contract) * p(base)), transport_most if key_transport else other_most
    ),
    "labour.deposit_is_exempt": lambda contract, clean_years, below: contract < below and clean_years > 0,
    "labour.deposit_rate_is_lawful": lawful_rate,
    "labour.deposit_sanming": sanming,
    "labour.dispatch_within_limit": lambda dispatched, employees, share: (
        d(dispatched) <= p(share) * (dispatched + employees)
    ),
    "labour.double_wage": lambda wage, months, further_days, worker_refused, pay_days: (
        0 if worker_refused else wage * months + r(hour(wage, pay_days) * 8 * further_days)
    ),
    "labour.file_years": lambda closing, after_award, otherwise: {1: after_award, 2: otherwise}[closing],
    "labour.final_award_limit": lambda minimum_wage: 12 * minimum_wage,
    "labour.final_award_rate": lambda final_awards, awards: ratio(final_awards, awards),
    "labour.final_award_rate_with_mediation": lambda mediated, final_awards, closed: part_of(
        mediated + final_awards, closed
    ),
    "labour.fine_by_multiple_least": lambda kind, hidden, table: r(d(hidden) * p(at(table, kind))),
    "labour.fine_by_multiple_most": lambda kind, hidden, table: r(d(hidden) * p(at(table, kind))),
    "labour.fine_by_worker_least": lambda kind, workers, table: fine(kind, workers, table),
    "labour.fine_by_worker_most": lambda kind, workers, table: fine(kind, workers, table),
    "labour.fine_fixed_least": lambda kind, table: fine(kind, 1, table),
    "labour.fine_fixed_most": lambda kind, table: fine(kind, 1, table),
    "labour.handling_rate": lambda handled, closed: ratio(closed, handled),
    "labour.harmony_grade": harmony,
    "labour.hourly_wage": lambda wage, pay_days: r(hour(wage, pay_days)),
    "labour.inspection_closing_rate": lambda filed, closed: ratio(closed, filed),
    "labour.is_collective": lambda workers, common_claim, collective_contract, workers_from: (
        bool(collective_contract) or (bool(common_claim) and workers >= workers_from)
    ),
    "labour.is_final_item": lambda kind, amount, minimum_wage: kind == 2 or (kind == 1 and amount <= 12 * minimum_wage),
    "labour.late_fine": lambda fine, days, daily: min(fine, r(d(fine) * p(daily) * days)),
    "labour.layoff_must_be_reported": lambda employees, laid_off, persons, share: (
        laid_off > 0 and (laid_off >= persons or d(laid_off) >= employees * p(share))
    ),
    "labour.leaver_colour": leavers,
    "labour.may_leave_blacklist_early": lambda corrected, months_since, commitment, months_from: (
        bool(corrected) and bool(commitment) and months_since >= months_from
    ),
    "labour.may_use_simplified": lambda clear_and_small, amount, yearly_mean, both_agree, excluded: (
        not excluded and any((clear_and_small, amount <= yearly_mean, both_agree))
    ),
    "labour.mean_pay_colour": lambda mean_pay, minimum_wage: 3 if mean_pay < minimum_wage else 0,
    "labour.mediation_rate": lambda closed, mediated: part_of(mediated, closed),
    "labour.mediation_rate_with_outside": lambda accepted, mediated, outside: ratio(
        mediated + outside, accepted + outside
    ),
    "labour.mediation_success_rate": lambda succeeded, concluded: ratio(succeeded, concluded),
    "labour.minimum_hourly_wage": lambda tier, first_tier, second_tier: {1: first_tier, 2: second_tier}[tier],
    "labour.minimum_wage": lambda tier, first_tier, second_tier: {1: first_tier, 2: second_tier}[tier],
    "labour.minimum_wage_gap": lambda pay, minimum: max(0, minimum - pay),
    "labour.must_transfer": lambda amount_reached, order_served, paid_before_deadline: (
        bool(amount_reached) and bool(order_served) and not paid_before_deadline
    ),
    "labour.non_compete_monthly": lambda wage, minimum_wage, share: max(minimum_wage, r(d(wage) * p(share))),
    "labour.non_compete_months": lambda agreed, most: most if agreed > most else agreed,
    "labour.non_compete_total": lambda wage, minimum_wage, agreed, share, most: max(
        minimum_wage * min(agreed, most), r(d(wage) * min(agreed, most) * p(share))
    ),
    "labour.notice_pay": lambda last_month_wage, article_40, notice_given, unlawful: (
        last_month_wage if (bool(article_40), bool(notice_given), bool(unlawful)) == (True, False, False) else 0
    ),
    "labour.open_at_end": open_cases,
    "labour.overtime_despite_waiver": lambda proven: proven,
    "labour.overtime_exceeds_daily_limit": lambda extra, most: extra > most,
    "labour.overtime_exceeds_limit": lambda worked, standard, most: worked - standard > most and worked > standard,
    "labour.overtime_hours": lambda worked, standard: max(0, worked - standard),
    "labour.overtime_multiples": lambda holiday_days, rest_days, time_off_given, rest_day, holiday: (
        holiday_days * holiday + (0 if time_off_given else rest_days * rest_day)
    ),
    "labour.overtime_pay": lambda wage, hours, multiple, pay_days: r(
        hour(wage, pay_days) * d(hours) / 100 * p(multiple)
    ),
    "labour.package_wage_shortfall": package,
    "labour.payment_colour": lambda months_overdue, paid_in_time: 3 if months_overdue >= 2 and not paid_in_time else 0,
    "labour.pays_minimum_wage": lambda pay, overtime, allowances, minimum: pay >= minimum + overtime + allowances,
    "labour.probation_most": probation,
    "labour.probation_wage_floor": lambda agreed, minimum_wage, share: max(minimum_wage, r(d(agreed) * p(share))),
    "labour.reaches_crime_line": crime,
    "labour.severance": severance,
    "labour.severance_base": lambda wage, minimum_wage, cap: clamp(wage, minimum_wage, cap),
    "labour.severance_cap": lambda annual_mean, multiple: r(d(annual_mean) / 12 * multiple),
    "labour.severance_from_service": from_service,
    "labour.severance_months": months_of_service,
    "labour.severance_paid_months": lambda wage, cap, months, most: min(months, most) if wage > cap else months,
    "labour.severance_tax_free": lambda annual_mean, multiple: multiple * annual_mean,
    "labour.severance_with_notice": lambda wage, minimum_wage, cap, months, last_month_wage, notice_given, most: (
        severance(wage, minimum_wage, cap, months, most) + (0 if notice_given else last_month_wage)
    ),
    "labour.single_pay_colour": lambda in_month, in_year, month_most, year_most: (
        3 if in_month > month_most or in_year > year_most else 0
    ),
    "labour.still_due": lambda due, paid_severance, paid_notice: max(0, due - (paid_severance + paid_notice)),
    "labour.unlawful_dismissal": lambda wage, minimum_wage, cap, months, most: severance(
        wage, minimum_wage, cap, months, most, DOUBLE
    ),
    "labour.unlawful_probation": lambda served, lawful, wage_after: wage_after * max(0, served - lawful),
    "labour.wage_deduction_most": lambda wage, minimum_wage, share: max(
        0, min(r(d(wage) * p(share)), wage - minimum_wage)
    ),
    "labour.working_days_in_year": working_days,
    "labour.working_days_per_month": lambda holidays: r(d(working_days(holidays)) * 100 / 12),
    "labour.working_days_per_quarter": lambda holidays: r(d(working_days(holidays)) * 100 / 4),
}


__all__ = ["MILLION", "ORACLES"]
