"""Dated, regional, bitemporal parameters: replacement, publication, gaps, loader checks, every boundary day."""

from __future__ import annotations

from datetime import date

import pytest

from hrss.kernel.problem import Problem, Problems
from hrss.rules.engine import default_parameters, evaluate, replay
from hrss.rules.engine.loading import load_texts
from hrss.rules.engine.parameters import Parameters
from hrss.rules.insurance.retirement import DECISION
from hrss.rules.insurance.unemployment import unemployment_standard

NATIONAL = """
x.base:
  title: 基数
  unit: yuan
  values:
    - {value: 100, from: 2020-01-01, to: 2020-12-31, status: final, document: 甲}
    - {value: 110, from: 2021-01-01, status: final, document: 乙}
"""
CITY = """
x.base:
  title: 基数
  unit: yuan
  values:
    - {value: 120.5, from: 2021-01-01, to: 2021-12-31, known_from: 2021-01-01, status: provisional, document: 丙}
    - {value: 130, from: 2021-01-01, to: 2021-12-31, known_from: 2021-09-01, status: final, document: 丁}
"""


@pytest.fixture
def store() -> Parameters:
    return load_texts([("national/a.yaml", NATIONAL), ("chongqing/a.yaml", CITY)])


@pytest.mark.parametrize(
    ("on", "region", "known_at", "value"),
    [
        (date(2020, 12, 31), "500236", None, 10_000),
        (date(2021, 1, 1), "", None, 11_000),
        (date(2021, 1, 1), "500236", None, 13_000),
        (date(2021, 12, 31), "500236", date(2021, 8, 31), 12_050),
        (date(2021, 12, 31), "500236", date(2021, 9, 1), 13_000),
        (date(2022, 1, 1), "500236", None, 11_000),
        (date(2021, 5, 1), "420100", None, 11_000),
    ],
)
def test_lookup(store: Parameters, on: date, region: str, known_at: date | None, value: int) -> None:
    assert store.parameter("x.base", on=on, region=region, known_at=known_at).value == value


def test_a_gap_names_parameter_date_and_region(store: Parameters) -> None:
    with pytest.raises(Problem) as gap:
        store.parameter("x.base", on=date(2019, 12, 31), region="500236")
    assert gap.value.code == "rules.gap"
    for part in ("x.base", "2019-12-31", "500236", "基数"):
        assert part in str(gap.value)


def test_an_unpublished_value_is_a_gap_that_says_so(store: Parameters) -> None:
    with pytest.raises(Problem, match="尚未公布"):
        store.parameter("x.base", on=date(2021, 1, 1), region="", known_at=date(2019, 1, 1))


def test_by_year(store: Parameters) -> None:
    found = store.by_year("x.base", first=2020, last=2022, region="50")
    assert [value.value for value in found] == [10_000, 13_000, 11_000]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x: {title: 甲, unit: furlong, values: []}", "单位"),
        ("x: {title: 甲, unit: yuan, values: []}", "没有一档"),
        ("x: {title: 甲, values: []}", "须有"),
        ("x: {title: 甲, unit: yuan, colour: red, values: []}", "未知项"),
        ("x: {title: 甲, unit: yuan, values: [{value: 1, from: 2020-01-01, status: final}]}", "没有出处"),
        ("x: {title: 甲, unit: yuan, values: [{value: 1, from: 2020-01-01, status: sure, document: 甲}]}", "状态"),
        ("x: {title: 甲, unit: yuan, values: [{value: 1, from: '2020', status: final, document: 甲}]}", "日期"),
        ("x: {title: 甲, unit: yuan, values: [{value: 1.234, from: 2020-01-01, status: final, document: 甲}]}", "小数"),
        (
            "x: {title: 甲, unit: months, values: [{value: 5000, from: 2020-01-01, status: final, document: 甲}]}",
            "应在",
        ),
        (
            "x: {title: 甲, unit: months, values: [{value: {1: -3}, from: 2020-01-01, status: final, document: 甲}]}",
            "应在",
        ),
        (
            "x: {title: 甲, unit: yuan, values: [{value: null, from: 2020-01-01, status: final, document: 甲}]}",
            "未查到",
        ),
        (NATIONAL.replace("to: 2020-12-31", "to: 2021-03-01"), "重叠"),
        (NATIONAL.replace("to: 2020-12-31", "to: 2020-11-30"), "没有数值"),
    ],
)
def test_the_loader_refuses(text: str, said: str) -> None:
    with pytest.raises(Problems) as refused:
        load_texts([("national/x.yaml", text)])
    assert any(said in str(problem) for problem in refused.value)


def test_units_of_one_parameter_agree_between_files() -> None:
    other = CITY.replace("unit: yuan", "unit: percent")
    with pytest.raises(Problems) as refused:
        load_texts([("national/a.yaml", NATIONAL), ("chongqing/b.yaml", other)])
    assert any("单位不一" in problem.message for problem in refused.value)


def test_a_noted_gap_is_allowed() -> None:
    text = NATIONAL.replace("to: 2020-12-31", "to: 2020-11-30").replace("unit: yuan", "unit: yuan\n  gaps: 未查到")
    assert load_texts([("national/x.yaml", text)])


def test_every_shipped_value_has_source_and_status() -> None:
    for values in default_parameters().values.values():
        for value in values:
            assert value.source or value.document
            assert value.status in ("final", "provisional", "unverified", "disputed")


def test_what_is_from_memory_is_never_final() -> None:
    for values in default_parameters().values.values():
        for value in values:
            if "凭记忆" in value.source + value.note:
                assert value.status != "final", value.version


def test_versions_are_unique() -> None:
    versions = [value.version for values in default_parameters().values.values() for value in values]
    assert len(versions) == len(set(versions))


def test_a_stored_result_keeps_its_versions_when_the_parameter_changes() -> None:
    found = evaluate(unemployment_standard, {}, on=date(2025, 3, 1), region="500236")
    stored = found.to_json()
    assert [value["version"] for value in stored["parameters"]] == [value.version for value in found.parameters]
    assert replay(stored).amount == found.amount == 186_400
    changed = default_parameters().with_overrides({"insurance.unemployment.share": 900_000})
    assert (
        evaluate(unemployment_standard, {}, on=date(2025, 3, 1), region="500236", parameters=changed).amount > 186_400
    )


def test_no_date_unknown_fact_and_unknown_parameter() -> None:
    with pytest.raises(Problem, match="需要日期"):
        evaluate(unemployment_standard, {}, region="50")
    with pytest.raises(Problem, match="没有名为"):
        evaluate(unemployment_standard, {"wage": 1}, on=date(2025, 1, 1), region="50")
    with pytest.raises(Problem, match="没有名为"):
        default_parameters().parameter("no.such", on=date(2025, 1, 1), region="")
    assert DECISION
