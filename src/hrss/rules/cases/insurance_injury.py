"""Case topics of work injury insurance: benefits, termination grants, death, premium."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.cases.topics import Case, Unsupported, amounts, local, topic
from hrss.rules.insurance.injury import (
    injury_allowance,
    injury_death_grant,
    injury_employment_grant_months,
    injury_funeral,
    injury_medical_grant_months,
    injury_one_off,
    injury_one_off_months,
    injury_one_off_set,
    injury_termination_grant,
)
from hrss.rules.insurance.injury_premium import injury_premium_floating, injury_premium_rate

TODAY = date(2025, 12, 31)


@topic("injury_one_off_disability_months")
def disability_months(case: Case) -> dict[str, Any]:
    """Months of the one-off disability grant by grade."""
    return {"months": [case.ask(injury_one_off_months, {"grade": grade}, on=TODAY).amount for grade in case["grades"]]}


@topic("injury_one_off_disability")
def disability(case: Case) -> dict[str, Any]:
    """The one-off disability grant."""
    facts = {"grade": case["grade"], "own_wage": case["own_wage"]}
    return amounts(amount=case.ask(injury_one_off, facts, on=TODAY).amount)


@topic("injury_one_off_set")
def one_off_set(case: Case) -> dict[str, Any]:
    """The three one-off payments at the end of a contract."""
    months = case.ask(injury_one_off_months, {"grade": case["grade"]}, on=TODAY).amount
    facts = {
        "own_wage": case["own_wage"],
        "area_wage": case["area_wage"],
        "one_off_months": months,
        "medical_months": case["medical_months"],
        "employment_months": case["employment_months"],
    }
    found = case.ask(injury_one_off_set, facts)
    parts = {name: found.part(name) for name in ("disability", "medical", "employment")}
    return amounts(total=found.amount, **parts)


def _termination(case: Case, wage: Any, months: str) -> int:
    facts = {"area_wage": wage, "months": case[months], "factor": case.get("factor", 1)}
    return int(case.ask(injury_termination_grant, facts).amount)


@topic("injury_one_off_local_pair")
def local_pair(case: Case) -> dict[str, Any]:
    """Medical and employment grant together."""
    medical = _termination(case, case["area_wage"], "medical_months")
    return amounts(medical_plus_employment=medical + _termination(case, case["area_wage"], "employment_months"))


@topic("injury_taper_by_age")
def tapered(case: Case) -> dict[str, Any]:
    """Termination grants tapered near retirement by the local factor."""
    wage = case["wage"] if "wage" in case else case["area_wage"]
    case["factor"]
    return amounts(
        medical=_termination(case, wage, "medical_months"), employment=_termination(case, wage, "employment_months")
    )


@topic("injury_monthly_allowance")
def monthly_allowance(case: Case) -> dict[str, Any]:
    """Monthly allowance of grades 1 to 6."""
    facts = {"grade": case["grade"], "own_wage": case["own_wage"], "minimum_wage": case.get("minimum_wage", 0)}
    return amounts(monthly=case.ask(injury_allowance, facts, on=TODAY).amount)


@topic("injury_cq_termination_months")
def termination_months(case: Case) -> dict[str, Any]:
    """Chongqing's months of medical and employment grant."""
    facts, here = {"grade": case["grade"]}, local(case)
    return {
        "medical_months": here.ask(injury_medical_grant_months, facts, on=TODAY).amount,
        "employment_months": here.ask(injury_employment_grant_months, facts, on=TODAY).amount,
    }


@topic("injury_death_grant")
def injury_death(case: Case) -> dict[str, Any]:
    """Twenty times the national urban income."""
    return amounts(amount=case.ask(injury_death_grant, {"income": case["prev_year_national_urban_income"]}).amount)


@topic("injury_funeral_grant")
def injury_burial(case: Case) -> dict[str, Any]:
    """Six months of the area wage."""
    return amounts(amount=case.ask(injury_funeral, {"area_wage": case["area_monthly_wage"]}).amount)


@topic("injury_premium_base_rates")
def premium_rates(case: Case) -> dict[str, Any]:
    """Premium rates by class of industry."""
    rates = [case.ask(injury_premium_rate, {"industry_class": item}, on=TODAY).amount for item in case["classes"]]
    return {"percent": [Decimal(rate) / 10_000 for rate in rates]}


@topic("injury_premium_floating")
def floating_premium(case: Case) -> dict[str, Any]:
    """The floated premium rate by the ratio of use."""
    base = Decimal(str(case["base_percent"]))
    facts = {
        "base_rate": base / 100,
        "use_ratio": _ratio(str(case["use_ratio"])),
        "first_class": case.get("first_class", case.get("class") == 1),
    }
    return {"percent": Decimal(case.ask(injury_premium_floating, facts).amount) / 10_000}


def _ratio(text: str) -> Decimal:
    """A ratio inside the band written as ``>=150%``, ``50-80%`` or ``<50%``."""
    numbers = [Decimal(item) for item in re.findall(r"\d+(?:\.\d+)?", text)]
    if not numbers:
        raise Unsupported(f"无法理解的支缴率 {text}")
    inside = sum(numbers, Decimal()) / len(numbers) if len(numbers) > 1 else numbers[0]
    if text.lstrip().startswith(("<", "＜", "≤", "低于")):
        inside -= 1
    return inside / 100
