"""Case topics of labour: severance, dismissal, double wage, overtime, leave, non-compete, wages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.kernel.months import YearMonth
from hrss.rules.cases.local import NOW, answer, calendar, day, number, optional_day
from hrss.rules.cases.topics import Case, Unsupported, topic, yuan
from hrss.rules.engine.units import TENTHS
from hrss.rules.labour import contracts, severance, wages
from hrss.rules.labour.arbitration import ClaimKind, is_final_item
from hrss.rules.labour.service import (
    DoubleWageWindow,
    Span,
    double_wage_window,
    is_time_barred,
    span,
    window_months,
)  # fmt: skip
from hrss.rules.labour.tiers import tier_of

NO_CAP = Decimal(1_000_000)  # the largest monthly wage the rules accept: no cap known or none reached


COUNTY_NAME = "奉节县"


def _county_minimum_wage(case: Case, on: date) -> Decimal:
    facts = {"tier": tier_of(str(case.get("area") or COUNTY_NAME), on=on)}
    return yuan(answer(case, wages.minimum_wage, facts, on=on))


def _cap(case: Case) -> Decimal:
    if case.get("cap_applies") is False:
        return NO_CAP
    for name in ("cap_month", "capped_month_base", "local_cap_month"):
        if case.get(name) is not None:
            return number(case[name])
    for name in ("local_avg_month_wage", "local_month_mean", "local_avg_month"):
        if case.get(name) is not None:
            return number(case[name]) * 3
    mean = next((value for name, value in case.items() if name.startswith("annual_avg_wage")), None)
    return NO_CAP if mean is None else number(mean) / 4


def _wage(case: Case) -> Decimal:
    """The mean wage; ``below 2200`` in words means that the floor decides."""
    value = case["avg_month_wage"]
    return Decimal(0) if isinstance(value, str) and not _is_number(value) else number(value)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]+(\.[0-9]+)?", text.strip()) is not None


def _severance_facts(case: Case, months: Any) -> dict[str, Any]:
    floor = number(case.get("local_min_wage", case.get("min_wage", 0)))
    return {"wage": _wage(case), "minimum_wage": floor, "cap": _cap(case), "months": months}


def _months(counted: Span) -> Decimal:
    """Severance months of a span of service."""
    rule = severance.severance_months
    return Decimal(rule(counted.months, counted.days)) / TENTHS


@topic("illegal_termination_2N")
def dismissal(case: Case) -> dict[str, Any]:
    """Compensation for unlawful dismissal, from months or from how long somebody worked."""
    if "month_wage" in case and "avg_month_wage" not in case:
        return _short_dismissal(case)
    months = case["severance_months"]
    return {"compensation": yuan(answer(case, severance.unlawful_dismissal, _severance_facts(case, months)))}


def _short_dismissal(case: Case) -> dict[str, Any]:
    counted = _worked(str(case["worked"]))
    months = _months(counted)
    facts = {"wage": case["month_wage"], "minimum_wage": 0, "cap": _cap(case), "months": months}
    due = answer(case, severance.unlawful_dismissal, facts)
    on = (YearMonth.parse(str(case["hire_month"])) + counted.months).last_day if "hire_month" in case else NOW
    floor = number(case["min_wage"]) if "min_wage" in case else _county_minimum_wage(case, on)
    item = {"kind": ClaimKind.MONEY, "amount": yuan(due), "minimum_wage": floor}
    final = bool(answer(case, is_final_item, item))
    return {"severance_months": months, "compensation": yuan(due), "final_award": final}


def _worked(text: str) -> Span:
    """Read ``2 months, in probation``, ``4y7m``, ``15 years 3 months``."""
    years = re.search(r"([0-9]+)\s*(?:y|年)", text)
    months = re.search(r"([0-9]+)\s*(?:m|个?月)", text)
    days = re.search(r"([0-9]+)\s*(?:d|天|日)", text)
    if not (years or months or days):
        raise Unsupported(f"“{text}”不是工作时间")
    whole = (int(years[1]) * 12 if years else 0) + (int(months[1]) if months else 0)
    return Span(whole, int(days[1]) if days else 0)


@topic("illegal_termination_2N_capped")
def capped_dismissal(case: Case) -> dict[str, Any]:
    """Compensation on the capped base, less what was paid."""
    cap = number(case["capped_month_base"])
    above = bool(case.get("employee_wage_above_3x", True))
    wage = cap + Decimal("0.01") if above else cap
    facts = {"wage": wage, "minimum_wage": 0, "cap": cap, "months": case["severance_months"]}
    gross = answer(case, severance.unlawful_dismissal, facts)
    return {"gross_2N": yuan(gross), "difference_due": _less_paid(case, gross)}


def _less_paid(case: Case, gross: int) -> Decimal:
    facts = {
        "due": yuan(gross),
        "paid_severance": case.get("already_paid_severance") or 0,
        "paid_notice": case.get("already_paid_notice_wage") or 0,
    }
    return yuan(answer(case, severance.still_due, facts))


@topic("illegal_termination_2N_with_deduction")
def dismissal_with_deduction(case: Case) -> dict[str, Any]:
    """Compensation from dates of service, less severance and notice pay received."""
    months = _months(span(day(case["hire_date"]), day(case["end_date"])))
    gross = answer(case, severance.unlawful_dismissal, _severance_facts(case, months))
    return {"severance_months": months, "gross_2N": yuan(gross), "difference_due": _less_paid(case, gross)}


@topic("average_wage_base")
def wage_base(case: Case) -> dict[str, Any]:
    """Mean wage of the last twelve months with bonus and overtime."""
    facts = {
        "regular": case["monthly_regular_wage"],
        "months": case.get("months", 12),
        "yearly_bonus": case.get("year_end_bonus_annual", 0),
        "bonus_months": case.get("bonus_months_in_window", 0),
        "other_pay": case.get("overtime_pay_total", 0),
    }
    return {"avg_month_wage": yuan(answer(case, severance.average_wage, facts))}


@topic("severance_min_wage_floor", "severance_art38_resignation")
def plain_severance(case: Case) -> dict[str, Any]:
    """Severance from a wage and months, not below the minimum wage."""
    facts = _severance_facts(case, case["severance_months"])
    rule = severance.unlawful_dismissal if number(case.get("multiplier", 1)) == 2 else severance.severance
    return {"severance": yuan(answer(case, rule, facts))}


@topic("severance_months_from_dates")
def months_from_dates(case: Case) -> dict[str, Any]:
    """Severance months from the first and last day."""
    months = _months(span(day(case["hire_date"]), day(case["end_date"])))
    return {"severance_months": months, "2N_factor": months * 2}


@topic("no_2N_plus_notice_wage")
def no_double_claim(case: Case) -> dict[str, Any]:
    """Compensation for unlawful dismissal and notice pay exclude each other."""
    unlawful, claims = bool(case["termination_illegal"]), list(case["claims"])
    facts = {"last_month_wage": 1, "article_40": not unlawful, "notice_given": False, "unlawful": unlawful}
    notice = answer(case, severance.notice_pay, facts) > 0
    return {"allow_2N": unlawful and "2N" in claims, "allow_notice_wage": notice and len(claims) > 0}


@topic("severance_cap_3x", "severance_cap_3x_chongqing")
def severance_cap(case: Case) -> dict[str, Any]:
    """Cap of the monthly base and the tax-free sum, from a yearly mean wage."""
    mean = next((value for name, value in case.items() if name.startswith("annual_avg_wage")), None)
    if mean is None:
        raise Unsupported("缺少年平均工资")
    facts = {"annual_mean": mean}
    free = answer(case, severance.severance_tax_free, facts)
    return {"cap_month": yuan(answer(case, severance.severance_cap, facts)), "tax_free_limit": yuan(free)}


@topic("severance_rounding")
def severance_from_service(case: Case) -> dict[str, Any]:
    """Months and amount from a length of service such as 4y7m."""
    facts = _severance_facts(case, _months(_worked(str(case["service"]))))
    paid = answer(case, severance.severance_paid_months, {name: facts[name] for name in ("wage", "cap", "months")})
    amount = answer(case, severance.severance, facts)
    return {"severance_months": Decimal(paid) / TENTHS, "severance": yuan(amount)}


def _window(case: Case) -> DoubleWageWindow:
    if "window_start" in case:
        return DoubleWageWindow(day(case["window_start"]), day(case["window_end"]))
    until = optional_day(case.get("end_claim", case.get("end_date")))
    return double_wage_window(hired=day(case["hire_date"]), signed=optional_day(case.get("signed")), until=until)


def _shown(window: DoubleWageWindow) -> dict[str, Any]:
    if window.is_empty:
        return {"window_start": None, "window_end": None}
    return {"window_start": window.first.isoformat(), "window_end": window.last.isoformat()}


@topic("double_wage_unsigned", "double_wage_window")
def double_wage(case: Case) -> dict[str, Any]:
    """The second wage: its window, months and amount where the wage is known."""
    window = _window(case)
    counted = _counted(case, window)
    found = _shown(window) | {"months": counted.months, "partial_days": counted.days}
    wage = case.get("month_wage")
    return found if wage is None else found | {"difference": _second_wage(case, wage, counted.months, counted.days)}


def _counted(case: Case, window: DoubleWageWindow) -> Span:
    """Months and further working days; working days the case gives replace those of the calendar."""
    given = next((value for name, value in case.items() if "workdays" in name or "working_days" in name), None)
    if given is None:
        return window_months(window, calendar=calendar())
    days = sum(int(value) for value in (given if isinstance(given, list) else [given]))
    return Span(int(case.get("months", 0)), days)


def _second_wage(case: Case, wage: Any, months: Any, days: int = 0, *, refused: bool = False) -> Decimal:
    facts = {"wage": wage, "months": months, "further_days": days, "worker_refused": refused}
    return yuan(answer(case, contracts.double_wage, facts))


@topic("double_wage_refused_by_worker")
def double_wage_refused(case: Case) -> dict[str, Any]:
    """No second wage where the worker kept from signing on purpose, else what is claimed."""
    refused = bool(case["worker_intentionally_refused"])
    if refused:
        return {"award": _second_wage(case, case["month_wage"], 0, refused=True)}
    return {"award": number(case["claim"])}


@topic("double_wage_open_ended_not_signed")
def double_wage_open_ended(case: Case) -> dict[str, Any]:
    """The second wage where an open-ended contract was due: no ceiling of months."""
    return {"difference": _second_wage(case, case["month_wage"], case["months"])}


@topic("double_wage_time_barred")
def double_wage_barred(case: Case) -> dict[str, Any]:
    """Whether the whole claim lies more than a year back."""
    first, last = case["claim_period"]
    barred = is_time_barred(DoubleWageWindow(day(first), day(last)), filed=day(case["filed"]))
    return {"time_barred": barred, "award": 0 if barred else case.get("claim")}


@topic("noncompete_compensation")
def non_compete(case: Case) -> dict[str, Any]:
    """Compensation where the agreed one is not valid: a share of the mean wage for at most two years."""
    facts = {"wage": case["avg_month_wage"], "minimum_wage": case.get("min_wage", 0)}
    agreed = {"agreed": int(number(case["agreed_years"]) * 12)}
    months = answer(case, contracts.non_compete_months, agreed)
    total = yuan(answer(case, contracts.non_compete_total, facts | agreed))
    return {"monthly": yuan(answer(case, contracts.non_compete_monthly, facts)), "months": months, "total": total}
