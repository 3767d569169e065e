"""The cases of a person as a clerk sees them at the window, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from hrss.casework.items.vocabulary import STATE_NAMES
from hrss.casework.models import Case
from hrss.foundation import audit
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One case of a person in a short list."""

    id: UUID
    number: str
    item_name: str
    state_name: str
    submitted_at: datetime
    act_by: date | None


def cases_of(person_id: UUID, *, actor: Actor, limit: int = 10) -> list[PersonCase]:
    """Give the latest cases of a person within the actor's scope; leaves a read event."""
    audit.read(actor, person_id=person_id, what="casework.cases_of", subject_id=person_id)
    rows = Case.objects.filter(applicant_person_id=person_id).order_by("-submitted_at")[:limit]
    return [_row(row) for row in rows]


def cases_of_firm(organisation_id: UUID, *, actor: Actor, limit: int = 10) -> list[PersonCase]:
    """Give the latest cases of an organisation within the actor's scope."""
    audit.read(actor, person_id=None, what="casework.cases_of_firm", subject_id=organisation_id)
    rows = Case.objects.filter(applicant_organisation_id=organisation_id).order_by("-submitted_at")[:limit]
    return [_row(row) for row in rows]


def _row(row: Case) -> PersonCase:
    return PersonCase(
        row.id,
        row.number,
        row.item_name,
        STATE_NAMES[row.state],
        timezone.localtime(row.submitted_at),
        None if row.closed_at or row.decided_at else row.act_by,
    )
