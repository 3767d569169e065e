"""Figures and windows beside the subsidies: two unemployment rates, floor of stipends, cleared families, loans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hrss.kernel.problem import Problem
from hrss.rules.employment import hardship, hiring_subsidies, loans, statistics, windows
from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.general import plan

TODAY = date(2025, 6, 1)
FENGJIE = "500236"


def ask(rule: Rule[..., Any], on: date = TODAY, **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=on, region=FENGJIE).amount)


def test_registered_and_surveyed_rate_are_two_figures() -> None:
    assert ask(statistics.registered_unemployment_rate, registered_unemployed=31, employed=969) == 31_000
    assert ask(statistics.surveyed_unemployment_rate, surveyed_unemployed=52, surveyed_employed=948) == 52_000
    for rule in (statistics.registered_unemployment_rate, statistics.surveyed_unemployment_rate):
        with pytest.raises(Problem):
            rule(0, 0)


@pytest.mark.parametrize(
    ("day", "yuan"), [(date(2022, 3, 31), 1800), (date(2022, 4, 1), 2100), (date(2024, 12, 31), 2100), (TODAY, 2330)]
)
def test_the_floor_of_stipends_is_the_first_tier(day: date, yuan: int) -> None:
    assert ask(hiring_subsidies.internship_stipend_floor, day) == yuan * 100


@pytest.mark.parametrize(("recognised", "helped", "cleared"), [(0, 0, True), (3, 3, True), (3, 2, False)])
def test_families_are_cleared_when_each_has_work(recognised: int, helped: int, cleared: bool) -> None:
    assert bool(hardship.zero_employment_is_cleared(recognised, helped)) is cleared


def test_more_families_helped_than_recognised_is_refused() -> None:
    with pytest.raises(Problem):
        hardship.zero_employment_is_cleared(3, 4)


@pytest.mark.parametrize(
    ("month", "open_"),
    [("2023-12", False), ("2024-01", True), ("2024-12", True), ("2025-03", True), ("2025-04", False)],
)
def test_the_transport_window_runs_to_march(month: str, open_: bool) -> None:
    assert bool(ask(windows.transport_window_is_open, travel_year=2024, month=month)) is open_


@pytest.mark.parametrize(("compensated", "stops"), [(19, False), (20, True), (21, True)])
def test_lending_stops_at_a_fifth(compensated: int, stops: bool) -> None:
    assert bool(ask(loans.loan_business_stops, compensated=compensated, balance=100)) is stops


def test_a_balance_of_nothing_is_refused() -> None:
    with pytest.raises(Problem):
        loans.loan_business_stops(0, 0, 200_000)
    assert loans.loan_business_stops(1, 1, 200_000)


def test_the_reward_is_one_percent() -> None:
    assert ask(loans.loan_reward, new_loans="7721") == 7721


@pytest.mark.parametrize(("insured", "should_be", "rate"), [(95, 100, 950_000), (0, 1, 0), (1, 1, 1_000_000)])
def test_the_insured_rate(insured: int, should_be: int, rate: int) -> None:
    assert plan.insured_rate(insured, should_be) == rate


@pytest.mark.parametrize(("insured", "should_be"), [(2, 1), (0, 0)])
def test_an_impossible_insured_rate_is_refused(insured: int, should_be: int) -> None:
    with pytest.raises(Problem):
        plan.insured_rate(insured, should_be)
