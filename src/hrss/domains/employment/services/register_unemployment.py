"""Register a person as unemployed (失业登记, 就业服务与就业管理规定第六十三至六十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.employment.models import UnemploymentRegistration
from hrss.domains.employment.services.happen import Occurrence, happen
from hrss.domains.employment.statuses import EventKind
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known of a person's loss of work; dates are days."""

    situation: str
    leave_reason: str = ""
    left_on: date | None = None
    last_employer: str = ""
    wanted_job: str = ""


@verb("employment.register_unemployment")
def register_unemployment(
    person_id: UUID,
    *,
    actor: Actor,
    region_code: str,
    registration: Registration,
    on: date,
    case_id: UUID | None = None,
) -> Outcome:
    """Open the registration on day ``on``; a second open one is refused (Problem ``employment.registered``)."""
    try:
        with transaction.atomic():
            row = UnemploymentRegistration.objects.create(
                person_id=person_id,
                region_code=region_code,
                registered_on=on,
                situation=registration.situation,
                leave_reason=registration.leave_reason,
                left_on=registration.left_on,
                last_employer=registration.last_employer,
                wanted_job=registration.wanted_job,
                last_contact_on=on,
                case_id=case_id,
            )
    except IntegrityError:
        raise already_registered() from None
    happen([Occurrence(person_id, region_code, EventKind.REGISTERED, on, "case", case_id=case_id)], today=on)
    audit.record(
        actor,
        "employment.register_unemployment",
        subject_kind="unemployment_registration",
        subject_id=row.id,
        person_id=person_id,
        region=region_code,
        detail={"situation": registration.situation, "case": str(case_id or "")},
    )
    return Outcome("unemployment_registration", str(row.id), data={"registered_on": on.isoformat()})


def already_registered() -> Problem:
    """Say that the person has an open registration."""
    return Problem(
        "employment.registered",
        "这个人已经办理失业登记，不用重复办理",
        rule="同一人同一时间只能有一份有效的失业登记",
        remedy="可以直接享受就业服务；要打印确认单，请到“我的办件”",
        status=409,
    )
