"""Case topics of social insurance."""

from __future__ import annotations

from datetime import date
from typing import Any

from hrss.rules.cases.topics import Case, topic
from hrss.rules.insurance.unemployment import unemployment_months

NOW = date(2025, 12, 31)


@topic("unemployment_duration_months", "ui_benefit_months.chongqing")
def unemployment_duration(case: Case) -> dict[str, Any]:
    """Months of unemployment benefit by full years paid."""
    years = case.get("paid_years", case.get("cumulative_years"))
    found = evaluate_in(case, years)
    return {"months": found}


def evaluate_in(case: Case, years: Any) -> int:
    """Ask the table of the case's region; Chongqing where the case names none."""
    region = Case(case.inputs, case.region or "50")
    return int(region.ask(unemployment_months, {"paid_years": years, "unused": 0}, on=NOW).amount)
