"""Asking a domain: its registered callable, under the asker's own scope, checked against the question's schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.catalogue.question import Question
from hrss.exchange.catalogue.registry import CATALOGUE, Catalogue
from hrss.exchange.findings import Finding, Found
from hrss.exchange.subjects import SubjectRef
from hrss.kernel.problem import Problem


def consult_domain(
    question: Question, subjects: Sequence[SubjectRef], *, catalogue: Catalogue = CATALOGUE
) -> dict[UUID, Finding]:
    """Ask the domain about the subjects; a Problem it raises is a permanent failure of all of them."""
    answerer = catalogue.answerer(question.name)
    if answerer is None:
        failure = CallFailed(Failure.PERMANENT, "exchange.nobody_answers", f"{question.title}还没有单位提供")
        return {subject.id: failure for subject in subjects}
    ids = [subject.id for subject in subjects]
    try:
        found = {ids[0]: answerer.one(ids[0])} if len(ids) == 1 else answerer.many(ids)
    except Problem as problem:
        failure = CallFailed(Failure.PERMANENT, problem.code, problem.message)
        return dict.fromkeys(ids, failure)
    now = datetime.now(UTC)
    return {id: _finding(question, found.get(id), now) for id in ids}


def _finding(question: Question, data: Mapping[str, Any] | None, now: datetime) -> Finding:
    if data is not None and not question.accepts(data):
        return CallFailed(Failure.PERMANENT, "exchange.unfit", "答复的内容不符合目录的约定")
    return Found(data, now)
