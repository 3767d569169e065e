"""Case topics of unemployment, death, institutions, landless farmers and agency time limits."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.cases.topics import CHONGQING, Case, Unsupported, amounts, local, topic
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import ONE
from hrss.rules.insurance.agency import Matter, agency_article, agency_limit
from hrss.rules.insurance.death import death_funeral, death_monthly_base, survivor_grant, survivor_twelfths
from hrss.rules.insurance.institution import (
    institution_after_transition,
    institution_basic,
    institution_death_base,
    institution_transition,
    institution_transitional,
)
from hrss.rules.insurance.landless import landless_one_off
from hrss.rules.insurance.subsidies import FirmSize, expansion_grant, stability_rate, stability_refund
from hrss.rules.insurance.unemployment import (
    StopEvent,
    unemployment_ceiling,
    unemployment_eligible,
    unemployment_months,
    unemployment_standard,
    unemployment_total,
)

TODAY = date(2025, 12, 31)
AFTER_TRANSITION = (2024, 9)
REFUND_DAY = date(2026, 12, 31)
OWN_WILL = (
    "resign", "own will", "own request", "own initiative", "personal reason", "voluntar", "quit", "辞职", "本人意愿",
    "主动", "个人原因",
)  # fmt: skip
NOT_OWN_WILL = ("involuntar", "not own will", "not of own will", "非本人意愿", "非因本人意愿")


@topic("unemployment_monthly_standard")
def monthly_standard(case: Case) -> dict[str, Any]:
    """Monthly unemployment benefit from the top minimum wage and the share."""
    facts = {name: case[name] for name in ("top_minimum_wage", "share") if case.get(name) is not None}
    day = date(int(case.get("year", TODAY.year)), 12, 31)
    return amounts(monthly=local(case).ask(unemployment_standard, facts, on=day).amount)


@topic("unemployment_duration_months", "ui_benefit_months.chongqing")
def duration(case: Case) -> dict[str, Any]:
    """Months of unemployment benefit by full years paid."""
    facts = {"paid_years": _full_years(case), "unused": case.get("unused_months", 0)}
    return {"months": local(case).ask(unemployment_months, facts, on=TODAY).amount}


@topic("unemployment_duration_national_ceiling", "ui_benefit_months.national_cap")
def national_ceiling(case: Case) -> dict[str, Any]:
    """The national ceiling of months."""
    found = case.ask(unemployment_ceiling, {"paid_years": _full_years(case)}, on=TODAY)
    return {"max_months": found.amount}


def _full_years(case: Case) -> int:
    years = case["paid_years"] if "paid_years" in case else case["cumulative_years"]
    return int(Decimal(str(years)))


@topic("unemployment_total")
def benefit_total(case: Case) -> dict[str, Any]:
    """Months and money of a whole spell; outside Chongqing by the national table."""
    years = {"paid_years": int(Decimal(str(case["paid_years"])))}
    if case.region.startswith(CHONGQING):
        months = case.ask(unemployment_months, {**years, "unused": 0}, on=TODAY).amount
    else:
        months = case.ask(unemployment_ceiling, years, on=TODAY).amount
    facts = {"months": months, "first": case["first12"], "later": case.get("after12", case["first12"])}
    return {"months": months, **amounts(total=case.ask(unemployment_total, facts).amount)}


@topic("unemployment_eligibility")
def eligibility(case: Case) -> dict[str, Any]:
    """Whether unemployment benefit may be drawn."""
    reason = str(case.get("reason", "")).lower()
    facts = {
        "paid_months": case["paid_months"],
        "own_will": any(word in reason for word in OWN_WILL) and not any(word in reason for word in NOT_OWN_WILL),
        "registered": case.get("registered", True),
        "stop": StopEvent.NONE,
    }
    return {"eligible": bool(case.ask(unemployment_eligible, facts).amount)}


@topic("stability_refund")
def refund(case: Case) -> dict[str, Any]:
    """Refund of unemployment premiums to a firm."""
    size = FirmSize.LARGE if str(case["size"]).lower() in ("large", "大型", "大型企业") else FirmSize.OTHER
    facts = {
        "size": size,
        "premium": case["prev_year_premium"],
        "paid_months": case["paid_months"],
        "layoff_rate": case["layoff_rate"],
        "layoff_limit": case["layoff_limit"],
    }
    found = case.ask(stability_refund, facts, on=REFUND_DAY)
    rate = case.ask(stability_rate, {"size": size}, on=REFUND_DAY).amount
    return {"eligible": bool(found.part("eligible")), "rate": Decimal(rate) / ONE, **amounts(amount=found.amount)}


@topic("hiring_expansion_grant")
def expansion(case: Case) -> dict[str, Any]:
    """One-off grant for hiring graduates."""
    facts = {"hired": case["hired"], "paid_months": case["paid_months"]}
    if "unit" in case:
        facts["amount"] = case["unit"]
    return amounts(amount=case.ask(expansion_grant, facts, on=TODAY).amount)


@topic("institution_death_grant_base")
def institution_base(case: Case) -> dict[str, Any]:
    """Twice the national urban income."""
    return amounts(twice=case.ask(institution_death_base, {"income": case["prev_year_national_urban_income"]}).amount)


@topic("institution_transition_share")
def transition_share(case: Case) -> dict[str, Any]:
    """Share of the excess paid in a year of the transition."""
    year = int(case["retire_year"])
    day = date(year, 9, 30) if year == 2024 else date(year, 12, 31)
    facts = {"old_method": 0, "new_method": 0}
    return {"share": Decimal(case.ask(institution_transition, facts, on=day).named["share"]) / ONE}


@topic("institution_transition_cap")
def transition_cap(case: Case) -> dict[str, Any]:
    """What is paid between old and new method."""
    year, month = (int(part) for part in str(case["retire_month"]).split("-"))
    if (year, month) > AFTER_TRANSITION:
        return _after_transition(case)
    facts = {"old_method": case["old_method"], "new_method": case["new_method"]}
    found = case.ask(institution_transition, facts, on=date(year, month, 1))
    share = Decimal(found.named["share"]) / ONE
    return {"share": share, **amounts(extra=found.part("extra"), paid=found.amount)}


def _after_transition(case: Case) -> dict[str, Any]:
    """Only the new method since October 2024, with the old standard as a floor while that lasts."""
    facts = {"new_method": case["new_method"], "floor": case["old_method"], "retired": case["retire_month"]}
    paid = case.ask(institution_after_transition, facts, on=TODAY).amount
    old = int(Decimal(str(case["old_method"])) * 100)
    return {"share": Decimal(1), **amounts(extra=max(paid - old, 0), paid=paid)}


@topic("institution_pension_parts")
def institution_parts(case: Case) -> dict[str, Any]:
    """Basic and transitional part of 中人."""
    months = {name: int(Decimal(str(case[name])) * 12) for name in ("total_years", "deemed_years")}
    shared = {"base": case["calc_base"], "index": case["avg_index"]}
    deemed = {
        "base": case["calc_base"],
        "index": case.get("deemed_index", case["avg_index"]),
        "deemed_months": months["deemed_years"],
        "rate": case["transition_rate"],
    }
    return amounts(
        basic_pension=case.ask(institution_basic, {**shared, "months": months["total_years"]}).amount,
        transitional_pension=case.ask(institution_transitional, deemed).amount,
    )


@topic("employee_death_funeral_grant")
def funeral(case: Case) -> dict[str, Any]:
    """Funeral grant and the monthly income it is a multiple of."""
    facts = {"income": case["prev_year_urban_income"]}
    monthly = case.ask(death_monthly_base, facts).amount
    return amounts(funeral=case.ask(death_funeral, facts).amount, monthly_base=monthly)


@topic("employee_death_benefits")
def death_benefits(case: Case) -> dict[str, Any]:
    """Funeral and survivor grant from the monthly income."""
    income = {"income": Decimal(str(case["monthly_base"])) * 12}
    burial, survivor = (
        case.ask(death_funeral, income).amount,
        case.ask(survivor_grant, {**_service(case), **income}).amount,
    )
    return amounts(funeral=burial, survivor=survivor, total=burial + survivor)


@topic("survivor_grant_months")
def survivor_months(case: Case) -> dict[str, Any]:
    """Months of the survivor grant."""
    return {"months": Decimal(case.ask(survivor_twelfths, _service(case)).amount) / 12}


def _service(case: Case) -> dict[str, int]:
    paid = case["contribution_years"]
    drawn = case.get("pension_years_drawn", case.get("years_drawn", 0)) or 0
    return {"paid_months": int(Decimal(str(paid)) * 12), "drawn_months": int(Decimal(str(drawn)) * 12)}


@topic("landless_one_off")
def landless(case: Case) -> dict[str, Any]:
    """Payment of the oldest group of the land-return scheme of 2010."""
    if "2010" not in str(case["scheme"]):
        raise Unsupported(f"没有办法 {case['scheme']}")
    ages = re.findall(r"\d+", str(case["age"]))
    if not ages:
        raise Unsupported(f"无法理解的年龄 {case['age']}")
    return amounts(payment=local(case).ask(landless_one_off, {"age": ages[0]}, on=TODAY).amount)


@topic("agency_time_limit_working_days")
def time_limit(case: Case) -> dict[str, Any]:
    """Time limit of the agency and the article that sets it."""
    name = str(case["item"])
    if name.upper() not in Matter.__members__:
        raise Unsupported(f"没有事项 {name}")
    rules: tuple[Rule[..., Any], Rule[..., Any]] = (agency_limit, agency_article)
    limit, article = (case.ask(rule, {"matter": name}, on=TODAY).amount for rule in rules)
    return {"working_days": limit, "article": article}
