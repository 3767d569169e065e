"""What goes in and out of the API, in words a program keeps: snake_case, ISO dates, money in fen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from hrss.foundation.regions.county import county_code


class Strict(Schema):
    """A body that refuses what it does not know (no mass assignment)."""

    model_config = ConfigDict(extra="forbid")


class ItemLine(Schema):
    """One service item of the list."""

    code: str
    name: str
    line: str
    kind: str
    online: bool


class ItemGuide(ItemLine):
    """The guide of an item; ``form`` is the JSON Schema of an application."""

    summary: str
    conditions: list[str]
    materials: list[dict[str, Any]]
    promised: str
    statutory: str
    remedy: str
    form: dict[str, Any] | None


class Application(Strict):
    """An application. ``materials`` by code: ``{"file_id": …}``, ``{"promise": true}`` or ``{"defer": true}``."""

    item: str = Field(max_length=8, pattern=r"^[A-Z]{2}[0-9]{3}$")
    data: dict[str, Any] = Field(default_factory=dict)
    materials: dict[str, dict[str, Any]] = Field(default_factory=dict)
    id_number: str = Field(default="", max_length=18, description="对接系统替谁申请；本人申请时不填")


class Receipt(Schema):
    """What an application is answered."""

    id: UUID
    number: str
    state: str
    act_by: date | None


class CaseLine(Schema):
    """One case of a list."""

    id: UUID
    number: str
    item: str
    name: str
    state: str
    decision: str
    submitted_at: datetime
    act_by: date | None


class CaseList(Schema):
    """A page of cases; ``next`` goes back in as ``after``."""

    cases: list[CaseLine]
    next: str


class CaseDetail(Schema):
    """One case with its history and papers."""

    id: UUID
    number: str
    item: str
    name: str
    state: str
    decision: str
    reasons: str
    act_by: date | None
    data: dict[str, Any]
    events: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    verbs: list[str]


class Reason(Strict):
    """Why."""

    reason: str = Field(default="", max_length=200)


class RatingIn(Strict):
    """A rating (好差评): 5 非常满意 … 1 非常不满意."""

    stars: int = Field(ge=1, le=5)
    comment: str = Field(default="", max_length=500)


class Done(Schema):
    """What a verb answered."""

    kind: str
    id: str
    number: str
    data: dict[str, Any]


class FileOut(Schema):
    """A stored file, to be named in an application."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


class DocumentProof(Schema):
    """What a verification code proves."""

    name: str
    number: str
    item: str
    subject: str
    issued_on: date
    sha256: str
    authority: str


class RuleLine(Schema):
    """One rule of the catalogue."""

    name: str
    title: str
    article: str


class Facts(Strict):
    """Facts for a rule, as people write them; see the rule's own schema."""

    facts: dict[str, Any]
    on: date | None = None
    known_at: date | None = None
    region: str = Field(default=county_code(), pattern=r"^([0-9]{2}|[0-9]{6}|[0-9]{9}|[0-9]{12})?$")


class RecordOut(Schema):
    """One's own record, numbers masked."""

    name: str
    id_number: str
    phone: str
    region: str
    work_status: str
    registered_on: date | None


class LookOut(Schema):
    """One look at one's data."""

    at: datetime
    body: str
    post: str
    what: str
    purpose: str


class ProblemOut(Schema):
    """A refusal (RFC 9457): what is wrong, which rule says so, what to do next."""

    code: str
    title: str
    detail: str
    rule: str = ""
    remedy: str = ""
    field: str = ""
    status: int
    problems: list[dict[str, Any]] = Field(default_factory=list)
