"""Reading the ledger: who asked what about me, what came of a pending question, how the agencies are doing.

Everything is read under the actor's own scope. A line tells body, post and purpose; it never tells the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Now

from hrss.exchange.answer import Answer, Status, make_answer
from hrss.exchange.catalogue.question import Question
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.exchange.kept import open_kept
from hrss.exchange.models import Inquiry, Reply
from hrss.exchange.policies import check_may_ask, purpose_in_words, stated
from hrss.foundation import audit
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.scope import acting
from hrss.foundation.scope.hot import fetch
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

_OUTCOMES: Mapping[str, str] = {
    Status.ANSWERED: "已答复",
    Status.NONE: "没有登记",
    Status.FAILED: "没有问到",
    Status.PENDING: "正在问",
    "refused": "不准查询，已拒绝",
}

OF_CASE = """(
  SELECT coalesce(json_agg(json_build_object('question', i.question, 'refused', i.refusal <> '', 'status', r.status)
           ORDER BY i.id), '[]'::json)
    FROM exchange_inquiry i LEFT JOIN exchange_reply r ON r.inquiry_id = i.id WHERE i.case_id = {case})"""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question asked for a case: its name, in words, whom, and what came of it."""

    question: str
    title: str
    source: str
    outcome_in_words: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line as the person concerned sees it; ``outcome`` is a status or ``refused``."""

    id: int
    at: datetime
    question: str
    title: str
    source: str
    basis: str
    purpose: str
    case_id: UUID | None
    asked_by: str
    function: str
    organisation: str
    channel: str
    is_own: bool
    outcome: str
    outcome_in_words: str


@dataclass(frozen=True, slots=True)
class AgencyHealth:
    """How a source answered lately: numbers of replies by outcome, slowest reply (milliseconds), last answer."""

    source: str
    answered: int
    failed: int
    slowest_ms: int
    last_answer_at: datetime | None


def asked_about(person_id: UUID, *, actor: Actor, before: int | None = None, limit: int = 50) -> list[LedgerLine]:
    """Give who asked what about a person, newest first; ``before`` is the id of the last line already seen."""
    with as_actor(actor):
        audit.read(actor, person_id=person_id, what="exchange.ledger")
        lines = Inquiry.objects.filter(person_id=person_id).select_related("reply").order_by("-id")
        if before is not None:
            lines = lines.filter(id__lt=before)
        return [_line(inquiry, _status_of(inquiry)) for inquiry in lines[:limit]]


def asked_for_case(case_id: UUID, *, actor: Actor) -> list[AskedLine]:
    """Give the questions asked for a case, oldest first, as far as the actor may see them."""
    with as_actor(actor):
        return asked_lines(fetch(f"SELECT {OF_CASE.format(case='%s')}", [case_id])[0][0])


def asked_lines(raw: Sequence[Mapping[str, Any]]) -> list[AskedLine]:
    """Give the lines of the JSON ``OF_CASE`` gives, for a page that reads them in its own statement."""
    return [_asked(one) for one in raw]


def answer_of(line_id: int, *, actor: Actor) -> Answer:
    """Give what has become of a line (a pending one may have its answer by now).

    Reading an answer takes the same permission as asking. Problem ``exchange.no_line`` 404 outside the actor's scope.
    """
    with acting(actor):
        inquiry = Inquiry.objects.select_related("reply").filter(id=line_id, refusal="").first()
        if inquiry is None:
            raise Problem("exchange.no_line", "没有这条查询记录", remedy="请从事项或台账进入", status=404)
        question = CATALOGUE.question(inquiry.question)
        reader = stated(actor, case_id=inquiry.case_id)
        check_may_ask(question, [inquiry.subject_id], actor=reader)
        audit.read(reader, person_id=inquiry.person_id, what=f"exchange.{question.name}", subject_id=inquiry.subject_id)
        return _answer(question, inquiry)


def agency_health(*, actor: Actor, within: timedelta = timedelta(minutes=15)) -> list[AgencyHealth]:
    """Give how each agency answered within the last minutes, for the operators' board."""
    with acting(actor):
        rows = (
            Reply.objects.filter(at__gte=Now() - within, source__startswith="agency:", is_kept=False)
            .values("source")
            .annotate(
                answered=Count("id", filter=~Q(status=Status.FAILED)),
                failed=Count("id", filter=Q(status=Status.FAILED)),
                slowest_ms=Max("took_ms"),
                last_answer_at=Max("at", filter=~Q(status=Status.FAILED)),
            )
            .order_by("source")
        )
        return [AgencyHealth(**row) for row in rows]


def _answer(question: Question, inquiry: Inquiry) -> Answer:
    reply: Reply | None = getattr(inquiry, "reply", None)
    if reply is None:
        reason = f"正在向{question.source_title}核对，有结果后自动更新"
        return make_answer(question, inquiry.subject_id, status=Status.PENDING, line_id=inquiry.id, reason=reason)
    data: Mapping[str, Any] | None = None
    if reply.status == Status.ANSWERED:
        data = open_kept(question, inquiry.subject_id, digest=reply.digest)
    return make_answer(
        question,
        inquiry.subject_id,
        status=Status(reply.status),
        line_id=inquiry.id,
        data=data,
        as_of=reply.as_of,
        is_kept=True,
        reason="没有问到" if reply.status == Status.FAILED else "",
    )


def _status_of(inquiry: Inquiry) -> str | None:
    reply: Reply | None = getattr(inquiry, "reply", None)
    return reply.status if reply else None


def _line(inquiry: Inquiry, status: str | None) -> LedgerLine:
    outcome = "refused" if inquiry.refusal else (status or Status.PENDING)
    question = _known(inquiry.question)
    return LedgerLine(
        id=inquiry.id,
        at=inquiry.at,
        question=inquiry.question,
        title=question.title if question else inquiry.question,
        source=question.source_title if question else "",
        basis=inquiry.basis,
        purpose=purpose_in_words(inquiry.purpose),
        case_id=inquiry.case_id,
        asked_by=inquiry.actor_name,
        function=inquiry.actor_function,
        organisation=inquiry.actor_organisation,
        channel=inquiry.channel,
        is_own=inquiry.actor_person is not None and inquiry.actor_person == inquiry.person_id,
        outcome=outcome,
        outcome_in_words=_OUTCOMES[outcome],
    )


def _asked(raw: Mapping[str, Any]) -> AskedLine:
    question = _known(raw["question"])
    outcome = "refused" if raw["refused"] else (raw["status"] or Status.PENDING)
    return AskedLine(
        raw["question"],
        question.title if question else raw["question"],
        question.source_title if question else "",
        _OUTCOMES[outcome],
    )


def _known(name: str) -> Question | None:
    try:
        return CATALOGUE.question(name)
    except Problem:
        return None
