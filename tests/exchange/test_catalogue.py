"""The catalogue: the files of the packs load, wrong files are named with their line, doubles are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from hrss.exchange.catalogue.loading import load_questions
from hrss.exchange.catalogue.question import Question
from hrss.exchange.catalogue.registry import Catalogue
from hrss.exchange.simulators.topics import TOPICS
from hrss.exchange.wiring import wire
from hrss.kernel.problem import Problem, Problems

PACKS = Path(__file__).resolve().parents[2] / "packs"
GOOD = (PACKS / "national/questions/police.death.yaml").read_text(encoding="utf-8")
NAMES = {
    "police.household",
    "police.death",
    "police.photo_hash",
    "civil.low_income",
    "civil.cremation",
    "market.firm_status",
    "employment.status",
    "employment.registration_status",
    "people.basic",
}


def load(folder: Path, text: str | bytes, *, name: str = "police.death.yaml") -> list[str]:
    """Load one file as the only one; gives the sentences of the problems."""
    path = folder / "national" / "questions" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Problems) as refused:
        load_questions(folder)
    return [problem.message for problem in refused.value]


def by_name() -> dict[str, Question]:
    return {question.name: question for question in load_questions(PACKS)}


def test_the_questions_the_first_domain_needs_are_there() -> None:
    assert by_name().keys() >= NAMES


def test_every_question_has_basis_purpose_consumer_and_someone_who_may_ask() -> None:
    for question in by_name().values():
        assert question.legal_basis, question.name
        assert question.purposes, question.name
        assert question.consumers, question.name
        assert question.none_means, question.name
        assert question.asked_by.public or question.asked_by.staff or question.asked_by.system, question.name


def test_agency_questions_are_registers_of_the_simulators_with_the_same_fields() -> None:
    for question in by_name().values():
        if question.source_kind == "agency":
            assert question.schema["properties"].keys() == TOPICS[question.name].fields.keys(), question.name


def test_the_digest_changes_with_what_binds_an_asker() -> None:
    death = by_name()["police.death"]
    assert replace(death, title="别的名字").digest == death.digest
    assert replace(death, purposes=frozenset({"risk"})).digest != death.digest


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("subject: person", "subject: dog", 4, "应为"),
        ("source: agency:police", "source: fax:police", 5, "应符合"),
        ("source: agency:police", "source: agency:army", 5, "没有来源"),
        ("purposes: [case,", "purposes: [curiosity, case,", 9, "应为"),
        ("consumers: [employment,", "consumers: [army,", 10, "应为"),
        ("  staff: [counter,", "  staff: [boss,", 13, "应为"),
        ("bulk: true", "bulk: maybe", 15, "类型应为"),
        ("valid_hours: 8784", "valid_hours: -1", 16, ""),
        ("title: 死亡登记\n", "", 2, "缺少字段"),
        ("bulk: true", "bulk: true\nsurprise: 1", 2, "多余的字段"),
        ("bulk: true", "bulk: true\nbulk: true", 16, "写了两次"),
        ("  type: object\n", "  type: objekt\n", 20, "JSON Schema"),
        ("name: police.death", "name: police.birth", 2, "文件名应为"),
        ("promise: on_failure", "promise: [", 21, "不是有效的 YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, before: str, after: str, line: int, words: str) -> None:
    assert before in GOOD
    sentences = load(tmp_path, GOOD.replace(before, after, 1))
    hits = [text for text in sentences if text.startswith("national/questions/police.death.yaml 第") and words in text]
    assert hits, sentences
    shown = int(hits[0].split("第 ")[1].split(" 行")[0])
    assert shown == line, hits[0]


def test_all_mistakes_of_all_files_come_in_one_go(tmp_path: Path) -> None:
    bad = GOOD.replace("subject: person", "subject: dog").replace("bulk: true", "bulk: maybe")
    folder = tmp_path / "national" / "questions"
    folder.mkdir(parents=True)
    (folder / "a.b.yaml").write_text("- list\n", encoding="utf-8")
    sentences = load(tmp_path, bad)
    assert len(sentences) == 3


@pytest.mark.parametrize("text", ["", "null", "1", "[]", b"\xff\xfe", "a: b: c", "name: *x"])
def test_files_that_are_no_question_at_all(tmp_path: Path, text: str | bytes) -> None:
    assert load(tmp_path, text)[0].startswith("national/questions/police.death.yaml 第 1 行")


def test_a_name_taken_twice_by_two_packs(tmp_path: Path) -> None:
    other = tmp_path / "fengjie" / "questions" / "police.death.yaml"
    other.parent.mkdir(parents=True)
    other.write_text(GOOD, encoding="utf-8")
    assert "已经在另一个文件里登记过" in load(tmp_path, GOOD)[0]


def test_unknown_names_are_a_problem_and_doubles_an_error() -> None:
    catalogue = Catalogue()
    death = by_name()["police.death"]
    catalogue.register(death)
    with pytest.raises(Problem) as refused:
        catalogue.question("police.crimes")
    assert (refused.value.code, refused.value.status) == ("exchange.unknown_question", 404)
    with pytest.raises(ValueError, match="twice"):
        catalogue.register(death)
    catalogue.answer_with("employment.status", one=lambda person: None)
    with pytest.raises(ValueError, match="twice"):
        catalogue.answer_with("employment.status", one=lambda person: None)
    with pytest.raises(ValueError, match="needs"):
        catalogue.answer_with("employment.other")


def test_one_and_many_are_derived_from_each_other() -> None:
    known, unknown = uuid4(), uuid4()
    table: dict[UUID, dict[str, object]] = {known: {"status": "employed"}}
    catalogue = Catalogue()
    catalogue.answer_with("a.one", one=table.get)
    catalogue.answer_with("a.many", many=lambda ids: {id: table[id] for id in ids if id in table})
    for name in ("a.one", "a.many"):
        answerer = catalogue.answerer(name)
        assert answerer is not None
        assert answerer.one(known) == table[known]
        assert answerer.one(unknown) is None
        assert answerer.many([known, unknown]) == table


def test_complaints_name_questions_without_answer_and_answers_without_question() -> None:
    catalogue = Catalogue()
    catalogue.register(by_name()["employment.status"])
    catalogue.register(by_name()["police.death"])
    catalogue.answer_with("employment.mood", one=lambda person: None)
    assert catalogue.complaints() == ["employment.status 没有回答方", "employment.mood 有回答方，但目录里没有"]


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": {"type": "array"}},
        {"schema": {"type": 1}},
        {"legal_basis": ()},
        {"source": "agency:army"},
        {"purposes": frozenset({"x"})},
    ],
)
def test_an_impossible_question_cannot_be_made(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"police\.death"):
        replace(by_name()["police.death"], **changes)  # type: ignore[arg-type]


def test_dates_in_answers_are_checked() -> None:
    death = by_name()["police.death"]
    assert death.accepts({"died_on": "2026-03-05", "certificate_no": "1"})
    assert not death.accepts({"died_on": "2026-02-30", "certificate_no": "1"})
    assert death.none_valid_for == timedelta(days=1)


def test_a_wrong_question_file_stops_the_start_and_names_every_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "national" / "questions"
    folder.mkdir(parents=True)
    (folder / "police.death.yaml").write_text(GOOD.replace("bulk: true", "bulk: maybe\nsurprise: 1"), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured) as refused:
        wire(tmp_path)
    assert "police.death.yaml 第 15 行" in str(refused.value)
    assert "surprise" in str(refused.value)
