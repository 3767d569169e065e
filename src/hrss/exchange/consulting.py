"""Consulting the source of a question about some subjects, until a deadline: kept answers first, then agency or domain.

A slow question is deferred where somebody would be kept waiting; a web request waits 800 ms in all, a job as long as it
takes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hrss.exchange.agencies.client import Errand
from hrss.exchange.catalogue.question import Question
from hrss.exchange.domain_answers import consult_domain
from hrss.exchange.findings import Deferred, Finding
from hrss.exchange.gateway import gateway
from hrss.exchange.subjects import SubjectRef
from hrss.foundation.scope import acting, current_actor
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.uuid7 import uuid7

WEB_BUDGET_SECONDS = 0.8
JOB_BUDGET_SECONDS = 3600.0
_JOB_CHANNEL = "job"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of ``ask`` or ``ask_many``: the question, who asks, and whether and since when they wait."""

    question: Question
    actor: Actor
    case_id: UUID | None
    is_patient: bool
    began: float

    @classmethod
    def begin(cls, question: Question, *, actor: Actor, case_id: UUID | None) -> Call:
        """Begin a call now."""
        return cls(question, actor, case_id, _may_wait(actor), time.monotonic())

    @property
    def deadline(self) -> float:
        """The end of waiting (``time.monotonic`` seconds)."""
        return self.began + (JOB_BUDGET_SECONDS if self.is_patient else WEB_BUDGET_SECONDS)

    @property
    def errand(self) -> Errand:
        """What the agency is told about the reason."""
        case = str(self.case_id) if self.case_id else ""
        return Errand(self.question.name, self.actor.purpose, self.question.basis_text, case)


def _may_wait(actor: Actor) -> bool:
    """Tell whether this is a job at work: an automatic step within somebody's page must not keep them waiting."""
    around = current_actor()
    is_at_a_page = around is not None and around.kind is not ActorKind.SYSTEM
    return actor.kind is ActorKind.SYSTEM and actor.channel == _JOB_CHANNEL and not is_at_a_page


def consult(call: Call, subjects: Sequence[SubjectRef]) -> dict[UUID, Finding]:
    """Ask the source about the subjects; each gets a finding."""
    if not subjects:
        return {}
    if call.question.slow and not call.is_patient:
        return {subject.id: Deferred() for subject in subjects}
    if call.question.source_kind == "domain":
        with acting(call.actor):
            return consult_domain(call.question, subjects)
    return gateway().consult(call.question, subjects, errand=call.errand, deadline=call.deadline)


def new_batch() -> UUID:
    """Make the id under which the lines of one page of a call are found again."""
    return uuid7()
