"""Wage protection and credit: lines of provinces, deposits with caps, colours and grades at every boundary."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.labour import contracts, credit, deposits, refusal_to_pay
from hrss.rules.labour.credit import Colour, CreditGrade, HarmonyGrade
from hrss.rules.labour.deposits import ProjectHistory

TODAY = date(2025, 6, 1)
FENGJIE = "500236"
CONTRACTS = st.integers(0, 10**12)


def ask(rule: Rule[..., Any], facts: Mapping[str, object], region: str = FENGJIE) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=TODAY, region=region).amount)


@pytest.mark.parametrize(
    ("workers", "months", "single", "total", "region", "reached"),
    [
        (1, 3, 10000, 10000, "500236", True),
        (1, 3, "9999.99", "9999.99", "500236", False),
        (1, 2, 10000, 10000, "500236", False),
        (10, 1, 6000, 60000, "500236", True),
        (9, 1, 6000, 60000, "500236", False),
        (10, 1, 6000, "59999.99", "500236", False),
        (10, 1, 5000, 50000, "210100", True),
        (1, 3, 6000, 6000, "43", True),
        (1, 3, 10000, 10000, "440100", False),
        (1, 3, 10000, 10000, "445200", True),
        (0, 12, 0, 0, "500236", False),
    ],
)
def test_lines_of_provinces(
    workers: int, months: int, single: object, total: object, region: str, reached: bool
) -> None:
    facts = {"workers": workers, "months_owed": months, "largest_single": single, "total": total}
    assert bool(ask(refusal_to_pay.reaches_crime_line, facts, region)) is reached


def test_a_province_without_a_line_is_a_gap() -> None:
    facts = {"workers": 1, "months_owed": 3, "largest_single": 10000, "total": 10000}
    with pytest.raises(Problem) as caught:
        ask(refusal_to_pay.reaches_crime_line, facts, "110000")
    assert caught.value.code == "rules.gap"


@pytest.mark.parametrize(("amount", "order", "paid", "goes"), [(1, 1, 0, 1), (1, 1, 1, 0), (1, 0, 0, 0), (0, 1, 0, 0)])
def test_a_file_goes_to_the_police_after_an_order_not_met(amount: int, order: int, paid: int, goes: int) -> None:
    assert refusal_to_pay.must_transfer(bool(amount), bool(order), bool(paid)) is bool(goes)


def fujian(**facts: object) -> int:
    usual: dict[str, object] = {
        "contract": 100_000_000, "months": 12, "project_number": 1, "clean_years": 0, "systems_kept": False,
        "history": ProjectHistory.ORDINARY,
    }  # fmt: skip
    return ask(deposits.deposit_fujian, usual | facts) // 100


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, 1_500_000),
        ({"project_number": 2}, 1_000_000),
        ({"clean_years": 2}, 500_000),
        ({"clean_years": 3, "systems_kept": True}, 0),
        ({"clean_years": 3}, 500_000),
        ({"history": ProjectHistory.BLACKLISTED}, 3_000_000),
        ({"history": ProjectHistory.ARREARS}, 2_250_000),
        ({"contract": 400_000_000}, 5_000_000),
        ({"contract": 400_000_000, "history": ProjectHistory.BLACKLISTED}, 12_000_000),
        ({"contract": 3_999_999, "clean_years": 1}, 0),
        ({"contract": 4_000_000, "clean_years": 1}, 60_000),
        ({"months": 2, "clean_years": 1}, 0),
    ],
)
def test_deposits_in_fujian(facts: dict[str, object], due: int) -> None:
    assert fujian(**facts) == due


@pytest.mark.parametrize(
    ("contract", "due"),
    [(300_000_000, 3_000_000), ("299999999.99", 3_000_000), (100_000_000, 2_000_000), (600_000_000, 5_000_000)],
)
def test_deposits_in_anhui(contract: object, due: int) -> None:
    facts = {"contract": contract, "history": ProjectHistory.ORDINARY}
    assert ask(deposits.deposit_anhui, facts) == due * 100
    assert ask(deposits.deposit_anhui, facts | {"history": ProjectHistory.BLACKLISTED}) == due * 200


@pytest.mark.parametrize(
    ("contract", "due"),
    [
        (100_000_000, 1_500_000),
        (99_000_000, 1_500_000),
        (50_000_000, 1_000_000),
        (40_000_000, 1_000_000),
        (20_000_000, 600_000),
    ],
)
def test_deposits_in_sanming(contract: int, due: int) -> None:
    assert ask(deposits.deposit_sanming, {"contract": contract}) == due * 100


@given(CONTRACTS)
def test_deposits_in_hunan_are_capped(contract: int) -> None:
    plain = deposits.deposit_hunan(contract, False, 15_000, 250_000_000, 100_000_000)
    key = deposits.deposit_hunan(contract, True, 15_000, 250_000_000, 100_000_000)
    assert plain == min(key, 100_000_000)
    assert key <= 250_000_000


def test_chongqings_deposit_is_not_known_and_refused() -> None:
    with pytest.raises(Problem) as caught:
        ask(deposits.deposit, {"contract": 100_000_000})
    assert caught.value.code == "rules.gap"
    assert ask(deposits.deposit, {"contract": 100_000_000, "base": "0.015", "most": 1_000_000}) == 100_000_000


@pytest.mark.parametrize(
    ("rate", "several", "lawful"),
    [("0.01", 0, 1), ("0.03", 0, 1), ("0.0301", 0, 0), ("0.0099", 0, 0), ("0.005", 1, 1), ("0.0049", 1, 0)],
)
def test_rates_within_the_national_bounds(rate: str, several: int, lawful: int) -> None:
    assert ask(deposits.deposit_rate_is_lawful, {"rate": rate, "several_projects": bool(several)}) == lawful


@pytest.mark.parametrize(
    ("months", "colour"),
    [("0", "green"), ("0.01", "yellow"), ("1", "yellow"), ("1.01", "orange"), ("2", "orange"), ("2.01", "red")],
)
def test_colours_by_arrears(months: str, colour: str) -> None:
    assert Colour(ask(credit.arrears_colour, {"months": months})).word == colour


@pytest.mark.parametrize(
    ("attending", "paid", "colour"),
    [
        (100, 100, "green"),
        (100, 99, "yellow"),
        (100, 91, "yellow"),
        (100, 90, "red"),
        (0, 0, "green"),
        (10, 12, "green"),
    ],
)
def test_colours_by_coverage(attending: int, paid: int, colour: str) -> None:
    assert Colour(ask(credit.coverage_colour, {"attending": attending, "paid": paid})).word == colour


def test_other_signals() -> None:
    assert ask(credit.single_pay_colour, {"in_month": 50000, "in_year": 300000}) == Colour.GREEN
    assert ask(credit.single_pay_colour, {"in_month": "50000.01", "in_year": 0}) == Colour.RED
    assert ask(credit.single_pay_colour, {"in_month": 0, "in_year": "300000.01"}) == Colour.RED
    assert credit.mean_pay_colour(188999, 189000) is Colour.RED
    assert credit.mean_pay_colour(189000, 189000) is Colour.GREEN
    assert credit.payment_colour(2, False) is Colour.RED
    assert credit.payment_colour(1, False) is Colour.GREEN
    assert credit.payment_colour(2, True) is Colour.GREEN
    assert [credit.leaver_colour(*facts) for facts in ((0, 0), (2, 2), (2, 1))] == [
        Colour.GREEN,
        Colour.YELLOW,
        Colour.RED,
    ]
    with pytest.raises(Problem):
        credit.leaver_colour(1, 2)


@pytest.mark.parametrize(
    ("count", "serious", "grade"),
    [
        (0, False, CreditGrade.A),
        (1, False, CreditGrade.B),
        (2, False, CreditGrade.B),
        (3, False, CreditGrade.C),
        (0, True, CreditGrade.C),
    ],
)
def test_grades_of_employers(count: int, serious: bool, grade: CreditGrade) -> None:
    assert ask(credit.credit_grade, {"investigations": count, "serious": serious}) == grade


@pytest.mark.parametrize(
    ("line", "incident", "ordered", "paid", "listed"),
    [(1, 0, 1, 0, 1), (0, 1, 1, 0, 1), (0, 0, 1, 0, 0), (1, 0, 0, 0, 0), (1, 1, 1, 1, 0)],
)
def test_the_blacklist_needs_an_order_not_met(line: int, incident: int, ordered: int, paid: int, listed: int) -> None:
    found = credit.belongs_on_blacklist(bool(line), bool(incident), bool(ordered), bool(paid))
    assert found is bool(listed)
    assert ask(credit.blacklist_years, {"listed_now": found}) == (3 if listed else 0)


@pytest.mark.parametrize(("months", "commitment", "may"), [(5, True, False), (6, True, True), (6, False, False)])
def test_early_removal_after_six_months(months: int, commitment: bool, may: bool) -> None:
    facts = {"corrected": True, "months_since": months, "commitment": commitment}
    assert bool(ask(credit.may_leave_blacklist_early, facts)) is may


@pytest.mark.parametrize(
    ("score", "held", "years", "grade"),
    [
        ("80", "无", 0, HarmonyGrade.A), ("79.99", "无", 0, HarmonyGrade.NONE), ("95", "无", 9, HarmonyGrade.A),
        ("85", "A", 1, HarmonyGrade.AA), ("84.99", "A", 1, HarmonyGrade.NONE), ("99", "A", 0, HarmonyGrade.NONE),
        ("90", "AA", 1, HarmonyGrade.AAA), ("89.99", "AA", 5, HarmonyGrade.NONE), ("100", "AAA", 9, HarmonyGrade.NONE),
    ],
)  # fmt: skip
def test_harmonious_enterprises_climb_step_by_step(score: str, held: str, years: int, grade: HarmonyGrade) -> None:
    assert ask(credit.harmony_grade, {"score": score, "held": held, "years_held": years}) == grade


@given(st.integers(0, 10**12))
def test_the_general_contractor_pays_all_of_it(owed: int) -> None:
    assert contracts.contractor_pays(owed) == owed
