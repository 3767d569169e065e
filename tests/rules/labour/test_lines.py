"""Both sides of the lines labour law draws: sickness and leave, finality, deposits, interruption and pause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.labour import annual_leave, arbitration, deposits
from hrss.rules.labour.arbitration import ClaimKind
from hrss.rules.labour.deposits import ProjectHistory
from hrss.rules.labour.limitation import Pause, arbitration_limitation

TODAY = date(2025, 6, 1)
KNOWN = date(2024, 3, 10)


def ask(rule: Rule[..., Any], **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=TODAY, region="500236").amount)


@pytest.mark.parametrize(
    ("years", "sick", "due"),
    [(9, 2, False), (9, 1, True), (10, 2, True), (10, 3, False), (19, 3, False), (20, 3, True), (20, 4, False)],
)
def test_months_of_sickness_that_end_the_leave(years: int, sick: int, due: bool) -> None:
    assert bool(annual_leave.annual_leave_is_due(12, years, False, 0, sick)) is due


@pytest.mark.parametrize(("amount", "final"), [(26_399, True), (26_400, True), (26_401, False)])
def test_twelve_minimum_wages_exactly_are_final(amount: int, final: bool) -> None:
    assert bool(ask(arbitration.is_final_item, kind=ClaimKind.MONEY, amount=amount, minimum_wage=2200)) is final


@pytest.mark.parametrize(("months", "free"), [(2, True), (3, False)])
def test_a_short_project_of_a_clean_firm_is_free_in_fujian(months: int, free: bool) -> None:
    facts = {
        "contract": 50_000_000, "months": months, "project_number": 1, "clean_years": 1, "systems_kept": False,
        "history": ProjectHistory.ORDINARY,
    }  # fmt: skip
    assert (ask(deposits.deposit_fujian, **facts) == 0) is free


@pytest.mark.parametrize(
    ("yuan", "deposit"),
    [(49_999_999, 1_000_000), (50_000_000, 1_000_000), (99_999_999, 1_500_000), (100_000_000, 1_500_000)],
)
def test_sanmings_sizes_begin_at_whole_sums(yuan: int, deposit: int) -> None:
    assert ask(deposits.deposit_sanming, contract=yuan) == deposit * 100


def test_sanmings_rates_change_exactly_at_the_size() -> None:
    assert ask(deposits.deposit_sanming, contract=20_000_000) == 600_000 * 100
    wide = {"rates": (0, 30_000, 5000, 20_000), "most_by_size": (0, 10**11)}
    assert evaluate(deposits.deposit_sanming, {"contract": 5_000_000_000} | wide, on=TODAY).amount == 100_000_000
    assert evaluate(deposits.deposit_sanming, {"contract": 4_999_999_999} | wide, on=TODAY).amount == 150_000_000


@pytest.mark.parametrize(
    ("event", "expires"), [(date(2025, 3, 10), date(2026, 3, 10)), (date(2025, 3, 11), date(2025, 3, 10))]
)
def test_an_interruption_on_the_last_day_still_counts(event: date, expires: date) -> None:
    found = arbitration_limitation(filed=date(2025, 12, 1), known=KNOWN, interruptions=[event])
    assert found.expires == expires


def test_an_interruption_on_the_first_day_is_one() -> None:
    found = arbitration_limitation(filed=date(2024, 12, 1), known=KNOWN, interruptions=[KNOWN])
    assert found.expires == date(2025, 3, 10)
    assert "中断" in found.reason


@pytest.mark.parametrize("is_pay", [True, False])
def test_the_reason_says_from_when_the_year_runs(is_pay: bool) -> None:
    found = arbitration_limitation(filed=KNOWN, known=KNOWN, employment_end=KNOWN, is_pay=is_pay)
    assert ("劳动关系终止" in found.reason) is is_pay


@pytest.mark.parametrize(
    ("first", "last", "added"),
    [
        (date(2025, 3, 10), date(2025, 3, 12), 3),
        (date(2025, 3, 11), date(2025, 3, 20), 0),
        (date(2024, 1, 1), date(2024, 3, 12), 3),
        (date(2024, 1, 1), date(2024, 3, 9), 0),
    ],
)
def test_a_pause_counts_from_inside_the_period(first: date, last: date, added: int) -> None:
    found = arbitration_limitation(filed=KNOWN, known=KNOWN, pauses=[Pause(first, last)])
    assert found.expires == date(2025, 3, 10) + timedelta(days=added)
