"""Wrong inputs of every rule: a Problem that names the field and the rule, never a default and never a crash."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine import default_parameters, evaluate, find_rule
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.units import SeriesUnit, TableUnit, Unit
from hrss.rules.pages import ordinary_facts

DAY, COUNTY = date(2025, 6, 30), "500236"
catalogue.load_all()
RULES = [rule for rule in catalogue.list_rules() if not rule.name.startswith("test.")]
BY_NAME = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def refused(rule: Rule[..., Any], facts: dict[str, Any], **asked: Any) -> Problem:
    with pytest.raises(Problem) as problem:
        evaluate(rule, facts, **({"on": DAY, "region": COUNTY} | asked))
    assert rule.title in problem.value.rule
    assert problem.value.message
    return problem.value


def full(rule: Rule[..., Any]) -> dict[str, Any]:
    """All inputs by hand, so that no gap comes before the wrong one."""
    given = {name: _given(unit) for name, unit in rule.inputs.items()}
    return given | ordinary_facts(rule)


def _given(unit: Any) -> Any:
    if isinstance(unit, SeriesUnit):
        return (unit.value.low,) * 3
    if isinstance(unit, TableUnit):
        return (0, max(unit.value.low, 0))
    return unit.low if isinstance(unit, Unit) else int(next(iter(unit)))


@BY_NAME
def test_numbers_below_and_above_what_can_be(rule: Rule[..., Any]) -> None:
    for name, unit in rule.inputs.items():
        if isinstance(unit, Unit):
            for wrong in (unit.low - 1, unit.high + 1):
                problem = refused(rule, full(rule) | {name: wrong})
                assert (problem.field, problem.code) == (name, "rules.out_of_bounds")
        elif isinstance(unit, SeriesUnit):
            problem = refused(rule, full(rule) | {name: (unit.value.low - 1,)})
            assert problem.field == name
            assert refused(rule, full(rule) | {name: (unit.value.low,) * (unit.most + 1)}).code == "rules.unbounded"
        elif not isinstance(unit, TableUnit):
            problem = refused(rule, full(rule) | {name: 999})
            assert (problem.field, problem.code) == (name, "rules.unknown_choice")


@BY_NAME
def test_a_missing_and_a_strange_fact(rule: Rule[..., Any]) -> None:
    facts = full(rule)
    for name in rule.facts:
        problem = refused(rule, {key: value for key, value in facts.items() if key != name})
        assert (problem.field, problem.code) == (name, "rules.missing")
    assert refused(rule, facts | {"no_such_fact": 1}).field == "no_such_fact"


DATED = [rule for rule in RULES if rule.parameters]


@pytest.mark.parametrize("rule", DATED, ids=lambda rule: rule.name)
def test_a_gap_an_unknown_region_and_no_day(rule: Rule[..., Any]) -> None:
    facts = ordinary_facts(rule)
    gap = refused(rule, facts, on=date(1900, 1, 1))
    assert gap.code == "rules.gap"
    assert gap.field in rule.parameters.values()
    assert "1900-01-01" in gap.message
    assert COUNTY in gap.message
    for region in ("99", "000000", "奉节", "500"):
        assert refused(rule, facts, region=region).field == "region"
    assert refused(rule, facts, on=None).field == "on"


def test_a_day_far_ahead_and_a_birth_to_come() -> None:
    asked = {"region": COUNTY, "today": DAY}
    facts = {"group": "male", "birth_month": "2025-07"}
    with pytest.raises(Problem) as ahead:
        catalogue.explain("insurance.statutory_retirement", facts, on=DAY, **asked)
    assert (ahead.value.code, ahead.value.field) == ("rules.future", "birth_month")
    assert "法定退休年月" in ahead.value.rule
    facts["birth_month"] = "2025-06"
    assert catalogue.explain("insurance.statutory_retirement", facts, on=DAY, **asked).amount
    with pytest.raises(Problem) as far:
        catalogue.explain("insurance.divisor_months", {"age": 720}, on=date(2027, 1, 1), **asked)
    assert (far.value.code, far.value.field) == ("rules.future", "on")
    assert catalogue.explain("insurance.divisor_months", {"age": 720}, on=date(2026, 12, 31), **asked).amount == 1390


@pytest.mark.parametrize(
    ("written", "code"), [("abc", "rules.not_a_number"), ("1.5", "rules.too_fine"), ("-1", "rules.out_of_bounds")]
)
def test_what_people_write_wrong(written: str, code: str) -> None:
    with pytest.raises(Problem) as problem:
        catalogue.explain("insurance.unemployment_months", {"paid_years": written, "unused": 0}, on=DAY, region=COUNTY)
    assert (problem.value.code, problem.value.field) == (code, "paid_years")
    assert "领取失业保险金月数" in problem.value.rule


def test_a_region_is_a_place() -> None:
    store = default_parameters()
    with pytest.raises(Problem) as unknown:
        store.parameter("insurance.pension.divisor_months", on=DAY, region="990000")
    assert (unknown.value.code, unknown.value.field) == ("rules.unknown_region", "region")
    assert store.parameter("insurance.pension.divisor_months", on=DAY, region="").value
    assert find_rule("insurance.divisor_months").title
