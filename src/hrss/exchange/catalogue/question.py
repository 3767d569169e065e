"""Question: one entry of the catalogue. What may be asked, on which legal basis, for which purpose, by whom.

An entry whose schema is no JSON Schema, or whose purpose or source is unknown, is refused when it is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError

from hrss.exchange.agencies.protocol import digest
from hrss.kernel.actor import Function

PURPOSES: Mapping[str, str] = {
    "case": "办理事项",
    "counter": "窗口服务",
    "query": "依申请查询",
    "self": "本人查询",
    "qualification": "待遇资格认证",
    "status_upkeep": "就业失业状态维护",
    "promise_check": "告知承诺核查",
    "risk": "基金风险核查",
}
CONSUMERS: Mapping[str, str] = {
    "employment": "就业",
    "insurance": "社会保险",
    "talent": "人才人事",
    "labour": "劳动关系",
    "card": "社会保障卡",
    "casework": "综合受理",
    "funds": "基金财务",
    "oversight": "监管",
}
AGENCY_TITLES: Mapping[str, str] = {"police": "公安机关", "civil": "民政部门", "market": "市场监督管理部门"}
DOMAIN_TITLES: Mapping[str, str] = {"people": "人员基本信息库", **CONSUMERS}


class BadQuestion(ValueError):
    """An entry that cannot be; ``field`` is the part of the definition that is wrong."""

    def __init__(self, name: str, field: str, message: str) -> None:
        super().__init__(f"{name}: {field} {message}")
        self.field = field
        self.message = message


class Subject(StrEnum):
    """What a question is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    HOUSEHOLD = "household"


class Promise(StrEnum):
    """When a written promise (告知承诺) may stand in for the answer."""

    NEVER = "never"
    ON_FAILURE = "on_failure"  # 没有问到的时候
    ON_NO_ANSWER = "on_no_answer"  # 没有问到，或者对方没有登记的时候


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis with where it was read and whether that was verified."""

    title: str
    article: str
    source: str
    status: str = "unverified"

    def __str__(self) -> str:
        return f"《{self.title}》{self.article}"


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Who may ask: the public about themselves only, staff by function, partners by scope, automatic steps."""

    public: bool = False
    staff: frozenset[Function] = frozenset()
    partner: bool = False
    system: bool = False


@dataclass(frozen=True)
class Question:
    """A question. ``source`` is ``agency:police`` or ``domain:employment``; ``schema`` describes the answer.

    An answer may be used again for ``valid_for``, the answer "nothing on record" for ``none_valid_for``; ``none_means``
    says in words what nothing on record means. A ``slow`` question never waits inside a web request.
    """

    name: str
    title: str
    subject: Subject
    schema: Mapping[str, Any]
    legal_basis: tuple[Basis, ...]
    purposes: frozenset[str]
    consumers: frozenset[str]
    source: str
    bulk: bool = False
    slow: bool = False
    asked_by: AskedBy = field(default_factory=AskedBy)
    valid_for: timedelta = timedelta(0)
    none_valid_for: timedelta = timedelta(0)
    none_means: str = ""
    promise: Promise = Promise.NEVER

    def __post_init__(self) -> None:
        for part, message in _complaints(self):
            raise BadQuestion(self.name, part, message)

    @property
    def source_kind(self) -> str:
        """``agency`` or ``domain``."""
        return self.source.partition(":")[0]

    @property
    def source_name(self) -> str:
        """The agency or domain that answers."""
        return self.source.partition(":")[2]

    @property
    def source_title(self) -> str:
        """The source in words."""
        titles = AGENCY_TITLES if self.source_kind == "agency" else DOMAIN_TITLES
        return titles[self.source_name]

    @property
    def topic(self) -> str:
        """The agency's own name of the register: the last part of the name."""
        return self.name.rpartition(".")[2]

    @property
    def basis_text(self) -> str:
        """All legal bases in one line."""
        return "；".join(str(basis) for basis in self.legal_basis)

    @cached_property
    def digest(self) -> str:
        """SM3 digest of everything that binds an asker; each ledger line names it."""
        content = {
            "name": self.name,
            "subject": self.subject.value,
            "schema": self.schema,
            "basis": [str(basis) for basis in self.legal_basis],
            "purposes": sorted(self.purposes),
            "consumers": sorted(self.consumers),
            "source": self.source,
        }
        return digest(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())

    @cached_property
    def _validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.schema, format_checker=FormatChecker())

    def accepts(self, data: Mapping[str, Any]) -> bool:
        """Tell whether an answer fits the schema."""
        return bool(self._validator.is_valid(data))


def _complaints(question: Question) -> Iterator[tuple[str, str]]:
    try:
        Draft202012Validator.check_schema(dict(question.schema))
    except SchemaError as error:
        yield "schema", f"不是 JSON Schema：{error.message}"
    if question.schema.get("type") != "object":
        yield "schema", "应为 object"
    if question.source_kind not in ("agency", "domain") or question.source_name not in _sources(question):
        yield "source", f"没有来源 {question.source!r}"
    if not question.legal_basis:
        yield "basis", "没有法律依据"
    if question.purposes - PURPOSES.keys():
        yield "purposes", f"没有用途 {sorted(question.purposes - PURPOSES.keys())}"
    if question.consumers - CONSUMERS.keys():
        yield "consumers", f"没有使用方 {sorted(question.consumers - CONSUMERS.keys())}"


def _sources(question: Question) -> Mapping[str, str]:
    return AGENCY_TITLES if question.source_kind == "agency" else DOMAIN_TITLES
