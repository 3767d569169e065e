"""Recognise a person as hard to employ, and end the recognition (就业促进法第五十二条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.employment.models import HardshipRecognition
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("employment.recognise_hardship")
def recognise_hardship(
    person_id: UUID,
    *,
    actor: Actor,
    region_code: str,
    category: str,
    on: date,
    valid_until: date | None = None,
    case_id: UUID | None = None,
) -> Outcome:
    """Recognise on day ``on``; a second open recognition is refused."""
    try:
        with transaction.atomic():
            row = HardshipRecognition.objects.create(
                person_id=person_id,
                region_code=region_code,
                category=category,
                recognised_on=on,
                valid_until=valid_until,
                case_id=case_id,
            )
    except IntegrityError:
        raise Problem(
            "employment.hardship_twice",
            "这个人已经认定为就业困难人员",
            rule="同一人同一时间只能有一份有效的认定",
            remedy="类别有变化的，先办理退出，再重新认定",
            status=409,
        ) from None
    _tell(actor, "employment.recognise_hardship", row, category)
    return Outcome("hardship", str(row.id), data={"category": category})


@verb("employment.end_hardship")
def end_hardship(person_id: UUID, *, actor: Actor, on: date, reason: str) -> Outcome:
    """End the open recognition because ``reason``."""
    row = HardshipRecognition.objects.select_for_update().filter(person_id=person_id, ended_on=None).first()
    if row is None:
        raise Problem(
            "employment.no_hardship",
            "没有查到有效的就业困难人员认定",
            remedy="请先办理就业困难人员认定，或者核对身份证号",
            status=409,
        )
    row.ended_on, row.end_reason = on, reason
    row.save(update_fields=["ended_on", "end_reason"])
    _tell(actor, "employment.end_hardship", row, reason)
    return Outcome("hardship", str(row.id), data={"ended_on": on.isoformat()})


def _tell(actor: Actor, action: str, row: HardshipRecognition, what: str) -> None:
    audit.record(
        actor,
        action,
        subject_kind="hardship",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"what": what},
    )
