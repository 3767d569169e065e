"""The cases of a person as a clerk sees them at the window, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.items.vocabulary import STATE_NAMES
from hrss.casework.models import Case
from hrss.foundation import audit
from hrss.foundation.scope.hot import fetch, soon
from hrss.kernel.actor import Actor

CASES_OF = "casework.cases_of"
_COLUMNS = ("id", "number", "item_name", "state", "submitted_at", "act_by", "closed_at", "decided_at")
_OF_PERSON = (
    f"SELECT {', '.join(_COLUMNS)} FROM casework_case"  # noqa: S608 - constants only
    " WHERE applicant_person_id = %s ORDER BY submitted_at DESC LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One case of a person in a short list."""

    id: UUID
    number: str
    item_name: str
    state_name: str
    submitted_at: datetime
    act_by: date | None


def cases_of(person_id: UUID, *, actor: Actor, limit: int = 10, under: audit.Reading | None = None) -> list[PersonCase]:
    """Give the latest cases of a person within the actor's scope; leaves a read event unless ``under`` names it."""
    audit.read(actor, person_id=person_id, what=CASES_OF, subject_id=person_id, under=under)
    return [_row(row) for row in fetch(_OF_PERSON, [person_id, limit])]


def cases_soon(person_id: UUID, *, limit: int = 10) -> Callable[[audit.Reading], list[PersonCase]]:
    """Ask for the same along with the statement that follows.

    The function given back takes the event that names this look (``CASES_OF``) and gives the cases.
    """
    rows = soon(_OF_PERSON, [person_id, limit])

    def cases(under: audit.Reading) -> list[PersonCase]:
        audit.read(under.actor, person_id=person_id, what=CASES_OF, subject_id=person_id, under=under)
        return [_row(row) for row in rows()]

    return cases


def number_of(case_id: UUID, *, applicant: UUID) -> str:
    """Give the number of a case the person applied for; empty when it is another's, or not within scope.

    It shows nothing of the person, so it leaves no event: it makes the purpose of the look that follows.
    """
    number = Case.objects.filter(id=case_id, applicant_person_id=applicant).values_list("number", flat=True).first()
    return number or ""


def cases_of_firm(organisation_id: UUID, *, actor: Actor, limit: int = 10) -> list[PersonCase]:
    """Give the latest cases of an organisation within the actor's scope."""
    audit.read(actor, person_id=None, what="casework.cases_of_firm", subject_id=organisation_id)
    rows = Case.objects.filter(applicant_organisation_id=organisation_id).order_by("-submitted_at")
    return [_row(row) for row in rows.values_list(*_COLUMNS)[:limit]]


def _row(row: tuple[Any, ...]) -> PersonCase:
    key, number, item_name, state, submitted_at, act_by, closed_at, decided_at = row
    due = None if closed_at or decided_at else act_by
    return PersonCase(key, number, item_name, STATE_NAMES[state], timezone.localtime(submitted_at), due)
