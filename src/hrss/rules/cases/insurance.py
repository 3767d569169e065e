"""Case topics of pensions, accounts and contributions: inputs of the case files into facts, answers back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from hrss.rules.cases.topics import Case, Unsupported, amounts, local, topic, yuan
from hrss.rules.engine.loading import default_parameters
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import ONE
from hrss.rules.insurance.accounts import account_part_year, average_index, year_index
from hrss.rules.insurance.contributions import base_limit_lower, base_limit_upper, flexible_contribution
from hrss.rules.insurance.pension import (
    TransitionMethod,
    account_pension,
    basic_pension,
    divisor_months,
    employee_pension,
    transitional_pension,
)
from hrss.rules.insurance.retirement import (
    contribution_gap,
    earliest_age,
    latest_age,
    minimum_months,
    retirement_delay,
    statutory_retirement,
)
from hrss.rules.insurance.subsidies import flexible_subsidy, flexible_subsidy_months
from hrss.rules.insurance.transfer import ClaimPlace, claim_place, transfer_account, transfer_pooled

TODAY = date(2025, 12, 31)
PLACES = {
    ClaimPlace.HOUSEHOLD: "household region",
    ClaimPlace.CURRENT: "current region",
    ClaimPlace.LAST_TEN_YEARS: "last region with 10 years",
}
METHODS = {"indexed_wage": TransitionMethod.INDEXED_WAGE, "mean_of_base_and_indexed": TransitionMethod.MEAN}


def service_of(case: Case, months: str, years: str) -> tuple[int, int]:
    """Read a length of service given in months or in decimal years: units, and units in a year."""
    if case.get(months) is not None:
        return int(case[months]), 12
    value = Decimal(str(case.get(years, 0)))
    places = max(-int(value.as_tuple().exponent), 1)
    return int(value * 10**places), 10**places


@topic("employee_pension_amount")
def pension_amount(case: Case) -> dict[str, Any]:
    """Parts and total; deemed service by one method or by the list of a two-part rule."""
    service, per_year = service_of(case, "total_months", "total_years")
    before, before_per_year = service_of(case, "pre_1996_months", "deemed_years")
    shared = lcm(per_year, before_per_year)  # months and decimal years meet in a unit that holds both exactly
    method = case.get("transition_method", "mean_of_base_and_indexed")
    if method not in METHODS:
        raise Unsupported(f"未知的过渡性养老金方法 {method}")
    facts = {
        "index": case["avg_index"],
        "service": service * (shared // per_year),
        "service_before": before * (shared // before_per_year),
        "per_year": shared,
        "balance": case["account_balance"],
        "divisor": case["divisor_months"],
        "one_child": "one_child_rate" in case,
        "base": case["calc_base"],
        "transition_base": case.get("transition_calc_base", case["calc_base"]),
        "transition_method": METHODS[method],
        "transition_rate": case.get("transition_rate", 0),
        "one_child_rate": case.get("one_child_rate", 0),
    }
    found = case.ask(employee_pension, facts)
    parts = {name: found.part(name) for name in ("basic", "account", "transition", "addition")}
    listed = sum(_listed_transition(case, item) for item in case.get("transition", ()))
    return amounts(
        basic_pension=parts["basic"],
        account_pension=parts["account"],
        transitional_pension=parts["transition"] + listed,
        one_child_addition=parts["addition"],
        total=int(found.amount) + listed,
    )


def _listed_transition(case: Case, item: Mapping[str, Any]) -> int:
    """One part of a two-part transitional pension: base × index × years × rate."""
    years = Decimal(str(item["years"]))
    places = 10 ** max(-int(years.as_tuple().exponent), 1)
    facts = {
        "method": TransitionMethod.INDEXED_WAGE,
        "base": case.get("transition_calc_base", case["calc_base"]),
        "index": item["index"],
        "service": int(years * places),
        "per_year": places,
        "rate": item["rate"],
    }
    return int(case.ask(transitional_pension, facts).amount)


@topic("employee_pension_basic_part")
def pension_basic(case: Case) -> dict[str, Any]:
    """The basic part alone."""
    service, per_year = service_of(case, "total_months", "total_years")
    facts = {"base": case["calc_base"], "index": case["avg_index"], "service": service, "per_year": per_year}
    return amounts(basic_pension=case.ask(basic_pension, facts).amount)


@topic("employee_pension_account_part")
def pension_account(case: Case) -> dict[str, Any]:
    """The account part alone."""
    facts = {"balance": case["account_balance"], "divisor": case["divisor_months"]}
    return amounts(account_pension=case.ask(account_pension, facts).amount)


@topic("average_contribution_index")
def contribution_index(case: Case) -> dict[str, Any]:
    """Yearly indices to three decimals, their sum and mean."""
    records = case["records"]
    facts = {
        "years": len(records),
        "bases": [item["base"] for item in records],
        "averages": [item["average_wage"] for item in records],
    }
    found = case.ask(average_index, facts)
    return {"sum_index": Decimal(found.part("sum_index")) / ONE, "avg_index": Decimal(found.amount) / ONE}


@topic("yearly_contribution_index")
def one_year_index(case: Case) -> dict[str, Any]:
    """The index of one year."""
    found = case.ask(year_index, {"base": case["base"], "average": case["average_wage"]})
    return {"index": Decimal(found.amount) / ONE}


@topic("account_divisor_months_table")
def divisor_table(case: Case) -> dict[str, Any]:
    """Divisors of whole ages."""
    found = [case.ask(divisor_months, {"age": int(age) * 12}, on=TODAY).amount for age in case["ages"]]
    return {"months": [Decimal(value) / 10 for value in found]}


@topic("account_divisor_months_interpolated")
def divisor_interpolated(case: Case) -> dict[str, Any]:
    """The divisor of an age in years and months."""
    age = int(case["age_years"]) * 12 + int(case["age_months"])
    return {"months": Decimal(case.ask(divisor_months, {"age": age}, on=TODAY).amount) / 10}


@topic("statutory_retirement_age")
def retirement_age(case: Case) -> dict[str, Any]:
    """Delay, age and month of retirement."""
    facts = {"group": case["category"], "birth_month": case["birth_month"]}
    delay, month = case.ask(retirement_delay, facts).amount, case.ask(statutory_retirement, facts)
    age = int(month.amount) - month.named["birth_month"]
    years = (Decimal(age) / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {
        "delay_months": delay,
        "age_years": age // 12,
        "age_months": age % 12,
        "retirement_month": month.shown,
        "age_decimal": f"{years:f}".rstrip("0").rstrip("."),
    }


def age_in_months(text: Any) -> int:
    """Read ``61y5m`` as months."""
    years, _, months = str(text).rstrip("m").partition("y")
    return int(years) * 12 + int(months or 0)


@topic("flexible_retirement_earliest")
def earliest_retirement(case: Case) -> dict[str, Any]:
    """The age at the wanted end of the flexible window."""
    statutory = age_in_months(case["statutory_age"])
    preference = case.get("preference", "earliest")
    if preference not in ("earliest", "latest"):
        raise Unsupported(f"未知的选择 {preference}")
    rule: Rule[..., Any] = earliest_age if preference == "earliest" else latest_age
    facts = (
        {"group": case["category"], "statutory_age": statutory}
        if rule is earliest_age
        else {"statutory_age": statutory}
    )
    age = case.ask(rule, facts).amount
    return {"age_years": age // 12, "age_months": age % 12}


@topic("flexible_retirement_window")
def retirement_window(case: Case) -> dict[str, Any]:
    """Earliest, statutory and latest month of retirement."""
    birth = {"group": case["category"], "birth_month": case["birth_month"]}
    statutory = case.ask(statutory_retirement, birth)
    month, born = int(statutory.amount), statutory.named["birth_month"]
    earliest = case.ask(earliest_age, {"group": case["category"], "statutory_age": month - born}).amount + born
    latest = case.ask(latest_age, {"statutory_age": month - born}).amount + born
    return {name: f"{value // 12:04d}-{value % 12 + 1:02d}" for name, value in
            (("earliest", earliest), ("statutory", month), ("latest", latest))}  # fmt: skip


@topic("minimum_contribution_years")
def minimum_years(case: Case) -> dict[str, Any]:
    """Minimum years of contribution by year of retirement."""
    months = case.ask(minimum_months, {"retirement_year": case["retirement_year"]}).amount
    return {"min_years": Decimal(months) / 12}


@topic("minimum_contribution_gap")
def minimum_gap(case: Case) -> dict[str, Any]:
    """Months still missing."""
    required = int(Decimal(str(case["min_years"])) * 12)
    found = case.ask(contribution_gap, {"paid_months": case["paid_months"], "required_months": required})
    return {"gap_months": found.amount}


@topic("employee_account_recording_rate")
def recording_rate(case: Case) -> dict[str, Any]:
    """The recording rate of a year."""
    day = date(int(case["year"]), 12, 31)
    found = default_parameters().parameter("insurance.pension.recording_rate", on=day, region=case.region)
    return {"rate_percent": Decimal(found.value) / 10_000}


@topic("contribution_base_limits")
def base_limits(case: Case) -> dict[str, Any]:
    """Lower and upper limit of the contribution base."""
    day, facts = date(int(case["year"]), 12, 31), {"average": case["avg_monthly_wage"]}
    lower = case.ask(base_limit_lower, facts, on=day).amount
    return amounts(lower=lower, upper=case.ask(base_limit_upper, facts, on=day).amount)


@topic("flexible_worker_contribution")
def flexible_worker(case: Case) -> dict[str, Any]:
    """Monthly contribution of a flexible worker."""
    rate = {"rate": case["rate"]} if "rate" in case else {}
    return amounts(monthly=case.ask(flexible_contribution, {"base": case["base"], **rate}, on=TODAY).amount)


@topic("flexible_worker_subsidy")
def flexible_worker_subsidy(case: Case) -> dict[str, Any]:
    """Monthly subsidy of a flexible worker, pension part."""
    ratio = Fraction(str(case["subsidy_ratio"])).limit_denominator(1000)
    facts = {
        "base": case["base"],
        "rate": case["rate"],
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
    }
    return amounts(monthly_subsidy=case.ask(flexible_subsidy, facts).amount)


@topic("flexible_worker_subsidy_duration")
def flexible_worker_months(case: Case) -> dict[str, Any]:
    """Months a flexible worker is still subsidised."""
    facts = {"months_to_retirement": case["months_to_retirement"], "used": case.get("used", 0)}
    region = local(case)
    return {"months": region.ask(flexible_subsidy_months, facts, on=TODAY).amount}


@topic("account_growth")
def account_growth(case: Case) -> dict[str, Any]:
    """The balance after some months at a yearly rate, year by year."""
    months = int(case["months"])
    balance = case.ask(account_part_year, {"balance": case["balance"], "months": 0, "rate": 0}).amount
    while months > 0:
        facts = {"balance": yuan(balance), "months": min(months, 12), "rate": case["rate"]}
        balance, months = case.ask(account_part_year, facts).amount, months - 12
    return amounts(balance_end=balance)


@topic("cross_province_transfer")
def province_transfer(case: Case) -> dict[str, Any]:
    """Principal of account and pooled part."""
    bases = Decimal(str(case["monthly_base"])) * int(case["months"])
    account = case.ask(transfer_account, {"bases": bases}, on=TODAY).amount
    return amounts(account_part=account, pooled_part=case.ask(transfer_pooled, {"bases": bases}, on=TODAY).amount)


@topic("benefit_claim_place")
def place_of_claim(case: Case) -> dict[str, Any]:
    """Where the pension is claimed."""
    facts = {
        "relation_in_household": case["relation_in_household_region"],
        "current_ten_years": case["current_region_ge_10y"],
        "earlier_ten_years": case["prior_region_ge_10y"],
    }
    return {"place": PLACES[ClaimPlace(case.ask(claim_place, facts).amount)]}
