"""What every delegation must fulfil before it is written: an end within bounds, services named, a living delegate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.identity.finding import person_named
from hrss.foundation.identity.models import Delegation
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

LONGEST = timedelta(days=3 * 366)
MOST_SERVICES = 200


def check_terms(services: Sequence[str], until: date) -> None:
    """Problems ``identity.delegation_until`` and ``identity.delegation_services``."""
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise Problem(
            "identity.delegation_until",
            "截止日期应在今天之后、三年以内",
            remedy="请改截止日期",
            rule="委托应有明确期限",
            field="until",
        )
    if not services or len(services) > MOST_SERVICES or any(not item.strip() for item in services):
        raise Problem("identity.delegation_services", "请选择委托办理的事项", field="services")


def delegate_named(name: str, id_number: str, actor: Actor) -> Person:
    """Give the person to be delegate by name and number together; Problem ``identity.delegate_unknown``."""
    with elevated(actor):
        person = person_named(name, id_number)
    if person is None:
        raise Problem(
            "identity.delegate_unknown",
            "查不到受托人，或姓名与身份号码不一致",
            remedy="请核对受托人身份证；受托人没有档案的，先到网点建档",
            field="delegate",
        )
    return person


def written(row: Delegation, actor: Actor, action: str) -> Outcome:
    """Record what was done to a delegation, for both sides, and give its outcome."""
    for person_id in filter(None, (row.grantor_person_id, row.delegate_id)):
        audit.record(
            actor,
            action,
            subject_kind="delegation",
            subject_id=row.id,
            person_id=person_id,
            region=row.region_code,
            detail={"kind": row.kind, "services": row.services, "until": row.until},
        )
    return Outcome("delegation", str(row.id), data={"until": row.until.isoformat()})
