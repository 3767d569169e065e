"""The receipt: what a person gets after sending – number, day, what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import not_found
from hrss.casework.items.versions import pinned
from hrss.casework.models import Case, Clock
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was received. ``answer_by`` is when acceptance must be told; ``promised`` the limit after it, in words."""

    case_id: UUID
    number: str
    item_name: str
    subject_name: str
    submitted_at: datetime
    answer_by: date | None
    act_by: date | None
    promised: str
    state: str
    next_steps: tuple[str, ...]
    still_needed: tuple[str, ...]


def receipt(case_id: UUID, *, actor: Actor) -> Receipt:
    """Give the receipt of a case; Problem ``casework.not_found`` outside the actor's scope."""
    case = Case.objects.filter(id=case_id).first()
    if case is None:
        raise not_found()
    item = pinned(case.item_version_id).item
    clock = case.clocks.filter(kind=Clock.Kind.ACCEPTANCE).order_by("-start_on").first()
    deferred = case.materials.filter(state="deferred").values_list("name", flat=True)
    return Receipt(
        case_id=case.id,
        number=case.number,
        item_name=case.item_name,
        subject_name=case.subject_name,
        submitted_at=timezone.localtime(case.submitted_at),
        answer_by=clock.due_on if clock else None,
        act_by=case.act_by,
        promised=item.promised.words,
        state=case.state,
        next_steps=tuple(step.name for step in item.steps),
        still_needed=tuple(deferred),
    )
