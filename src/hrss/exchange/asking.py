"""ask and ask_many: the only way to a fact another part or another agency holds.

Permission is checked first, the line is in the ledger before the question goes out, an answer is checked and kept. What
cannot be answered in the time of a page becomes a job; the asker gets ``pending`` and may offer 告知承诺.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from hrss.exchange import ledger
from hrss.exchange.agencies.failures import CallFailed
from hrss.exchange.agencies.protocol import PAGE_SIZE
from hrss.exchange.answer import Answer, Status, make_answer
from hrss.exchange.apart import ledger_transaction
from hrss.exchange.catalogue.question import Question
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.exchange.consulting import Call, consult, new_batch
from hrss.exchange.findings import Finding, Found
from hrss.exchange.kept import find_kept
from hrss.exchange.later import complete_later
from hrss.exchange.policies import check_may_ask, stated
from hrss.exchange.recording import is_final, record
from hrss.exchange.subjects import SubjectRef, resolve
from hrss.foundation import audit
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def ask(name: str, subject_id: UUID, *, actor: Actor, case_id: UUID | None = None) -> Answer:
    """Ask one question about one subject.

    Problems (each leaves a line): ``exchange.unknown_question`` 404, ``exchange.no_purpose|purpose|who`` 403,
    ``exchange.no_subject`` 404. A source that does not answer is no Problem but a status.
    """
    return ask_many(name, [subject_id], actor=actor, case_id=case_id)[subject_id]


def ask_many(
    name: str, subject_ids: Iterable[UUID], *, actor: Actor, case_id: UUID | None = None
) -> dict[UUID, Answer]:
    """Ask one question about many subjects, page by page; all or nothing is permitted for each page.

    Inside a web request all pages together have 800 ms; what is left over is ``pending``. Problems as for ``ask``.
    """
    answers: dict[UUID, Answer] = {}
    for page in ask_in_pages(name, subject_ids, actor=actor, case_id=case_id):
        answers.update(page)
    return answers


def ask_in_pages(
    name: str, subject_ids: Iterable[UUID], *, actor: Actor, case_id: UUID | None = None
) -> Iterator[dict[UUID, Answer]]:
    """The same, page by page, for runs over the whole county that must not hold every answer at once."""
    asker = stated(actor, case_id=case_id)
    ids = list(dict.fromkeys(subject_ids))
    call = Call.begin(_permitted(name, ids, asker, case_id), actor=asker, case_id=case_id)
    for start in range(0, len(ids), PAGE_SIZE):
        yield _ask_page(call, ids[start : start + PAGE_SIZE])


def _permitted(name: str, ids: Sequence[UUID], actor: Actor, case_id: UUID | None) -> Question:
    try:
        question = CATALOGUE.question(name)
    except Problem as problem:
        heading = ledger.Heading(name[:80], "", "", "", actor, case_id, new_batch())
        ledger.refuse_lines(heading, ids, refusal=problem.code)
        raise
    try:
        check_may_ask(question, ids, actor=actor)
    except Problem as problem:
        _leave_refusal(question, ids, actor, case_id, problem.code)
        raise
    return question


def _ask_page(call: Call, ids: Sequence[UUID]) -> dict[UUID, Answer]:
    batch, began = new_batch(), time.monotonic()
    with acting(call.actor):
        subjects = _found_subjects(call, ids)
        _leave_event(call, subjects, batch)
        known = find_kept(call.question, ids)
    unknown = [subjects[id] for id in ids if id not in known]
    heading = ledger.heading_of(call.question, actor=call.actor, case_id=call.case_id, batch=batch)
    with _one_commit_unless_it_leaves_the_house(call.question, unknown):
        lines = ledger.open_lines(heading, list(subjects.values()))
        findings: dict[UUID, Finding] = {**known, **consult(call, unknown)}
        final = {id: finding for id, finding in findings.items() if is_final(finding)}
        with acting(call.actor):
            took_ms = int((time.monotonic() - began) * 1000)
            record(call.question, final, subjects=subjects, lines=lines, took_ms=took_ms)
            if len(final) < len(findings):
                complete_later(batch)
    return {id: _answer(call.question, id, findings[id], lines[id]) for id in ids}


def _one_commit_unless_it_leaves_the_house(
    question: Question, unknown: Sequence[SubjectRef]
) -> AbstractContextManager[object]:
    """A question to an agency is on disk before it goes out; others are written together with their reply."""
    return nullcontext() if unknown and question.source_kind == "agency" else ledger_transaction()


def _found_subjects(call: Call, ids: Sequence[UUID]) -> Mapping[UUID, SubjectRef]:
    subjects = resolve(call.question, ids)
    if len(subjects) == len(ids):
        return subjects
    _leave_refusal(call.question, ids, call.actor, call.case_id, "exchange.no_subject")
    raise Problem(
        "exchange.no_subject",
        "查询的对象不存在，或者不在您的管辖范围内",
        rule="数据共享按管辖范围查询",
        remedy="请核对对象；不在本辖区的，请转当地办理",
        status=404,
        missing=len(ids) - len(subjects),
    )


def _leave_event(call: Call, subjects: Mapping[UUID, SubjectRef], batch: UUID) -> None:
    only = next(iter(subjects.values())) if len(subjects) == 1 else None
    audit.read(
        call.actor,
        person_id=only.person_id if only else None,
        what=f"exchange.{call.question.name}",
        subject_kind=call.question.subject,
        subject_id=only.id if only else "",
        region=only.region_code if only else "",
        detail={"batch": str(batch), "count": len(subjects)},
    )


def _leave_refusal(question: Question, ids: Sequence[UUID], actor: Actor, case_id: UUID | None, code: str) -> None:
    heading = ledger.heading_of(question, actor=actor, case_id=case_id, batch=new_batch())
    ledger.refuse_lines(heading, ids, refusal=code)


def _answer(question: Question, subject_id: UUID, finding: Finding, line_id: int) -> Answer:
    if isinstance(finding, Found):
        return make_answer(
            question,
            subject_id,
            status=finding.status,
            line_id=line_id,
            data=finding.data,
            as_of=finding.as_of,
            is_kept=finding.is_kept,
        )
    if isinstance(finding, CallFailed) and is_final(finding):
        return make_answer(question, subject_id, status=Status.FAILED, line_id=line_id, reason=finding.message)
    reason = f"正在向{question.source_title}核对，有结果后自动更新"
    return make_answer(question, subject_id, status=Status.PENDING, line_id=line_id, reason=reason)
