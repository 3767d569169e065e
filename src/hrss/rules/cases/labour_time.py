"""Case topics of working time, overtime and annual leave."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.cases.local import answer, day, number
from hrss.rules.cases.topics import Case, Unsupported, topic, yuan
from hrss.rules.labour import annual_leave, working_time
from hrss.rules.labour.arbitration import ClaimKind, is_final_item
from hrss.rules.labour.service import (
    days_elapsed_in_year,
    days_left_in_year,
)  # fmt: skip


@topic("overtime_pay")
def overtime(case: Case) -> dict[str, Any]:
    """Overtime pay on working days, rest days and holidays."""
    parts = {"weekday": "1.5", "restday": "2", "holiday": "3"}
    paid = {}
    for name, multiple in parts.items():
        facts = {"wage": case["month_wage"], "hours": case.get(f"{name}_hours", 0), "multiple": multiple}
        paid[name] = yuan(answer(case, working_time.overtime_pay, facts))
    return paid | {"total": sum(paid.values())}


@topic("daily_hourly_wage")
def daily_and_hourly(case: Case) -> dict[str, Any]:
    """Daily and hourly wage."""
    facts = {"wage": case["month_wage"]}
    hourly = yuan(answer(case, working_time.hourly_wage, facts))
    return {"daily": yuan(answer(case, working_time.daily_wage, facts)), "hourly": hourly}


@topic("overtime_multiples")
def multiples(case: Case) -> dict[str, Any]:
    """Multiples of the daily wage for holidays and rest days worked."""
    facts = {
        "holiday_days": case.get("statutory_holiday_days", 0),
        "rest_days": case.get("adjusted_restday_days", case.get("restday_days", 0)),
        "time_off_given": not case.get("no_compensatory_leave", True),
    }
    return {"daily_wage_multiples": Decimal(answer(case, working_time.overtime_multiples, facts)) / 1_000_000}


@topic("working_time_constants")
def constants(case: Case) -> dict[str, Any]:
    """Working days of year, quarter and month, and pay days."""
    on = day(case["year_from"]) if "-" in str(case["year_from"]) else date(int(case["year_from"]), 1, 1)
    facts = {"holidays": case["statutory_holidays"]} if "statutory_holidays" in case else {}
    month = Decimal(answer(case, working_time.working_days_per_month, facts, on=on)) / 100
    quarter = Decimal(answer(case, working_time.working_days_per_quarter, facts, on=on)) / 100
    year = answer(case, working_time.working_days_in_year, facts, on=on)
    pay_days = Decimal(365 - 104) / 12
    return {"work_days_year": year, "work_days_quarter": quarter, "work_days_month": month, "pay_days_month": pay_days}


_CYCLES = {"month": 1, "quarter": 3, "half": 6, "year": 12, "月": 1, "季": 3, "半年": 6, "年": 12}


@topic("special_hours_quarter")
def special_hours(case: Case) -> dict[str, Any]:
    """Standard hours and overtime limits of a cycle of comprehensive hours."""
    months = next((count for word, count in _CYCLES.items() if word in str(case["cycle"])), None)
    if months is None:
        raise Unsupported(f"未知的周期“{case['cycle']}”")
    on, facts = date(int(case["year"]), 1, 1), {"cycle_months": months}
    hours = Decimal(answer(case, working_time.cycle_hours, facts, on=on)) / 100
    extra = Decimal(answer(case, working_time.cycle_overtime_most, facts, on=on)) / 100
    limits = {"max_hours_per_day": 8 + 3, "max_overtime_hours_cycle": extra}
    return {"standard_hours": hours, "overtime_rate": Decimal("1.5"), "holiday_rate": Decimal(3)} | limits


@topic("overtime_limit_violation")
def overtime_limits(case: Case) -> dict[str, Any]:
    """Overtime hours of each month and whether they break the limit."""
    standard = case["standard_month_hours"]
    most = {"most": case["limit_overtime_month"]} if "limit_overtime_month" in case else {}
    facts = [{"worked": hours, "standard": standard} for hours in case["monthly_hours"]]
    extra = [Decimal(answer(case, working_time.overtime_hours, fact)) / 100 for fact in facts]
    broken = [bool(answer(case, working_time.overtime_exceeds_limit, fact | most)) for fact in facts]
    return {"overtime_hours": extra, "violation": broken}


@topic("overtime_waiver_void")
def waiver(case: Case) -> dict[str, Any]:
    """A waiver of overtime pay is void."""
    return {"award": yuan(answer(case, working_time.overtime_despite_waiver, {"proven": case["claimed_overtime"]}))}


@topic("package_wage_shortfall")
def package_wage(case: Case) -> dict[str, Any]:
    """What a wage that includes overtime falls short of; hours not given leave the question open."""
    facts = {
        "agreed": case["agreed_wage_including_overtime"],
        "minimum_wage": case["min_wage"],
        "weekday_hours": case["weekday_hours"],
        "rest_day_hours": case.get("restday_hours", 0),
        "months": case["months"],
    }
    short = yuan(answer(case, working_time.package_wage_shortfall, facts))
    item = {"kind": ClaimKind.MONEY, "amount": short, "minimum_wage": case["min_wage"]}
    return {"shortfall_award": short, "final_award": bool(answer(case, is_final_item, item))}


def _leave_pay(case: Case, unused: int) -> Decimal:
    facts = {"unused": unused, "waived_in_writing": case.get("waived_in_writing", False)}
    if "daily_wage" in case:
        return yuan(answer(case, annual_leave.annual_leave_pay_by_day, facts | {"daily": case["daily_wage"]}))
    wage = case.get("avg_month_wage_excl_overtime", case.get("avg_month_wage", 0))
    return yuan(answer(case, annual_leave.annual_leave_pay, facts | {"wage": wage}))


@topic("annual_leave_days_and_pay")
def leave_days_and_pay(case: Case) -> dict[str, Any]:
    """Days due by service, days left, and pay for them."""
    service = next((value for name, value in case.items() if "service_years" in name), None)
    if service is None:
        raise Unsupported("缺少累计工作年限")
    due = answer(case, annual_leave.annual_leave_days, {"service_years": int(number(service))})
    unused = answer(case, annual_leave.annual_leave_unused, {"due": due, "taken": case.get("taken_days", 0)})
    pay = _leave_pay(case, unused)
    return {"entitlement": due, "unused": unused, "extra_pay_200pct": pay}


@topic("annual_leave_probation")
def leave_in_probation(case: Case) -> dict[str, Any]:
    """Twelve months of continuous work anywhere entitle, probation or not."""
    continuous = 12 if case.get("continuous_12_months_elsewhere") else 0
    facts = {"continuous_months": continuous, "service_years": 1 if continuous else 0}
    rest = {"long_vacation": False, "paid_personal_days": 0, "sick_months": 0}
    return {"entitled": bool(answer(case, annual_leave.annual_leave_is_due, facts | rest))}


@topic("annual_leave_welfare_excluded")
def welfare_leave(case: Case) -> dict[str, Any]:
    """Only statutory days are paid where the handbook says so."""
    facts = {"due": case["statutory_unused"], "taken": 0}
    return {"payable_days": answer(case, annual_leave.annual_leave_unused, facts)}


@topic("annual_leave_expiry_void")
def leave_expiry(case: Case) -> dict[str, Any]:
    """A handbook cannot let statutory leave lapse; unused days are paid."""
    return {"lapse_valid": False, "pay_due": bool(case["unused"])}


@topic("annual_leave_proration_leaver", "annual_leave_no_clawback", "annual_leave_proration_joiner")
def leave_of_leaver(case: Case) -> dict[str, Any]:
    """Prorated days of the year somebody leaves or joins; leave taken in advance stays taken."""
    elapsed = days_elapsed_in_year(day(case["leave_date"])) if "leave_date" in case else _left(case)
    facts = {"entitlement": case["entitlement"], "calendar_days": elapsed}
    prorated = answer(case, annual_leave.annual_leave_prorated, facts)
    unused = answer(case, annual_leave.annual_leave_unused, {"due": prorated, "taken": case.get("taken", 0)})
    pay = _leave_pay(case, unused)
    days = {"elapsed_days": elapsed, "prorated": prorated, "unused": unused}
    return days | {"extra_pay_200pct": pay, "extra_pay": pay, "clawback": 0}


def _left(case: Case) -> int:
    return days_left_in_year(day(case["hire_date"] if "hire_date" in case else case["join_date"]))


@topic("annual_leave_grid")
def leave_grid(case: Case) -> dict[str, Any]:
    """Days for many lengths of service."""
    years = [{"service_years": int(number(value))} for value in case["service_years"]]
    return {"days": [answer(case, annual_leave.annual_leave_days, fact) for fact in years]}
