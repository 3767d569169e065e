"""Parameters of employment, labour, talent and general rules: sources, status, every boundary day, all of them used."""

from datetime import date, timedelta

import pytest

from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.rules.catalogue import list_rules
from hrss.rules.engine import ParameterValue, default_parameters
from hrss.rules.engine.parameters import FOREVER

FAMILIES = ("employment.", "labour.", "talent.", "general.")
ONE_DAY = timedelta(days=1)
VALUES = [
    value for name, values in default_parameters().values.items() if name.startswith(FAMILIES) for value in values
]
LIMITS = [value for value in VALUES if value.name.startswith(("labour.clock.", "general.limit."))]
EMPTY = {
    "employment.public_welfare.monthly",
    "labour.deposit.base",
    "labour.deposit.most",
    "talent.promotion.years",
    "talent.salary.post",
    "talent.salary.step",
}  # not found in any source: shipped without a number, the rules refuse
KNOWN = [value for value in VALUES if value.value is not None]


def found(value: ParameterValue, day: date) -> str:
    try:
        return default_parameters().parameter(value.name, on=day, region=value.region).version
    except Problem as problem:
        return problem.code


@pytest.mark.parametrize("value", KNOWN, ids=lambda value: value.version)
def test_every_boundary_day(value: ParameterValue) -> None:
    assert found(value, value.valid_from) == value.version
    assert found(value, value.valid_from - ONE_DAY) != value.version
    if value.valid_to != FOREVER:
        assert found(value, value.valid_to) == value.version
        assert found(value, value.valid_to + ONE_DAY) != value.version


def test_every_value_says_where_it_comes_from() -> None:
    assert len(VALUES) > 200
    for value in VALUES:
        assert value.document or value.source
        assert value.title
        assert value.status in {"final", "provisional", "unverified", "disputed"}


def test_memory_is_never_final() -> None:
    from_memory = [value for value in VALUES if "凭记忆" in value.source + value.note]
    assert from_memory
    assert {value.status for value in from_memory} <= {"unverified", "provisional", "disputed"}


def test_what_was_not_found_is_unverified_and_refused_by_name() -> None:
    assert {value.name for value in VALUES if value.value is None} == EMPTY
    for value in VALUES:
        if value.value is None:
            assert (value.status, value.shown) == ("unverified", "未查到")
            with pytest.raises(Problem) as gap:
                default_parameters().parameter(value.name, on=date(2025, 1, 1), region="500236")
            assert (gap.value.code, gap.value.field) == ("rules.gap", value.name)
            assert "未查到" in str(gap.value)
            assert value.title in str(gap.value)


@pytest.mark.parametrize("value", LIMITS, ids=lambda value: value.name)
def test_every_limit_reads(value: ParameterValue) -> None:
    assert str(Limit.parse(str(value.value))) == value.value


def test_every_parameter_of_a_rule_exists() -> None:
    known = default_parameters().values
    for rule in list_rules():
        if rule.name.startswith(FAMILIES):
            assert set(rule.parameters.values()) <= set(known), rule.name


def test_every_rule_cites_its_law_and_speaks_chinese() -> None:
    rules = [rule for rule in list_rules() if rule.name.startswith(FAMILIES)]
    assert len(rules) > 170
    for rule in rules:
        assert rule.article
        assert rule.title
        assert rule.source.summary.endswith("。")
