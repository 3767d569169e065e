"""Whole settlements: institutions, injury at the end of a contract, grades of residents, shortfall, notice."""

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
from hrss.rules.insurance import (
    contributions,
    death,
    injury_settlement,
    institution,
    pension_local,
    resident,
    retirement,
    transfer,
)
from hrss.rules.insurance.pension_local import IndexAverage

DAY = date(2025, 6, 30)
FENGJIE = "500236"
FEN = st.integers(0, 10**8)


def ask(rule: Rule[..., Any], on: date = DAY, **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=on, region=FENGJIE).amount)


def half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def test_an_institution_pays_pension_and_annuity() -> None:
    facts = read_facts(contributions.institution_contributions, {"wage": 8000})
    found = evaluate(contributions.institution_contributions, facts, on=DAY, region=FENGJIE)
    assert (found.part("employer"), found.part("own"), found.amount) == (192_000, 96_000, 288_000)


@pytest.mark.parametrize(("wage", "base"), [(1000, 440_400), (4404, 440_400), (5000, 500_000), (99_999, 2_201_700)])
def test_an_institutions_base_lies_between_the_limits(wage: int, base: int) -> None:
    facts = read_facts(contributions.institution_contributions, {"wage": wage})
    found = evaluate(contributions.institution_contributions, facts, on=DAY, region=FENGJIE)
    assert found.part("base") == base


def test_the_limits_of_employee_contributions_are_parameters() -> None:
    facts = read_facts(contributions.employee_contributions, {"wage": 1000, "injury_rate": "0.002"})
    found = evaluate(contributions.employee_contributions, facts, on=DAY, region=FENGJIE)
    assert found.part("base") == 440_400
    assert found.part("employee") == half_up(Decimal(440_400) * Decimal("0.08")) + 2202


@pytest.mark.parametrize(("gap", "yuan"), [(0, "0"), (1, "880.80"), (24, "21139.20")])
def test_a_shortfall_costs_the_monthly_contribution_times_the_gap(gap: int, yuan: str) -> None:
    assert ask(contributions.shortfall_payment, base=4404, gap=gap) == int(Decimal(yuan) * 100)


@pytest.mark.parametrize(("level", "yuan"), [(1, 3075), (2, 6765)])
def test_yearly_medical_premium_of_flexible_workers(level: int, yuan: int) -> None:
    assert ask(contributions.flexible_medical_yearly, level=level) == yuan * 100


@pytest.mark.parametrize(
    ("year", "yuan"),
    [(2005, "0"), (2006, "63"), (2007, "49"), (2008, "35"), (2009, "21"), (2010, "7"), (2011, "0")],
)
def test_adjustment_money_ends_with_2010(year: int, yuan: str) -> None:
    assert ask(pension_local.adjustment_money, retirement_year=year) == int(yuan) * 100


def test_which_average_an_index_divides_by_is_a_parameter() -> None:
    rule = pension_local.index_average_wage
    assert rule(700_000, 650_000, IndexAverage.SAME_YEAR) == 700_000
    assert rule(700_000, 650_000, IndexAverage.PREVIOUS_YEAR) == 650_000
    found = evaluate(rule, {"same_year": 700_000, "previous_year": 650_000}, on=DAY, region=FENGJIE)
    assert (found.amount, found.status) == (650_000, "disputed")


def test_an_institution_pension_is_the_sum_of_four_parts() -> None:
    facts = {
        "base": 8000, "index": "1.5", "months": 480, "deemed_index": "1.5", "deemed_months": 360, "rate": "0.012",
        "balance": "139000", "annuity": "69500", "divisor": 139,
    }  # fmt: skip
    rule = institution.institution_pension
    found = evaluate(rule, read_facts(rule, facts), on=DAY, region=FENGJIE)
    parts = {name: found.part(name) for name in ("basic", "transition", "account", "supplement")}
    assert parts == {"basic": 400_000, "transition": 432_000, "account": 100_000, "supplement": 50_000}
    assert found.amount == sum(parts.values())


