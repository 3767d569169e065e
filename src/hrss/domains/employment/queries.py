"""Reads of the employment domain, within the actor's scope (call inside ``acting``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hrss.domains.employment.models import (
    CurrentStatus,
    EmploymentSpell,
    HardshipRecognition,
    UnemploymentRegistration,
)
from hrss.domains.employment.statuses import Status


@dataclass(frozen=True, slots=True)
class Job:
    """One job as a record shows it; ``employer`` is empty for one's own business and flexible work."""

    employer: str
    employer_id: UUID | None
    kind: str
    since: date
    until: date | None
    occupation: str


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """What the domain knows of one person: status, registration, jobs newest first, help recognised."""

    status: Status
    status_since: date | None
    registered_on: date | None
    jobs: tuple[Job, ...]
    hardship: str
    hardship_since: date | None


def open_registration(person_id: UUID) -> UnemploymentRegistration | None:
    """Give the open unemployment registration of a person."""
    return UnemploymentRegistration.objects.filter(person_id=person_id, ended_on=None).first()


def latest_registrations(person_ids: Sequence[UUID]) -> dict[UUID, UnemploymentRegistration]:
    """Give the newest registration of each person, open or ended."""
    rows = UnemploymentRegistration.objects.filter(person_id__in=person_ids).order_by(
        "person_id", "registered_on", "id"
    )
    return {row.person_id: row for row in rows}


def statuses(person_ids: Sequence[UUID]) -> dict[UUID, CurrentStatus]:
    """Give the derived status of each person that has one."""
    return {row.person_id: row for row in CurrentStatus.objects.filter(person_id__in=person_ids)}


def jobs_of(person_id: UUID, *, limit: int = 20) -> tuple[Job, ...]:
    """Give the jobs of a person, newest first."""
    spells = EmploymentSpell.objects.filter(person_id=person_id).select_related("employer").order_by("-since", "-id")
    return tuple(_job(spell) for spell in spells[:limit])


def employers_now(person_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the name of the current employer of each person that has one."""
    rows = EmploymentSpell.objects.filter(person_id__in=person_ids, until=None).select_related("employer")
    return {row.person_id: row.employer.name for row in rows.order_by("since", "id") if row.employer}


def work_record(person_id: UUID) -> WorkRecord:
    """Give the whole record of one person in four statements."""
    status = CurrentStatus.objects.filter(person_id=person_id).first()
    registration = open_registration(person_id)
    hardship = HardshipRecognition.objects.filter(person_id=person_id, ended_on=None).first()
    return WorkRecord(
        status=Status(status.status) if status else Status.INACTIVE,
        status_since=status.since if status else None,
        registered_on=registration.registered_on if registration else None,
        jobs=jobs_of(person_id),
        hardship=hardship.category if hardship else "",
        hardship_since=hardship.recognised_on if hardship else None,
    )


def workers_of(employer_id: UUID, *, after: str = "", limit: int = 50) -> list[EmploymentSpell]:
    """Give the people working at an employer now, by start day, keyset on the spell's id."""
    rows = EmploymentSpell.objects.filter(employer_id=employer_id, until=None).select_related("person")
    return list((rows.filter(id__gt=after) if after else rows).order_by("id")[:limit])


def _job(spell: EmploymentSpell) -> Job:
    return Job(
        employer=spell.employer.name if spell.employer else "",
        employer_id=spell.employer_id,
        kind=spell.get_kind_display(),
        since=spell.since,
        until=spell.until,
        occupation=spell.occupation,
    )
