"""What every verb of the domain does when something happens: write the event, derive the status, end what it ends.

Not a verb: it runs inside one, in its transaction, and leaves the audit event to the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models

from hrss.domains.employment.models import (
    CurrentStatus,
    EmploymentSpell,
    HardshipRecognition,
    StatusEvent,
    UnemploymentRegistration,
)
from hrss.domains.employment.statuses import ENDS_REGISTRATION, EventKind, Happening, Status, status_on


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing that happened to one person on a day, and how it is known."""

    person_id: UUID
    region_code: str
    kind: EventKind
    on: date
    source: str
    organisation_id: UUID | None = None
    case_id: UUID | None = None
    reason: str = ""


def happen(occurrences: Sequence[Occurrence], *, today: date) -> None:
    """Write the events, end open registrations and spells they end, derive the status of everyone concerned."""
    StatusEvent.objects.bulk_create(
        [
            StatusEvent(
                person_id=one.person_id,
                region_code=one.region_code,
                kind=one.kind.value,
                on=one.on,
                organisation_id=one.organisation_id,
                source=one.source,
                case_id=one.case_id,
                reason=one.reason,
            )
            for one in occurrences
        ]
    )
    for one in occurrences:
        _end_what_it_ends(one)
    derive(sorted({one.person_id for one in occurrences}), today=today)


def leave_jobs(person_id: UUID, *, on: date, reason: str, case_id: UUID | None) -> int:
    """End every open job of a person on day ``on`` (never before it began); gives how many."""
    spells = list(EmploymentSpell.objects.filter(person_id=person_id, until=None))
    occurrences = [
        Occurrence(
            person_id,
            spell.region_code,
            EventKind.LEFT,
            max(on, spell.since),
            "case",
            spell.employer_id,
            case_id,
            reason,
        )
        for spell in spells
    ]
    if occurrences:
        happen(occurrences, today=max(one.on for one in occurrences))
    return len(spells)


def derive(people: Sequence[UUID], *, today: date) -> dict[UUID, Status]:
    """Derive and store the status of ``people`` on ``today``; gives the statuses."""
    happenings: dict[UUID, list[Happening]] = {person: [] for person in people}
    regions: dict[UUID, str] = {}
    for event in StatusEvent.objects.filter(person_id__in=people).order_by("person_id", "on", "id"):
        happenings[event.person_id].append(
            Happening(event.on, event.id, EventKind(event.kind), str(event.organisation_id or ""))
        )
        regions[event.person_id] = event.region_code
    statuses = {person: status_on(list_, today) for person, list_ in happenings.items() if list_}
    _store(statuses, happenings, regions, today)
    return statuses


def _store(
    statuses: dict[UUID, Status], happenings: dict[UUID, list[Happening]], regions: dict[UUID, str], today: date
) -> None:
    rows = [
        CurrentStatus(
            person_id=person,
            region_code=regions[person],
            status=status.value,
            since=max((one.on for one in happenings[person] if one.on <= today), default=today),
            derived_on=today,
        )
        for person, status in statuses.items()
    ]
    CurrentStatus.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["region_code", "status", "since", "derived_on"],
    )


def _end_what_it_ends(one: Occurrence) -> None:
    reason = ENDS_REGISTRATION.get(one.kind)
    if reason:
        _open_registrations(one.person_id, one.on).update(ended_on=one.on, end_reason=reason)
    if one.kind is EventKind.LEFT:
        _open_spells(one.person_id, one.on).filter(employer_id=one.organisation_id).update(
            until=one.on, end_reason=one.reason
        )
    if one.kind is EventKind.DIED:
        _open_spells(one.person_id, one.on).update(until=one.on, end_reason=reason or "")
        HardshipRecognition.objects.filter(person_id=one.person_id, ended_on=None).update(
            ended_on=one.on, end_reason=reason or ""
        )


def _open_registrations(person: UUID, on: date) -> models.QuerySet[UnemploymentRegistration]:
    return UnemploymentRegistration.objects.filter(person_id=person, ended_on=None, registered_on__lte=on)


def _open_spells(person: UUID, on: date) -> models.QuerySet[EmploymentSpell]:
    return EmploymentSpell.objects.filter(person_id=person, until=None, since__lte=on)
