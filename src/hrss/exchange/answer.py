"""Answer: what an asker gets. Always one of four statuses, always with source and date, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from hrss.exchange.catalogue.question import Promise, Question


class Status(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"  # 有登记
    NONE = "none"  # 没有登记
    FAILED = "failed"  # 没有问到
    PENDING = "pending"  # 正在问


_PROMISE_STATUSES: Mapping[Promise, frozenset[Status]] = {
    Promise.NEVER: frozenset(),
    Promise.ON_FAILURE: frozenset({Status.FAILED, Status.PENDING}),
    Promise.ON_NO_ANSWER: frozenset({Status.FAILED, Status.PENDING, Status.NONE}),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question about one subject.

    ``as_of`` is the moment the source vouches for; ``is_kept`` tells that an earlier answer within its validity was
    used; ``line_id`` is the line in the ledger; ``reason`` is a sentence for people where there is no data.
    """

    question: str
    title: str
    subject_id: UUID
    status: Status
    source: str
    line_id: int
    data: Mapping[str, Any] | None = None
    as_of: datetime | None = None
    is_kept: bool = False
    reason: str = ""
    promise: Promise = Promise.NEVER

    @property
    def may_be_promised(self) -> bool:
        """Tell whether 告知承诺 may stand in for this answer."""
        return self.status in _PROMISE_STATUSES[self.promise]


def make_answer(
    question: Question,
    subject_id: UUID,
    *,
    status: Status,
    line_id: int,
    data: Mapping[str, Any] | None = None,
    as_of: datetime | None = None,
    is_kept: bool = False,
    reason: str = "",
) -> Answer:
    """Make the answer to ``question``; source, promise and words for "nothing on record" are the catalogue's."""
    words = question.none_means if status is Status.NONE else reason
    return Answer(
        question=question.name,
        title=question.title,
        subject_id=subject_id,
        status=status,
        source=question.source_title,
        line_id=line_id,
        data=data,
        as_of=as_of,
        is_kept=is_kept,
        reason=words,
        promise=question.promise,
    )
