"""Reads of the employment domain, within the actor's scope (call inside ``acting``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from hrss.domains.employment.models import (
    CurrentStatus,
    EmploymentSpell,
    UnemploymentRegistration,
)
from hrss.domains.employment.statuses import Status
from hrss.foundation import audit
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.scope.hot import Rows, soon
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

ROSTER = "JY012"  # 就业登记: who may hand in the list of a firm's people may see it

WORK_RECORD = "employment.work_record"  # the name of this look in the event of the page that shows it
_KINDS = {one.value: str(one.label) for one in EmploymentSpell.Kind}
_RECORD = """
SELECT s.status, s.since, r.registered_on, h.category, h.recognised_on, (
         SELECT json_agg(j ORDER BY j.since DESC, j.id DESC) FROM (
           SELECT e.id, e.employer_id, o.name AS employer, e.kind, e.since, e.until, e.occupation
             FROM employment_employmentspell e LEFT JOIN organisations_organisation o ON o.id = e.employer_id
            WHERE e.person_id = one.id ORDER BY e.since DESC, e.id DESC LIMIT 20) j)
  FROM (SELECT %(person)s::uuid AS id) one
  LEFT JOIN employment_currentstatus s ON s.person_id = one.id
  LEFT JOIN employment_unemploymentregistration r ON r.person_id = one.id AND r.ended_on IS NULL
  LEFT JOIN employment_hardshiprecognition h ON h.person_id = one.id AND h.ended_on IS NULL
 LIMIT 1"""


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


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works at a firm, as that firm sees it; ``id`` is the job's."""

    id: UUID
    name: str
    since: date
    occupation: str


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
    """Give the whole record of one person in one statement."""
    return work_record_soon(person_id)()


def work_record_soon(person_id: UUID) -> Callable[[], WorkRecord]:
    """Ask for the record along with the statement that follows; the function given back gives it."""
    rows = soon(_RECORD, {"person": person_id})
    return lambda: _record_of(rows())


def _record_of(rows: Rows) -> WorkRecord:
    ((status, since, registered_on, hardship, recognised_on, jobs),) = rows
    return WorkRecord(
        status=Status(status) if status else Status.INACTIVE,
        status_since=since,
        registered_on=registered_on,
        jobs=tuple(_job_of(one) for one in jobs or ()),
        hardship=hardship or "",
        hardship_since=recognised_on,
    )


def workers_of(employer_id: UUID, *, actor: Actor, after: UUID | None = None, limit: int = 50) -> list[Worker]:
    """Give the people working at an employer now, wherever they live, keyset on the job's id, to who acts for it.

    Names and days only: what the employer itself has told. One event names all who were shown.
    Problem ``employment.not_your_firm`` (403).
    """
    if actor.acting_for_organisation != employer_id or not actor.may_do(ROSTER):
        raise _not_your_firm()
    with as_actor(actor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM employment_workers(%s, %s)", [after, limit])
        found = cursor.fetchall()
        shown = [str(person) for _, person, *_ in found]
        audit.read(actor, person_id=None, what="employment.workers_of", subject_id=employer_id, detail={"shown": shown})
    return [Worker(spell, name, since, occupation) for spell, _, name, since, occupation in found]


def _not_your_firm() -> Problem:
    return Problem(
        "employment.not_your_firm",
        "只能看自己单位的职工",
        rule="职工信息只向用人单位本身提供",
        remedy="请先在“帮家人或单位办”里切换到这个单位；委托里没有就业登记的，请单位负责人重新委托",
        status=403,
    )


def _job_of(raw: Mapping[str, Any]) -> Job:
    return Job(
        employer=raw["employer"] or "",
        employer_id=UUID(raw["employer_id"]) if raw["employer_id"] else None,
        kind=_KINDS.get(raw["kind"], raw["kind"]),
        since=date.fromisoformat(raw["since"]),
        until=date.fromisoformat(raw["until"]) if raw["until"] else None,
        occupation=raw["occupation"],
    )


def _job(spell: EmploymentSpell) -> Job:
    return Job(
        employer=spell.employer.name if spell.employer else "",
        employer_id=spell.employer_id,
        kind=spell.get_kind_display(),
        since=spell.since,
        until=spell.until,
        occupation=spell.occupation,
    )
