"""Datasets: declarations that cannot be placed are refused; number and rows come from one condition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection

from hrss.foundation.datasets import (
    DATASETS,
    Aggregate,
    AnyOf,
    Column,
    Condition,
    Dataset,
    Measure,
    Moment,
    Operator,
    Origin,
    Sensitivity,
    Time,
    Window,
    register,
    running,
)
from hrss.foundation.datasets.filters import Value
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

ROWS = """
    SELECT * FROM (VALUES
      ('a', '500236001001', 'x', 3, DATE '2024-01-05', DATE '2024-06-01', DATE '2024-01-06'),
      ('b', '500236001002', 'x', 5, DATE '2024-02-05', NULL, DATE '2024-02-06'),
      ('c', '500236002001', 'y', 7, DATE '2024-02-05', DATE '2024-02-29', DATE '2024-05-06'),
      ('d', '500236', 'y', -2, DATE '2024-03-31', NULL, DATE '2024-04-01')
    ) AS v(id, region_code, person_id, amount_fen, since, until, recorded_on)
"""
YEAR = Window(date(2024, 1, 1), date(2024, 12, 31))
ROBOT = system_actor("test")


def sample(**changes: Any) -> Dataset:
    facts: dict[str, Any] = {
        "name": "test.things",
        "title": "示例",
        "grain": "一行一件",
        "sql": ROWS,
        "date_column": "since",
        "until_column": "until",
        "recorded_column": "recorded_on",
        "columns": (
            Column("id", "text", "标识"),
            Column("region_code", "code", "地点"),
            Column("person_id", "uuid", "人", Sensitivity.PERSONAL),
            Column("amount_fen", "fen", "金额"),
            Column("since", "date", "开始"),
            Column("until", "date", "终止"),
            Column("recorded_on", "date", "登记"),
        ),
        "freshness": "实时",
        "owner": "综合股",
    }
    return Dataset(**(facts | changes))


@pytest.fixture
def things() -> Iterator[Dataset]:
    register(sample())
    yield DATASETS["test.things"]
    del DATASETS["test.things"]


def where(column: str, operator: Operator, value: Value) -> tuple[Condition]:
    return (Condition(column, operator, value),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Things"}, "part.things"),
        ({"date_column": "amount_fen"}, "date column"),
        ({"columns": sample().columns[1:]}, "column id"),
        ({"columns": (*sample().columns, Column("id", "text", "又一个"))}, "declared twice"),
        ({"sql": "SELECT 1 WHERE a LIKE 'x%'"}, "per cent"),
    ],
)
def test_a_declaration_that_cannot_be_placed_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        sample(**changes)


def test_business_takes_the_place_of_history_and_nothing_else(things: Dataset) -> None:
    with pytest.raises(ValueError, match="twice"):
        register(sample())
    register(sample(origin=Origin.DEMO_HISTORY, title="历史"))
    assert DATASETS["test.things"].title == "示例"
    del DATASETS["test.things"]
    register(sample(origin=Origin.DEMO_HISTORY, title="历史"))
    register(sample())
    assert DATASETS["test.things"].origin is Origin.BUSINESS


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("colour", Operator.IS, "red"), "没有这一列"),
        (Condition("amount_fen", Operator.IS, "red"), "类型 fen"),
        (Condition("amount_fen", Operator.IS, True), "类型 fen"),
        (Condition("region_code", Operator.MORE_THAN, "5"), "不能比大小"),
        (Condition("region_code", Operator.IN, "5"), "列表"),
        (Condition("region_code", Operator.IS, ("5",)), "一个值"),
        (Condition("since", Operator.STARTS_WITH, "2024"), "比开头"),
        (Condition("until", Operator.EMPTY, "yes"), "true 或 false"),
    ],
)
def test_a_condition_that_does_not_fit_is_refused(things: Dataset, condition: Condition, words: str) -> None:
    with pytest.raises(Problem, match=words):
        query_of(Measure("test.things", (condition,)), YEAR)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("test.nothing"), "没有数据集"),
        (Measure("test.things", aggregate=Aggregate.SUM, column="region_code"), "不能求和"),
        (Measure("test.things", aggregate=Aggregate.COUNT_DISTINCT), "没有列"),
        (Measure("test.things", column="id"), "计数不写列"),
    ],
)
def test_a_measure_that_cannot_be_meant_is_refused(things: Dataset, measure: Measure, words: str) -> None:
    with pytest.raises(Problem, match=words):
        query_of(measure, YEAR)


MEASURES = [
    (Measure("test.things"), YEAR, "", 4),
    (Measure("test.things"), Window(date(2024, 2, 1), date(2024, 2, 29)), "", 2),
    (Measure("test.things", time=Time.STOCK), Window(date(2024, 1, 1), date(2024, 2, 28)), "", 3),
    (Measure("test.things", time=Time.STOCK), Window(date(2024, 1, 1), date(2024, 2, 29)), "", 2),
    (Measure("test.things", aggregate=Aggregate.SUM, column="amount_fen"), YEAR, "", 13),
    (Measure("test.things", aggregate=Aggregate.COUNT_DISTINCT, column="person_id"), YEAR, "", 2),
    (Measure("test.things"), YEAR, "500236001", 2),
    (Measure("test.things", where("until", Operator.EMPTY, True)), YEAR, "", 2),
    (Measure("test.things", where("until", Operator.EMPTY_OR_AFTER, Moment.END)), YEAR, "", 2),
    (Measure("test.things", where("until", Operator.EMPTY_OR_FROM, date(2024, 6, 1))), YEAR, "", 3),
    (Measure("test.things", time=Time.EVER), Window(date(2030, 1, 1), date(2030, 1, 1)), "", 4),
    (Measure("test.things", where("amount_fen", Operator.AT_LEAST, 5)), YEAR, "", 2),
    (Measure("test.things", where("region_code", Operator.NOT_IN, ("500236",))), YEAR, "", 3),
    (Measure("test.things", where("region_code", Operator.STARTS_WITH, "500236001")), YEAR, "", 2),
    (
        Measure(
            "test.things",
            (AnyOf((Condition("amount_fen", Operator.IS, 3), Condition("amount_fen", Operator.LESS_THAN, 0))),),
        ),
        YEAR,
        "",
        2,
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("measure", "window", "region", "expected"), MEASURES)
def test_the_rows_behind_a_number_make_the_number(
    things: Dataset, measure: Measure, window: Window, region: str, expected: int
) -> None:
    query = query_of(measure, window, region=region)
    with acting(ROBOT):
        reading = running.number(query)
        found = list(running.all_rows(query, batch=1))
    values = [row[measure.column] for row in found] if measure.column else []
    made = {
        Aggregate.COUNT: lambda: len(found),
        Aggregate.SUM: lambda: sum(values),
        Aggregate.COUNT_DISTINCT: lambda: len(set(values)),
    }[measure.aggregate]()
    assert (reading.value, reading.rows, made) == (expected, len(found), expected)


@pytest.mark.django_db
def test_rows_placed_higher_count_only_there(things: Dataset) -> None:
    query = query_of(Measure("test.things"), YEAR)
    with acting(ROBOT):
        found = running.by_region(query, 6, 9)
    assert {code: one.value for (_, code), one in found.items()} == {"500236": 4, "500236001": 2, "500236002": 1}


@pytest.mark.django_db
def test_several_windows_give_the_numbers_of_each(things: Dataset) -> None:
    months = [Window(date(2024, month, 1), date(2024, month, 28)) for month in (1, 2, 3)]
    with acting(ROBOT):
        found = running.by_region(query_of(Measure("test.things", time=Time.STOCK), *months), 6)
        each = [running.number(query_of(Measure("test.things", time=Time.STOCK), month)) for month in months]
    assert list(found.values()) == each == [running.Reading(1, 1), running.Reading(3, 3), running.Reading(2, 2)]


@pytest.mark.django_db
def test_what_was_learned_later_can_be_left_out(things: Dataset) -> None:
    with acting(ROBOT):
        known = running.number(query_of(Measure("test.things"), YEAR, known_by=date(2024, 3, 1)))
    assert known.value == 2


@pytest.mark.django_db
def test_personal_columns_are_masked_not_dropped(things: Dataset) -> None:
    with acting(ROBOT):
        page = running.rows(query_of(Measure("test.things"), YEAR), limit=2)
    assert [row["person_id"] for row in page.rows] == [running.MASK] * 2
    assert page.next == (date(2024, 2, 5), "c")


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(DATASETS))
def test_every_dataset_gives_exactly_its_columns(name: str) -> None:
    dataset = DATASETS[name]
    types = {"text": {25, 1043}, "code": {25, 1043}, "uuid": {25}, "integer": {23, 20}, "fen": {20, 23},
             "date": {1082}, "boolean": {16}}  # fmt: skip
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({dataset.sql}) AS d LIMIT 0")
        got = [(one.name, one.type_code) for one in cursor.description]
    assert [one for one, _ in got] == list(dataset.names)
    wrong = [(one, kind) for one, kind in got if kind not in types[dataset.by_name[one].type]]
    assert wrong == []
