"""Enrol a person in the residents' pension, and end the enrolment (经办条例第六条、第十条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.insurance import policies, queries
from hrss.domains.insurance.models import ResidentEnrolment
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("insurance.enrol_resident")
def enrol_resident(
    person_id: UUID,
    *,
    actor: Actor,
    region_code: str,
    grade_yuan: int,
    on: date,
    category: str = "ordinary",
    has_one_child: bool = False,
    case_id: UUID | None = None,
) -> Outcome:
    """Open the enrolment on day ``on`` with the grade chosen; a second open one is refused (409)."""
    if (problem := policies.grade_problem(grade_yuan, category, on)) is not None:
        raise problem
    try:
        with transaction.atomic():
            row = ResidentEnrolment.objects.create(
                person_id=person_id,
                region_code=region_code,
                enrolled_on=on,
                category=category,
                grade_yuan=grade_yuan,
                has_one_child=has_one_child,
                case_id=case_id,
            )
    except IntegrityError:
        raise policies.already("已经参加城乡居民养老保险", "可以直接缴费；要换档次，在缴费时选") from None
    _tell(actor, "insurance.enrol_resident", row, {"grade": grade_yuan, "category": category})
    return Outcome("resident_enrolment", str(row.id), data={"enrolled_on": on.isoformat(), "grade": grade_yuan})


@verb("insurance.end_enrolment")
def end_enrolment(person_id: UUID, *, actor: Actor, on: date, reason: str) -> Outcome:
    """End the open enrolment because ``reason``."""
    row = ResidentEnrolment.objects.select_for_update().filter(person_id=person_id, ended_on=None).first()
    if row is None:
        raise policies.not_enrolled()
    row.ended_on, row.end_reason = max(on, row.enrolled_on), reason
    row.save(update_fields=["ended_on", "end_reason"])
    _tell(actor, "insurance.end_enrolment", row, {"reason": reason})
    return Outcome("resident_enrolment", str(row.id), data={"ended_on": row.ended_on.isoformat()})


def remember_grade(person_id: UUID, grade_yuan: int) -> None:
    """Keep the grade chosen last, so that the next year begins with it. Not a verb: part of paying."""
    enrolment = queries.open_enrolment(person_id)
    if enrolment is not None and enrolment.grade_yuan != grade_yuan:
        enrolment.grade_yuan = grade_yuan
        enrolment.save(update_fields=["grade_yuan"])


def _tell(actor: Actor, action: str, row: ResidentEnrolment, detail: dict[str, object]) -> None:
    audit.record(
        actor,
        action,
        subject_kind="resident_enrolment",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail=detail,
    )
