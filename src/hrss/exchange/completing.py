"""Completing what was left pending: asks again without hurry, by retry class, until there is a reply or no hope.

It can be called any number of times for a batch: it takes only lines without a reply. The permission is the one the
asker had when asking.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models.functions import Now

from hrss.exchange import ledger
from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.catalogue.question import Question
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.exchange.consulting import Call, consult
from hrss.exchange.findings import Finding
from hrss.exchange.gateway import gateway
from hrss.exchange.kept import find_kept
from hrss.exchange.later import JOB
from hrss.exchange.models import Inquiry
from hrss.exchange.recording import is_final, record
from hrss.exchange.retry import pause_before
from hrss.exchange.subjects import SubjectRef, resolve
from hrss.foundation.outbox import announce
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

_ABANDONED = CallFailed(Failure.PERMANENT, "exchange.abandoned", "提问的事务没有完成，不再提问")
_PAGE = 1_000
COMPLETED = "exchange.completed"


@dataclass(frozen=True, slots=True)
class Progress:
    """What one attempt came to: lines closed, lines still open, and the pause before the next attempt (seconds)."""

    closed: int
    still_open: int = 0
    pause: float = 0.0


def complete(batch: UUID, *, attempt: int) -> Progress:
    """Ask about the open lines of a batch once more; ``attempt`` counts from 1 for the first try of the job."""
    actor = system_actor(JOB)
    with acting(actor):
        waiting = list(Inquiry.objects.filter(batch=batch, refusal="", reply=None).order_by("id"))
    if not waiting:
        return Progress(0)
    lines = {inquiry.subject_id: inquiry.id for inquiry in waiting}
    try:
        question = CATALOGUE.question(waiting[0].question)
    except Problem as problem:
        return _give_up(lines.values(), CallFailed(Failure.PERMANENT, problem.code, problem.message))
    asker = actor.for_purpose(waiting[0].purpose)
    call = Call.begin(question, actor=asker, case_id=waiting[0].case_id)
    return _attempt(call, lines, attempt=attempt)


def abandon(*, older_than: timedelta) -> int:
    """Close lines that have waited so long that no job can be at work on them any more; gives how many."""
    with acting(system_actor("exchange.sweep")):
        open_lines = Inquiry.objects.filter(refusal="", reply=None, at__lt=Now() - older_than)
        ids = list(open_lines.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), _PAGE):
        _give_up(ids[start : start + _PAGE], _ABANDONED)
    return len(ids)


def _attempt(call: Call, lines: Mapping[UUID, int], *, attempt: int) -> Progress:
    began = time.monotonic()
    with acting(call.actor):
        subjects = resolve(call.question, list(lines))
        known = find_kept(call.question, list(subjects))
    gone = CallFailed(Failure.PERMANENT, "exchange.no_subject", "查询的对象已不存在")
    findings: dict[UUID, Finding] = {id: gone for id in lines if id not in subjects}
    findings |= {**known, **consult(call, [subjects[id] for id in subjects if id not in known])}
    final, pause = _settled(findings, attempt)
    missing = {id: SubjectRef(id, call.question.subject) for id in lines if id not in subjects}
    with acting(call.actor):
        took_ms = int((time.monotonic() - began) * 1000)
        everyone = {**subjects, **missing}
        record(call.question, final, subjects=everyone, lines=lines, attempts=attempt + 1, took_ms=took_ms)
        _announce(call, [lines[id] for id in final])
    still_open = len(findings) - len(final)
    return Progress(len(final), still_open, max(pause, _paused(call.question)) if still_open else 0.0)


def _announce(call: Call, line_ids: Sequence[int]) -> None:
    """Tell the parts that waited; what was answered they read with ``queries.answer_of``."""
    if line_ids:
        payload = {"question": call.question.name, "case": call.case_id, "lines": list(line_ids)}
        announce(COMPLETED, payload)


def _settled(findings: Mapping[UUID, Finding], attempt: int) -> tuple[dict[UUID, Finding], float]:
    """Give the findings that end here and the shortest pause before the others are asked again."""
    final: dict[UUID, Finding] = {}
    pauses: list[float] = []
    for id, finding in findings.items():
        pause = None if is_final(finding) else _pause(finding, attempt)
        if pause is None:
            final[id] = finding
        else:
            pauses.append(pause)
    return final, min(pauses, default=0.0)


def _pause(finding: Finding, attempt: int) -> float | None:
    if isinstance(finding, CallFailed):
        return pause_before(attempt + 1, finding.failure)
    return 0.0


def _paused(question: Question) -> float:
    return gateway().seconds_paused(question.source_name) if question.source_kind == "agency" else 0.0


def _give_up(line_ids: Iterable[int], failure: CallFailed) -> Progress:
    closings = [ledger.Closing(line, failure) for line in line_ids]
    ledger.close_lines("", closings)
    return Progress(len(closings))
