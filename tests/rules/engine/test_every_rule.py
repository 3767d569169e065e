"""What holds for every registered rule: proof, equality of the back ends, words, explanation, replay."""

from __future__ import annotations

import ast
import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.engine import evaluate, find_rule, replay
from hrss.rules.engine.bounds import prove
from hrss.rules.engine.columns import Setting, is_compilable, run_columns
from hrss.rules.engine.emit import hands_on_refusal
from hrss.rules.engine.rule import Rule
from hrss.rules.samples import sample_columns

catalogue.load_all()
NAMES = [rule.name for rule in catalogue.list_rules() if not rule.name.startswith("test.")]
ROWS = 400
REQUIRED_FAMILIES = {"insurance", "employment", "labour", "talent"}


def test_all_families_are_there() -> None:
    assert {name.split(".")[0] for name in NAMES} >= REQUIRED_FAMILIES
    assert len(NAMES) > 200


@pytest.mark.parametrize("name", NAMES)
def test_nothing_passes_64_bits_and_nothing_is_divided_by_zero(name: str) -> None:
    assert prove(find_rule(name)).faults == []


@pytest.mark.parametrize("name", NAMES)
def test_compiled_is_plain(name: str) -> None:
    rule = find_rule(name)
    assert is_compilable(rule)
    columns, common = sample_columns(rule, ROWS)
    wanted = Setting(common=common, want=tuple(rule.source.steps) if _scalar_steps(rule) else ())
    kept = _rows_that_answer(rule, columns, common)
    columns = {word: np.ascontiguousarray(column[..., kept]) for word, column in columns.items()}
    plain = run_columns(rule, columns, Setting(common=common, want=wanted.want, compiled=False))
    fast = run_columns(rule, columns, wanted)
    for word, values in plain.items():
        assert np.array_equal(values, fast[word]), word


def _scalar_steps(rule: Rule[..., Any]) -> bool:
    return (
        "amount" not in rule.source.steps
        and rule.source.states == 1
        and not any(name in ("fold", "yearly") for name, _ in rule.source.calls())
    )


def _rows_that_answer(rule: Rule[..., Any], columns: dict[str, Any], common: dict[str, Any]) -> list[int]:
    """Rows for which the plain form answers; where it refuses, the compiled form is held to refuse elsewhere."""
    if not rule.refuses:
        return list(range(ROWS))
    kept = []
    for row in range(ROWS):
        facts = {name: _cell(column, row) for name, column in columns.items()} | common
        try:
            rule(**facts)
        except Problem:
            continue
        kept.append(row)
    return kept


def _cell(column: Any, row: int) -> Any:
    return tuple(column[:, row].tolist()) if column.ndim == 2 else int(column[row])


@pytest.mark.parametrize("name", [name for name in NAMES if find_rule(name).refuses])
def test_compiled_refuses_where_plain_refuses(name: str) -> None:
    rule = find_rule(name)
    columns, common = sample_columns(rule, ROWS)
    kept = set(_rows_that_answer(rule, columns, common))
    refused = [row for row in range(ROWS) if row not in kept]
    for row in refused[:3]:
        one = {word: np.ascontiguousarray(column[..., row : row + 1]) for word, column in columns.items()}
        with pytest.raises(Problem):
            run_columns(rule, one, Setting(common=common))


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_is_the_whole_right_side(name: str) -> None:
    rule = find_rule(name)
    for node in ast.walk(rule.source.tree):
        value = getattr(node, "value", None) if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return) else None
        inner = [part for part in ast.walk(value) if isinstance(part, ast.Call)] if value is not None else []
        hidden = [part for part in inner if hands_on_refusal(rule.source, part) and not _outer(value, part)]
        assert hidden == [], ast.unparse(node)


def _outer(value: Any, call: ast.Call) -> bool:
    if isinstance(value, ast.IfExp):
        return _outer(value.body, call) or _outer(value.orelse, call)
    return value is call


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_article_words_and_a_short_form(name: str) -> None:
    rule = find_rule(name)
    assert rule.article
    assert any("\u4e00" <= letter <= "\u9fff" for letter in rule.title + rule.source.summary)
    assert len(rule.source.summary) >= 6
    decisions = sum(isinstance(node, ast.If | ast.IfExp) for node in ast.walk(rule.source.tree))
    decisions += sum(len(node.values) - 1 for node in ast.walk(rule.source.tree) if isinstance(node, ast.BoolOp))
    assert decisions <= 9, decisions


def test_complexity_of_rules_is_low_on_the_whole() -> None:
    counts = []
    for name in NAMES:
        tree = find_rule(name).source.tree
        counts.append(1 + sum(isinstance(node, ast.If | ast.IfExp) for node in ast.walk(tree)))
    assert np.percentile(counts, 95) <= 5


@pytest.mark.parametrize("name", NAMES)
def test_explanation_reads_and_replays(name: str) -> None:
    rule = find_rule(name)
    columns, common = sample_columns(rule, 40)
    answered = 0
    for row in range(40):
        facts = {word: _cell(column, row) for word, column in columns.items()} | common
        try:
            found = evaluate(rule, facts, on=date(2025, 6, 30), region="500236")
        except Problem:
            continue
        stored = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
        again = replay(stored)
        assert again.to_json() == found.to_json()
        assert found.to_text().startswith(rule.title)
        answered += 1
        if answered == 3:
            break
    assert answered or rule.refuses


@pytest.mark.parametrize("name", NAMES)
def test_cards_and_schemas(name: str) -> None:
    card = catalogue.show(name)
    schema = catalogue.facts_schema(name)
    assert card.to_text().startswith(card.title)
    assert set(schema["properties"]) == {item.name for item in card.inputs}
    json.dumps(card.to_json(), ensure_ascii=False)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("insurance.")])
def test_parameters_of_rules_exist(name: str) -> None:
    known = {value.name for value in catalogue.params()}
    assert set(find_rule(name).parameters.values()) <= known
