"""Penalties of inspection: every breach has a range, the least never lies above the most."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.rules.engine import evaluate, read_facts
from hrss.rules.engine.rule import Rule
from hrss.rules.labour import penalties as rules

TODAY = date(2025, 6, 1)


def ask(rule: Rule[..., Any], **facts: object) -> int:
    return int(evaluate(rule, read_facts(rule, facts), on=TODAY, region="500236").amount) // 100


@pytest.mark.parametrize("kind", list(rules.FixedBreach))
def test_fixed_fines_have_a_range(kind: rules.FixedBreach) -> None:
    assert 0 < ask(rules.fine_fixed_least, kind=kind) < ask(rules.fine_fixed_most, kind=kind)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (rules.FixedBreach.OBSTRUCTION, 2_000, 20_000),
        (rules.FixedBreach.PAY_IN_KIND, 20_000, 50_000),
        (rules.FixedBreach.PAY_PERSON, 10_000, 30_000),
        (rules.FixedBreach.NO_ACCOUNT, 50_000, 100_000),
        (rules.FixedBreach.ACCOUNT_QUERY, 20_000, 50_000),
    ],
)
def test_fixed_fines(kind: rules.FixedBreach, least: int, most: int) -> None:
    assert (ask(rules.fine_fixed_least, kind=kind), ask(rules.fine_fixed_most, kind=kind)) == (least, most)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (rules.WorkerBreach.WOMEN_OR_JUVENILES, 3_000, 15_000),
        (rules.WorkerBreach.OVERTIME, 300, 1_500),
        (rules.WorkerBreach.DISPATCH, 15_000, 30_000),
    ],
)
def test_fines_for_three_workers(kind: rules.WorkerBreach, least: int, most: int) -> None:
    assert ask(rules.fine_by_worker_least, kind=kind, workers=3) == least
    assert ask(rules.fine_by_worker_most, kind=kind, workers=3) == most


@given(st.sampled_from(list(rules.HiddenAmount)), st.integers(0, 10**9))
def test_multiples_of_what_was_hidden(kind: rules.HiddenAmount, hidden: int) -> None:
    most = 5 if kind is rules.HiddenAmount.UNLICENSED_DISPATCH else 3
    assert ask(rules.fine_by_multiple_least, kind=kind, hidden=hidden) == hidden
    assert ask(rules.fine_by_multiple_most, kind=kind, hidden=hidden) == hidden * most
