"""Amounts by one rule: the compiled way and the traced way agree to the fen and in their explanation."""

from __future__ import annotations

import random
from typing import Any

import pytest

from hrss.funds import benefits
from hrss.funds.benefits import Benefit, EntitlementFacts, amount_of, benefit_of, computed_by, register
from hrss.funds.codes import Fund
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.engine import evaluate, replay
from hrss.rules.insurance.resident import resident_pension

MONTH, REGION = YearMonth(2026, 3), "500236"


def facts(draw: random.Random) -> dict[str, Any]:
    return {
        "account": draw.randrange(0, 9_000_000),
        "years": draw.randrange(0, 45),
        "age": draw.randrange(58, 103),
        "one_child": draw.random() < 0.2,
    }


def test_many_and_few_agree() -> None:
    draw = random.Random(7)
    wanted = [EntitlementFacts(uuid7(), uuid7(), "x", MONTH, facts(draw)) for _ in range(700)]
    compute = computed_by(resident_pension, region=REGION, part="part")
    many = compute(MONTH, wanted)
    for one in wanted:
        assert many[one.id] == compute(MONTH, [one])[one.id]
        again = replay(many[one.id].explanation)
        assert (many[one.id].fen, many[one.id].part) == (again.amount, again.part("part"))
    assert {found.part == 0 for found in many.values()} == {True, False}  # nothing before sixty


def test_an_overridden_parameter_is_kept_in_the_explanation() -> None:
    given = {"account": 100_000, "years": 20, "age": 66, "one_child": False, "base": 20_000}
    amount = amount_of(evaluate(resident_pension, given, on=MONTH.first_day, region=REGION))
    assert amount.explanation["overridden"] == {"base": 20_000}
    assert replay(amount.explanation).amount == amount.fen


def test_a_code_has_one_meaning() -> None:
    one = Benefit("t1", "甲", Fund.UNEMPLOYMENT, "5001-01", computed_by(resident_pension, region=REGION))
    register(one)
    register(one)
    with pytest.raises(ValueError, match="twice"):
        register(Benefit("t1", "乙", Fund.UNEMPLOYMENT, "5001-01", one.compute))
    with pytest.raises(ValueError, match="no such fund"):
        register(Benefit("t2", "乙", "nobody", "5001-01", one.compute))
    with pytest.raises(ValueError, match="go together"):
        register(Benefit("t3", "丙", Fund.UNEMPLOYMENT, "5001-01", one.compute, part="part"))
    with pytest.raises(Problem):
        benefit_of("nobody")
    assert benefits.groups()["unemployment"] == Fund.UNEMPLOYMENT
