"""Every amount of the domain, asked of the rules: facts in fen, months and years go in, an explanation comes out.

Nothing here computes by itself. It refuses what the rules refuse: a grade outside the table, a year without a rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hrss.foundation.regions.county import county_code
from hrss.kernel.months import YearMonth
from hrss.rules.engine import default_parameters, evaluate
from hrss.rules.engine.explanation import Explanation
from hrss.rules.insurance.accounts import close_year, year_interest
from hrss.rules.insurance.injury_premium import injury_premium_rate
from hrss.rules.insurance.resident import (
    DeathPhase,
    resident_account_part,
    resident_base,
    resident_death_grant,
    resident_death_months,
    resident_may_claim,
    resident_pension,
    resident_subsidy,
)
from hrss.rules.insurance.resident_account import (
    resident_balance,
    resident_credit,
    resident_missing_years,
    resident_product,
    resident_remaining,
)
from hrss.rules.insurance.unemployment import (
    StopEvent,
    unemployment_death,
    unemployment_eligible,
    unemployment_months,
    unemployment_standard,
)

COUNTY = county_code()
FEN = 100
PENSION_AGE = 60
PENSION_BENEFIT = "resident_pension"
UNEMPLOYMENT_BENEFIT = "unemployment_benefit"
RESIDENT_DEATH_GRANT = "resident_death_grant"
RESIDENT_ACCOUNT = "resident_account_inheritance"
UNEMPLOYMENT_DEATH_GRANT = "unemployment_death_grant"
TITLES = {
    PENSION_BENEFIT: "城乡居民养老金",
    UNEMPLOYMENT_BENEFIT: "失业保险金",
    RESIDENT_DEATH_GRANT: "居民养老保险丧葬补助金",
    RESIDENT_ACCOUNT: "居民养老保险个人账户余额",
    UNEMPLOYMENT_DEATH_GRANT: "失业人员丧葬补助金和抚恤金",
}


def grades(on: date) -> dict[int, int]:
    """Give the grades in yuan a year and the subsidy of each in fen."""
    flat = default_parameters().parameter("insurance.resident.subsidies", on=on, region=COUNTY).value
    return dict(zip(flat[::2], flat[1::2], strict=True))


def first_year(on: date) -> int:
    """Give the year in which the residents' pension began here."""
    return int(default_parameters().parameter("insurance.resident.first_year", on=on, region=COUNTY).value)


def recording_rate(year: int) -> int:
    """Give the interest rate of the residents' accounts for a year, in millionths."""
    parameter = default_parameters().parameter(
        "insurance.resident.recording_rate", on=date(year, 12, 31), region=COUNTY
    )
    return int(parameter.value)


def subsidy(grade_yuan: int, *, late: bool, on: date) -> Explanation:
    """Give the subsidy of a grade."""
    return evaluate(resident_subsidy, {"grade": grade_yuan, "late": late}, on=on, region=COUNTY)


def credited(payment: int, subsidy_fen: int, *, month: int) -> tuple[int, int]:
    """Give what a payment credits and the interest product it adds to its year."""
    credit = int(evaluate(resident_credit, {"payment": payment, "subsidy": subsidy_fen}).amount)
    return credit, int(evaluate(resident_product, {"credit": credit, "month": month}).amount)


def closed(opening: int, credit: int, product: int, year: int) -> tuple[int, int]:
    """Give the interest of a whole year and the balance at its end."""
    rate = recording_rate(year)
    interest = evaluate(year_interest, {"balance": opening, "product": product, "rate": rate}).amount
    facts = {"balance": opening, "credit": credit, "product": product, "rate": rate}
    return int(interest), int(evaluate(close_year, facts).amount)


def balance_in(opening: int, credit: int, product: int, month: YearMonth) -> Explanation:
    """Give the balance at the end of a month within its year."""
    facts = {
        "balance": opening,
        "credit": credit,
        "product": product,
        "months": month.month,
        "rate": recording_rate(month.year),
    }
    return evaluate(resident_balance, facts)


def missing_years(years: int, on: date) -> int:
    """Give how many years are missing to the least number of years."""
    return int(evaluate(resident_missing_years, {"years": years}, on=on, region=COUNTY).amount)


def may_claim(*, age: int, years: int, paid_every_year: bool, other_pension: bool) -> bool:
    """Tell whether the pension may be claimed."""
    facts = {
        "age": age,
        "years": years,
        "born_within_transition": paid_every_year,
        "other_pension": other_pension,
    }
    return bool(evaluate(resident_may_claim, facts).amount)


def pension(facts: Mapping[str, int], month: YearMonth) -> Explanation:
    """Give the pension of a month; ``facts`` are account (fen), years, age and one_child."""
    return evaluate(resident_pension, dict(facts), on=month.first_day, region=COUNTY)


def account_part(account: int, month: YearMonth) -> int:
    """Give the part of the pension that is paid from the account."""
    return int(evaluate(resident_account_part, {"account": account}, on=month.first_day, region=COUNTY).amount)


def remaining(account: int, monthly: int, months: int) -> Explanation:
    """Give what is left of an account after some months of pension."""
    return evaluate(resident_remaining, {"account": account, "monthly": monthly, "months": months})


def base_pension(on: date) -> int:
    """Give the base pension of a month."""
    return int(evaluate(resident_base, {}, on=on, region=COUNTY).amount)


def funeral_grant(*, drawing: bool, years_paid: int, monthly: int, on: date) -> Explanation:
    """Give the funeral grant of a resident; the account is another matter."""
    phase = int(DeathPhase.DRAWING if drawing else DeathPhase.CONTRIBUTING)
    months = evaluate(resident_death_months, {"phase": phase, "years_paid": years_paid}, on=on, region=COUNTY).amount
    facts = {"months": int(months), "monthly": monthly, "balance": 0}
    return evaluate(resident_death_grant, facts, on=on, region=COUNTY)


def injury_rate(industry_class: int, on: date) -> int:
    """Give the base rate of work injury insurance of a class of industry, in millionths."""
    return int(evaluate(injury_premium_rate, {"industry_class": industry_class}, on=on, region=COUNTY).amount)


def may_draw_unemployment(paid_months: int, *, own_will: bool, registered: bool) -> bool:
    """Tell whether unemployment benefit may be drawn."""
    facts = {
        "paid_months": paid_months,
        "own_will": own_will,
        "registered": registered,
        "stop": int(StopEvent.NONE),
    }
    return bool(evaluate(unemployment_eligible, facts).amount)


def months_of_benefit(paid_months: int, unused: int, on: date) -> Explanation:
    """Give for how many months benefit is drawn (重庆市失业保险条例第二十四条)."""
    facts = {"paid_years": paid_months // 12, "unused": unused}
    return evaluate(unemployment_months, facts, on=on, region=COUNTY)


def standard(on: date) -> Explanation:
    """Give the monthly unemployment benefit."""
    return evaluate(unemployment_standard, {}, on=on, region=COUNTY)


def unemployment_death_grant(monthly: int, on: date) -> Explanation:
    """Give funeral and relief money for a person who died while drawing unemployment benefit."""
    return evaluate(unemployment_death, {"standard": monthly}, on=on, region=COUNTY)


def stored(found: Explanation) -> dict[str, Any]:
    """Give what must be kept of a calculation so that ``engine.replay`` gives the same fen years later."""
    whole = found.to_json()
    return {
        key: whole[key] for key in ("rule", "title", "amount", "facts", "overridden", "on", "region", "known_at")
    } | {
        "parameters": [{"version": value["version"]} for value in whole["parameters"]],
        "status": whole["status"],
    }
