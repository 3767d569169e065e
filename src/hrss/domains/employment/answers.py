"""What the employment domain answers for others through exchange: status and registration, one or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from hrss.domains.employment import queries
from hrss.domains.employment.models import UnemploymentRegistration


def status_of_many(person_ids: Iterable[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Answer ``employment.status``."""
    people = list(person_ids)
    employers = queries.employers_now(people)
    return {
        person: {"status": row.status, "since": row.since.isoformat(), "employer": employers.get(person)}
        for person, row in queries.statuses(people).items()
    }


def status_of(person_id: UUID) -> Mapping[str, Any] | None:
    """Answer ``employment.status`` for one person."""
    return status_of_many([person_id]).get(person_id)


def registration_of_many(person_ids: Iterable[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Answer ``employment.registration_status``."""
    return {person: _registration(row) for person, row in queries.latest_registrations(list(person_ids)).items()}


def registration_of(person_id: UUID) -> Mapping[str, Any] | None:
    """Answer ``employment.registration_status`` for one person."""
    return registration_of_many([person_id]).get(person_id)


def _registration(row: UnemploymentRegistration) -> Mapping[str, Any]:
    return {
        "is_registered": row.ended_on is None,
        "registered_on": row.registered_on.isoformat(),
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "left_on": row.left_on.isoformat() if row.left_on else None,
        "leave_reason": row.leave_reason,
    }
