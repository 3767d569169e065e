"""Case topics of the residents' pension: subsidies, account, base pension, extra years, death grant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.cases.topics import Case, amounts, local, topic, yuan
from hrss.rules.insurance.resident import (
    resident_account,
    resident_account_part,
    resident_base,
    resident_death_months,
    resident_extra_years,
    resident_subsidy,
)

TODAY = date(2025, 12, 31)


@topic("resident_subsidy")
def subsidy_of_grade(case: Case) -> dict[str, Any]:
    """Government subsidy of a grade."""
    day = date(int(case.get("year_from", case.get("year", TODAY.year))), 12, 31)
    region = local(case)
    return amounts(subsidy=region.ask(resident_subsidy, {"grade": case["grade"], "late": False}, on=day).amount)


@topic("resident_pension_amount")
def resident_amount(case: Case) -> dict[str, Any]:
    """Account part and monthly pension of a resident."""
    account = _resident_balance(case)
    part = case.ask(resident_account_part, {"account": account}, on=TODAY).amount
    known = ("basic", "account_total", "annual_payment", "annual_subsidy", "years", "interest")
    extras = sum(Decimal(str(case[name])) for name in case if name not in known)
    base = case.ask(resident_base, {"base": Decimal(str(case["basic"])) + extras}).amount
    return amounts(account_pension=part, monthly=part + base, annual=(part + base) * 12)


def _resident_balance(case: Case) -> Decimal:
    if "account_total" in case:
        return Decimal(str(case["account_total"]))
    facts = {
        "payment": case["annual_payment"],
        "subsidy": case.get("annual_subsidy", 0),
        "years": case["years"],
        "interest": case.get("interest", 0),
    }
    return yuan(case.ask(resident_account, facts).amount)


@topic("resident_account_part")
def resident_account_only(case: Case) -> dict[str, Any]:
    """Account part of a resident."""
    return amounts(account_pension=case.ask(resident_account_part, {"account": case["account_total"]}, on=TODAY).amount)


@topic("resident_long_service")
def resident_long_service(case: Case) -> dict[str, Any]:
    """Base pension with the addition for more than fifteen years."""
    facts = {"years": case["years"], "per_year": case["per_year"], "required": 15}
    extra = case.ask(resident_extra_years, facts).amount
    return amounts(monthly_without_account=extra + case.ask(resident_base, {"base": case["basic"]}).amount)


@topic("resident_basic_pension")
def resident_basic(case: Case) -> dict[str, Any]:
    """Base pension of a year."""
    return amounts(monthly=case.ask(resident_base, {}, on=date(int(case["year"]), 12, 31)).amount)


@topic("resident_death_grant")
def resident_death(case: Case) -> dict[str, Any]:
    """Months of the death grant and their cap."""
    facts = {"phase": case["phase"], "years_paid": case.get("years_paid", 0)}
    found = case.ask(resident_death_months, facts, on=TODAY)
    answer: dict[str, Any] = {"months": found.amount, "cap": found.named["most"]}
    if "basic" in case:
        answer["amount"] = found.amount * Decimal(str(case["basic"]))
    return answer
