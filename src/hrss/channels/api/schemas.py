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
    materials: list[dict[str, Any]]
    notice: list[str]
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
    """What a verification code proves; ``ended_on`` is the day from which the paper is no longer in force."""

    name: str
    number: str
    item: str
    subject: str
    issued_on: date
    sha256: str
    authority: str
    in_force: bool
    ended_on: date | None
    ended_why: str


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


class SightingOut(Schema):
    """Lists one stood in, on one day, of one post."""

    on: date
    body: str
    post: str
    what: str
    purpose: str
    times: int


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


class Known(Schema):
    """What a form can begin with: values the state knows with their source, and the proofs as they stand."""

    values: dict[str, Any]
    sources: dict[str, str]
    materials: list[dict[str, Any]]


class DraftIn(Strict):
    """What was typed so far; ``draft_id`` goes on with a draft."""

    item: str = Field(max_length=8, pattern=r"^[A-Z]{2}[0-9]{3}$")
    data: dict[str, Any] = Field(default_factory=dict)
    materials: dict[str, dict[str, Any]] = Field(default_factory=dict)
    draft_id: UUID | None = None


class DraftOut(Schema):
    """A draft as typed."""

    id: UUID
    item: str
    name: str
    data: dict[str, Any]
    materials: dict[str, Any]
    updated_at: datetime


class Correction(Strict):
    """The answer to a one-time notice; what was given before need not be given again."""

    data: dict[str, Any] = Field(default_factory=dict)
    materials: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Proof(Strict):
    """A file handed in for a proof that was left for later."""

    file_id: UUID


class PackageLine(Schema):
    """One package (一件事) of the list."""

    code: str
    name: str
    life_event: str
    applicant: list[str]
    members: int
    open: int


class PackageMember(Schema):
    """One item of a package; ``open`` tells whether it comes along with the form."""

    item: str
    name: str
    required: bool
    open: bool
    online: bool
    after: list[str]


class PackageOffer(Schema):
    """A package as one applicant meets it; ``form`` is the JSON Schema of what was taken, None if nothing is open."""

    code: str
    name: str
    members: list[PackageMember]
    taken: list[str]
    form: dict[str, Any] | None


class PackageIn(Strict):
    """An application for a package; ``take`` names the optional members wanted."""

    data: dict[str, Any] = Field(default_factory=dict)
    materials: dict[str, dict[str, Any]] = Field(default_factory=dict)
    take: list[str] = Field(default_factory=list, max_length=30)
    id_number: str = Field(default="", max_length=18, description="对接系统替谁申请；本人申请时不填")


class BundleReceipt(Schema):
    """What was started, by item code; the others wait for these or are done elsewhere."""

    id: UUID
    number: str
    started: dict[str, str]
    members: int


class BundleMemberOut(Schema):
    """One member of a package under way."""

    item: str
    name: str
    state: str
    after: list[str]
    case_id: UUID | None
    number: str
    case_state: str
    decision: str
    act_by: date | None


class BundleOut(Schema):
    """A package under way."""

    id: UUID
    number: str
    package: str
    name: str
    act_by: date | None
    settled: bool
    members: list[BundleMemberOut]


class MessageOut(Schema):
    """One message to oneself."""

    id: UUID
    title: str
    body: str
    sent_at: datetime
    read_at: datetime | None


class MessageList(Schema):
    """A page of messages; ``next`` goes back in as ``after``."""

    messages: list[MessageOut]
    next: str


class Ids(Strict):
    """Which ones."""

    ids: list[UUID] = Field(min_length=1, max_length=100)


class Count(Schema):
    """How many it were."""

    count: int


class DelegationOut(Schema):
    """A delegation as both sides see it; names masked."""

    id: UUID
    kind: str
    grantor: str
    delegate: str
    relation: str
    services: list[str]
    since: date
    until: date
    state: str


class Delegations(Schema):
    """What one holds and what one has given."""

    held: list[DelegationOut]
    given: list[DelegationOut]


class DelegationIn(Strict):
    """Whom one lets act for oneself: name and id number together, item codes or ``*``, until when."""

    name: str = Field(min_length=1, max_length=50)
    id_number: str = Field(min_length=1, max_length=18)
    services: list[str] = Field(min_length=1, max_length=200)
    until: date
    relation: str = Field(default="", max_length=20)


class AskedOut(Schema):
    """What another agency was asked about one, and why."""

    at: datetime
    title: str
    source: str
    purpose: str
    outcome: str


class InsuranceOut(Schema):
    """One's insurance; money in fen."""

    enrolled_on: date | None
    category: str
    paid: list[dict[str, Any]]
    years: list[dict[str, Any]]
    awards: list[dict[str, Any]]
    payable_years: list[int]
    grades: dict[int, int] = Field(description="可选档次（元/年）和政府补贴（分）")


class Grade(Strict):
    """Yuan a year."""

    grade: int = Field(ge=1, le=100_000)


class PaymentOut(Schema):
    """One payment to oneself; ``fen`` is the amount."""

    id: int
    name: str
    month: str
    fen: int
    state: str
    state_name: str
    run_number: str
    answer: str
    account_tail: str


class PaymentDetail(PaymentOut):
    """A payment with how it was calculated."""

    explanation: dict[str, Any]


class FirmIn(Strict):
    """A firm one represents; name and village where we do not know it yet."""

    credit_code: str = Field(min_length=1, max_length=18)
    name: str = Field(default="", max_length=100)
    region_code: str = Field(default="", max_length=12)


class WorkerOut(Schema):
    """One who works at the firm, as the firm has told."""

    id: UUID
    name: str
    since: date
    occupation: str


class FirmReportIn(Strict):
    """A month of a sample firm: people at its start, hired, left, dismissals planned; why."""

    before: int = Field(ge=0, le=100_000)
    hires: int = Field(ge=0, le=100_000)
    leavers: int = Field(ge=0, le=100_000)
    planned: int = Field(ge=0, le=100_000)
    reason: str = Field(default="", max_length=300)
    correction: str = Field(default="", max_length=300, description="更正时必填：为什么改")


class FirmReportOut(Schema):
    """One version of a month's report; the highest version counts."""

    version: int
    before: int
    hires: int
    leavers: int
    headcount: int
    planned: int
    reason: str
    correction: str
    reported_at: datetime


class FirmMonthOut(Schema):
    """A month a firm reports for; ``state`` is open, missing (overdue), reported or late."""

    month: str
    due_on: date
    state: str
    report: FirmReportOut | None


class DebtOut(Schema):
    """What one has to pay back; money in fen."""

    id: UUID
    number: str
    benefit: str
    amount_fen: int
    owed_fen: int
    state: str
    due_on: date | None


class DebtMonthOut(Schema):
    """One month that was paid too much, in fen."""

    month: str
    paid_fen: int
    due_fen: int
    amount_fen: int


class InstalmentOut(Schema):
    """One instalment of a plan."""

    number: int
    due_on: date
    fen: int
    paid: bool
    late: bool


class DebtMovementOut(Schema):
    """What came in, was offset or written off."""

    on: date
    kind: str
    fen: int


class DebtDetail(DebtOut):
    """A debt with its months, its plan and what has been paid; ``next_fen`` falls due next."""

    reason: str
    debtor: str
    heir: str
    next_fen: int
    deducted_per_million: int = Field(description="每月从待遇里抵扣的份额，百万分之几；不抵扣是 0")
    months: list[DebtMonthOut]
    plan: list[InstalmentOut]
    movements: list[DebtMovementOut]


class Fen(Strict):
    """An amount in fen."""

    fen: int = Field(ge=1, le=10**12)
