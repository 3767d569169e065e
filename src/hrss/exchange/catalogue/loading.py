"""Reads question files (``packs/*/questions/*.yaml``) and says for every mistake which file and line it is on.

All mistakes of all files are reported in one pass, as ``Problems``; nothing is registered when there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from hrss.exchange.catalogue.question import (
    CONSUMERS,
    PURPOSES,
    AskedBy,
    BadQuestion,
    Basis,
    Promise,
    Question,
    Subject,
)
from hrss.kernel.actor import Function
from hrss.kernel.pack_files import DataPath, Source, pack_problem, read_yaml
from hrss.kernel.problem import Problem, Problems

_TEXT = {"type": "string", "minLength": 1}
_FILE_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "name", "title", "subject", "source", "basis", "purposes", "consumers", "asked_by", "none_means", "schema",
    ],
    "properties": {
        "name": {"type": "string", "pattern": r"^[a-z_]+\.[a-z_]+$"},
        "title": _TEXT,
        "subject": {"enum": [subject.value for subject in Subject]},
        "source": {"type": "string", "pattern": r"^(agency|domain):[a-z_]+$"},
        "basis": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["title", "article", "source", "status"],
                "properties": {
                    "title": _TEXT,
                    "article": _TEXT,
                    "source": _TEXT,
                    "status": {"enum": ["verified", "secondary", "unverified", "memory", "disputed", "open"]},
                },
            },
        },
        "purposes": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": sorted(PURPOSES)}},
        "consumers": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": sorted(CONSUMERS)}},
        "asked_by": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "public": {"type": "boolean"},
                "staff": {"type": "array", "items": {"enum": [function.value for function in Function]}},
                "partner": {"type": "boolean"},
                "system": {"type": "boolean"},
            },
        },
        "bulk": {"type": "boolean"},
        "slow": {"type": "boolean"},
        "valid_hours": {"type": "integer", "minimum": 0, "maximum": 8784},
        "none_valid_hours": {"type": "integer", "minimum": 0, "maximum": 8784},
        "none_means": _TEXT,
        "promise": {"enum": [promise.value for promise in Promise]},
        "schema": {"type": "object", "required": ["type", "properties"]},
    },
}  # fmt: skip


def load_questions(packs: Path) -> tuple[Question, ...]:
    """Read every question file of every pack; ``Problems`` names all mistakes, each with file and line."""
    problems: list[Problem] = []
    found: dict[str, Question] = {}
    for path in sorted(packs.glob("*/questions/*.yaml")):
        try:
            question = _read(path, packs, found)
            found[question.name] = question
        except Problems as several:
            problems.extend(several)
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return tuple(found.values())


def _read(path: Path, packs: Path, known: Mapping[str, Question]) -> Question:
    source = read_yaml(path, root=packs)
    mistakes = list(_mistakes(source, known))
    if mistakes:
        raise Problems(mistakes)
    try:
        return _question(source.data)
    except BadQuestion as error:
        raise _misplaced(source, (error.field,), error.message) from None


def _mistakes(source: Source, known: Mapping[str, Question]) -> Iterator[Problem]:
    for error in Draft202012Validator(_FILE_SCHEMA).iter_errors(source.data):
        yield _misplaced(
            source, tuple(error.absolute_path), _in_words(error.validator, error.validator_value, error.message)
        )
    name = source.data.get("name") if isinstance(source.data, dict) else None
    if isinstance(name, str) and name in known:
        yield _misplaced(source, ("name",), f"“{name}”已经在另一个文件里登记过")
    if isinstance(name, str) and source.place(())[0].rpartition("/")[2] != f"{name}.yaml":
        yield _misplaced(source, ("name",), f"文件名应为 {name}.yaml")


def _misplaced(source: Source, path: DataPath, message: str) -> Problem:
    what = ".".join(str(part) for part in path)
    return pack_problem(source.place(path), f"{what} {message}" if what else message, remedy="改正这一行后重新装载")


def _in_words(rule: str, expected: Any, message: str) -> str:
    words = {
        "enum": f"应为 {expected} 之一",
        "type": f"类型应为 {expected}",
        "required": f"缺少字段（{message}）",
        "additionalProperties": f"有多余的字段（{message}）",
        "pattern": f"应符合 {expected}",
        "minLength": "不能为空",
        "minItems": "至少要有一项",
        "uniqueItems": "有重复的项",
    }
    return words.get(rule, message)


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        name=data["name"],
        title=data["title"],
        subject=Subject(data["subject"]),
        schema=data["schema"],
        legal_basis=tuple(Basis(**basis) for basis in data["basis"]),
        purposes=frozenset(data["purposes"]),
        consumers=frozenset(data["consumers"]),
        source=data["source"],
        bulk=data.get("bulk", False),
        slow=data.get("slow", False),
        asked_by=_asked_by(data["asked_by"]),
        valid_for=timedelta(hours=data.get("valid_hours", 0)),
        none_valid_for=timedelta(hours=data.get("none_valid_hours", 0)),
        none_means=data["none_means"],
        promise=Promise(data.get("promise", Promise.NEVER)),
    )


def _asked_by(data: Mapping[str, Any]) -> AskedBy:
    return AskedBy(
        public=data.get("public", False),
        staff=frozenset(Function(name) for name in data.get("staff", ())),
        partner=data.get("partner", False),
        system=data.get("system", False),
    )
