"""N+1, rates in the second convention, late fines, daily overtime, comprehensive hours, exempt deposits."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.labour import deposits, penalties, severance, statistics, working_time

TODAY = date(2025, 6, 1)
FENGJIE = "500236"
WAGE = st.integers(0, 10**7)


def ask(rule: Rule[..., Any], on: date = TODAY, **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=on, region=FENGJIE).amount)


@given(WAGE, WAGE, WAGE, st.integers(0, 400), WAGE, st.booleans())
def test_n_plus_one_is_n_and_one_month(wage: int, floor: int, cap: int, months: int, last: int, given_: bool) -> None:
    plain = severance.severance(wage, floor, cap, months, 120)
    assert severance.severance_with_notice(wage, floor, cap, months, last, given_, 120) == plain + (
        0 if given_ else last
    )


@pytest.mark.parametrize(("closed", "mediated", "rate"), [(137, 53, 386_861), (1, 0, 0), (4, 4, 1_000_000)])
def test_mediation_inside_the_cases(closed: int, mediated: int, rate: int) -> None:
    assert statistics.mediation_rate(closed, mediated) == rate


@pytest.mark.parametrize(("closed", "mediated"), [(0, 0), (3, 4)])
def test_impossible_mediation_is_refused(closed: int, mediated: int) -> None:
    with pytest.raises(Problem):
        statistics.mediation_rate(closed, mediated)


@pytest.mark.parametrize(
    ("mediated", "final", "closed", "rate"),
    [(50, 25, 100, 750_000), (0, 0, 1, 0), (1, 1, 3, 666_667), (1, 2, 3, 10**6)],
)
def test_mediated_and_final_over_closed(mediated: int, final: int, closed: int, rate: int) -> None:
    assert statistics.final_award_rate_with_mediation(mediated, final, closed) == rate


@pytest.mark.parametrize(("mediated", "final", "closed"), [(0, 0, 0), (2, 2, 3)])
def test_impossible_final_awards_are_refused(mediated: int, final: int, closed: int) -> None:
    with pytest.raises(Problem):
        statistics.final_award_rate_with_mediation(mediated, final, closed)


@pytest.mark.parametrize(("days", "yuan"), [(0, "0"), (1, "600"), (33, "19800"), (34, "20000"), (36_500, "20000")])
def test_a_late_fine_grows_three_percent_a_day_up_to_itself(days: int, yuan: str) -> None:
    assert ask(penalties.late_fine, fine=20_000, days=days) == int(yuan) * 100


@pytest.mark.parametrize(("hours", "too_many"), [("3", False), ("3.01", True), ("0", False)])
def test_three_hours_a_day(hours: str, too_many: bool) -> None:
    assert bool(ask(working_time.overtime_exceeds_daily_limit, extra=hours)) is too_many


@given(st.integers(0, 10**7), st.integers(0, 50_000), st.integers(0, 50_000))
def test_comprehensive_hours_against_decimal(wage: int, beyond: int, holiday: int) -> None:
    facts = {"wage": wage, "beyond_hours": beyond, "holiday_hours": holiday}
    hour = Decimal(wage) / Decimal("21.75") / 8
    exact = hour * (Decimal(beyond) / 100 * Decimal("1.5") + Decimal(holiday) / 100 * 3)
    wanted = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    found = int(evaluate(working_time.comprehensive_overtime_pay, facts, on=TODAY, region=FENGJIE).amount)
    assert abs(found - wanted) <= (1 if abs(exact % 1 - Decimal("0.5")) < Decimal("1e-9") else 0)


@pytest.mark.parametrize(
    ("contract", "clean", "exempt"),
    [(2_999_999, 1, True), (3_000_000, 1, False), (2_999_999, 0, False), (1, 3, True)],
)
def test_small_projects_of_clean_firms_are_exempt(contract: int, clean: int, exempt: bool) -> None:
    assert bool(ask(deposits.deposit_is_exempt, contract=contract, clean_years=clean)) is exempt