@pytest.mark.parametrize(
    ("retired", "new", "floor", "paid"),
    [("2024-10", 5000, 5200, 5200), ("2029-12", 5000, 5200, 5200), ("2030-01", 5000, 5200, 5000), ("2025-06", 6, 5, 6)],
)
def test_the_floor_after_the_transition_ends_with_2029(retired: str, new: int, floor: int, paid: int) -> None:
    assert ask(institution.institution_after_transition, new_method=new, floor=floor, retired=retired) == paid * 100


def test_a_settlement_at_the_end_of_a_contract() -> None:
    rule = injury_settlement.injury_termination_settlement
    facts = {"grade": 9, "area_wage": 7339, "months_to_retirement": 200}
    found = evaluate(rule, read_facts(rule, facts), on=DAY, region=FENGJIE)
    assert (found.part("medical"), found.part("employment")) == (4 * 733_900, 9 * 733_900)
    assert found.amount == 13 * 733_900
    near = evaluate(rule, read_facts(rule, facts | {"months_to_retirement": 60}), on=DAY, region=FENGJIE)
    assert (near.part("medical"), near.part("employment")) == (2 * 733_900, 9 * 733_900 // 2)
    disputed = evaluate(rule, read_facts(rule, facts | {"grade": 5}), on=DAY, region=FENGJIE)
    assert (disputed.part("employment"), disputed.status) == (24 * 733_900, "disputed")
    with pytest.raises(Problem):
        ask(rule, grade=4, area_wage=7339, months_to_retirement=200)


@pytest.mark.parametrize(("grade", "added"), [(1, 300), (2, 280), (3, 260), (4, 240)])
def test_the_allowance_was_raised_in_2025(grade: int, added: int) -> None:
    assert ask(injury_settlement.injury_allowance_adjusted, grade=grade, allowance=4000) == (4000 + added) * 100


@pytest.mark.parametrize("grade", [0, 5])
def test_only_grades_one_to_four_are_raised(grade: int) -> None:
    with pytest.raises(Problem) as refused:
        ask(injury_settlement.injury_allowance_adjusted, grade=grade, allowance=4000)
    assert refused.value.field == "grade"


@given(FEN, FEN)
def test_pension_and_difference_reach_the_allowance(allowance: int, pension: int) -> None:
    difference = injury_settlement.injury_allowance_difference(allowance, pension)
    assert difference >= 0
    assert pension + difference == max(pension, allowance)


def test_death_at_work_and_death_after_the_leave() -> None:
    rule = injury_settlement.injury_death_benefits
    at_work = ask(rule, area_wage=7339, after_leave_grade_1_4=False)
    later = ask(rule, area_wage=7339, after_leave_grade_1_4=True)
    assert at_work == 6 * 733_900 + 108_376_000
    assert later == 6 * 733_900


@pytest.mark.parametrize(("day", "share"), [(date(2005, 12, 31), 11), (date(2006, 1, 1), 8), (DAY, 8)])
def test_the_account_part_moves_with_the_share_of_its_years(day: date, share: int) -> None:
    assert ask(transfer.transfer_account, day, bases=1000) == share * 1000


def test_the_old_funeral_grant_ends_with_august_2021() -> None:
    assert ask(death.death_old_funeral, date(2021, 8, 31)) == 200_000
    with pytest.raises(Problem) as gap:
        ask(death.death_old_funeral, date(2021, 9, 1))
    assert gap.value.code == "rules.gap"


@pytest.mark.parametrize(
    ("grade", "poor", "open_"),
    [(100, True, True), (100, False, False), (200, False, True), (250, True, False), (4000, True, True)],
)
def test_the_lowest_grade_is_kept_for_the_poor(grade: int, poor: bool, open_: bool) -> None:
    assert bool(ask(resident.resident_grade_is_open, grade=grade, poor=poor)) is open_


def test_the_government_pays_for_the_poor() -> None:
    assert ask(resident.resident_paid_for, poor=True) == 10_000
    assert ask(resident.resident_paid_for, poor=False) == 0


def test_notice_of_an_early_and_agreement_on_a_late_retirement() -> None:
    rule = retirement.early_notice_month
    found = evaluate(rule, read_facts(rule, {"wanted_month": "2026-02"}), on=DAY, region=FENGJIE)
    assert (found.shown, found.status) == ("2025-11", "unverified")
    late = retirement.late_agreement_month
    assert evaluate(late, read_facts(late, {"statutory_month": "2026-01"}), on=DAY).shown == "2025-12"
