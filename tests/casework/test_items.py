"""Definitions: the packs of the county load, tables have no dead state, wrong files are named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.casework.items.definition import definition_of
from hrss.casework.items.machine import Move, faults_of, moves_of, waits_of
from hrss.casework.items.packs import load_pack, packs_root
from hrss.casework.items.vocabulary import FINAL, GRADE_STEPS, STEP_ORDER, Grade, State
from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem, Problems

ITEMS = load_pack("fengjie").items
COMPLETE = {"JY010", "JY012", "JY018", "JY019"}


def test_the_county_has_the_four_complete_items_and_ten_without_a_handler() -> None:
    assert set(ITEMS) >= COMPLETE
    assert all(ITEMS[code].handler.startswith("employment.") for code in COMPLETE)
    assert len([item for item in ITEMS.values() if not item.handler]) >= 10


@pytest.mark.parametrize("code", sorted(ITEMS))
def test_every_item_ends_and_says_what_people_need(code: str) -> None:
    item = ITEMS[code]
    assert faults_of(moves_of(item)) == []
    assert item.summary
    assert item.remedy
    assert item.documents
    assert item.form["x-pages"]
    assert all(len(page) <= 6 for page in item.form["x-pages"]), "one short group a page"


functions = st.lists(
    st.sampled_from([one.value for one in (Function.HANDLER, Function.COUNTER, Function.REVIEWER, Function.APPROVER)]),
    min_size=1,
    max_size=3,
    unique=True,
)


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, object]:
    grade = draw(st.sampled_from(list(Grade)))
    verbs = set(GRADE_STEPS[grade]) | (draw(st.sampled_from([set(), {"handle"}])))
    steps = [
        {"verb": verb, "function": draw(functions), "name": verb, "level": "township"}
        for verb in STEP_ORDER
        if verb in verbs
    ]
    return {**ITEMS["JY010"].to_json(), "grade": grade.value, "steps": steps}


@given(definitions())
def test_no_definition_a_grade_allows_has_a_dead_state(raw: dict[str, object]) -> None:
    item = definition_of(raw)
    moves = moves_of(item)
    assert faults_of(moves) == []
    ways = {(move.from_state, move.verb, move.to_state, move.function) for move in moves}
    assert len(ways) == len(moves)
    open_states = {move.to_state for move in moves} - FINAL - {State.DECIDED, State.DELIVERED}
    assert {state for state in open_states if state not in (State.CORRECTING, State.SUSPENDED)} <= set(waits_of(item))
    deciding = {move.post for move in moves if move.verb == "decide"}
    assert len(deciding) == 1


@given(definitions(), st.data())
def test_a_missing_way_out_is_found(raw: dict[str, object], data: st.DataObject) -> None:
    moves = moves_of(definition_of(raw))
    broken = [move for move in moves if move.to_state not in FINAL]
    assert faults_of(broken), "a table without any final state must be refused"
    lonely = [*moves, Move("lost", "wander", "lost", "handler")]
    assert any("lost" in fault for fault in faults_of(lonely))


def _county(tmp_path: Path) -> Path:
    root = tmp_path / "packs"
    for name in ("national", "chongqing", "fengjie"):
        shutil.copytree(packs_root() / name, root / name)
    return root


def _faults(root: Path) -> list[str]:
    with pytest.raises(Problem) as caught:
        load_pack("fengjie", root=root)
    problem = caught.value
    return [str(one) for one in problem] if isinstance(problem, Problems) else [str(problem)]


@pytest.mark.parametrize(
    ("old", "new", "line_of", "says"),
    [
        ("grade: G1", "grade: G2", "steps:", "必须有 approve"),
        ("function: reviewer", "function: janitor", "{verb: review", "janitor"),
        ('promised: {limit: "0"', 'promised: {limit: "十天"', 'promised: {limit: "十天"', "不是时限"),
        ("template: confirmation", "template: parchment", "template: parchment", "parchment"),
        ("x-pages: [[situation], ", "x-pages: [", "x-pages: [", "situation"),
        ("required: [situation,", "required: [nothing,", "required: [nothing,", "nothing"),
        ("kind: 公共服务", "kind: 便民", "kind: 便民", "便民"),
        ("fee: 0", "fee: 0\nfee: 1", "fee: 1", "写了两次"),
        (
            "x-show-if: {field: situation, in: [left_unit, closed_business]}",
            "x-show-if: {field: nobody, in: [1]}",
            "leave_date:",
            "x-show-if",
        ),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, line_of: str, says: str) -> None:
    root = _county(tmp_path)
    path = root / "national" / "items" / "JY010.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    number = next(at for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line_of in line)
    assert any(f"national/items/JY010.yaml 第 {number} 行" in fault and says in fault for fault in _faults(root))


def test_unknown_questions_are_refused_when_the_catalogue_is_known() -> None:
    with pytest.raises(Problems) as caught:
        load_pack("fengjie", questions=frozenset({"people.basic"}))
    assert any("police.household" in str(one) for one in caught.value)
    assert not any("people.basic" in str(one) for one in caught.value)


def test_all_faults_come_in_one_pass(tmp_path: Path) -> None:
    root = _county(tmp_path)
    for code in ("JY010", "JY018"):
        path = root / "national" / "items" / f"{code}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("fee: 0", "fee: none"), encoding="utf-8")
    faults = _faults(root)
    assert any("JY010" in fault for fault in faults)
    assert any("JY018" in fault for fault in faults)


def test_a_county_changes_one_thing_and_keeps_the_rest(tmp_path: Path) -> None:
    root = _county(tmp_path)
    (root / "fengjie" / "items").mkdir(exist_ok=True)
    (root / "fengjie" / "items" / "JY018.yaml").write_text(
        'limits:\n  promised: {limit: 8W, source: "奉节县承诺", status: verified}\n', encoding="utf-8"
    )
    item = load_pack("fengjie", root=root).items["JY018"]
    assert item.promised.text == "8W"
    assert item.name == "就业困难人员认定"
    assert load_pack("chongqing", root=root).items["JY018"].promised.text == "10W"


def test_a_fault_in_an_upper_layer_is_named_there(tmp_path: Path) -> None:
    root = _county(tmp_path)
    (root / "fengjie" / "items").mkdir(exist_ok=True)
    (root / "fengjie" / "items" / "JY018.yaml").write_text("fee: 0\ngrade: G9\n", encoding="utf-8")
    assert any("fengjie/items/JY018.yaml 第 2 行" in fault for fault in _faults(root))
