"""Recognise a zero-employment family, and clear it when one member works (就业促进法第五十六条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.employment.models import ZeroEmploymentFamily
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("employment.recognise_family")
def recognise_family(
    head_id: UUID,
    *,
    actor: Actor,
    region_code: str,
    members: Sequence[UUID],
    on: date,
    case_id: UUID | None = None,
) -> Outcome:
    """Recognise the family of ``head_id`` with its members of working age on day ``on``."""
    try:
        with transaction.atomic():
            row = ZeroEmploymentFamily.objects.create(
                head_id=head_id,
                region_code=region_code,
                members=[str(member) for member in members],
                recognised_on=on,
                case_id=case_id,
            )
    except IntegrityError:
        raise Problem(
            "employment.family_twice", "这个家庭已经认定为零就业家庭", remedy="不用重复认定", status=409
        ) from None
    _tell(actor, "employment.recognise_family", row, {"members": len(members)})
    return Outcome("zero_employment_family", str(row.id), data={"members": len(members)})


@verb("employment.clear_family")
def clear_family(family_id: UUID, *, actor: Actor, on: date, how: str) -> Outcome:
    """Clear a family: at least one member has a job since ``on``."""
    row = ZeroEmploymentFamily.objects.select_for_update().filter(id=family_id, cleared_on=None).first()
    if row is None:
        raise Problem(
            "employment.family_cleared", "这个家庭已经退出零就业家庭", remedy="又符合条件的，请重新认定", status=409
        )
    row.cleared_on, row.cleared_by = on, how
    row.save(update_fields=["cleared_on", "cleared_by"])
    _tell(actor, "employment.clear_family", row, {"how": how})
    return Outcome("zero_employment_family", str(row.id), data={"cleared_on": on.isoformat()})


def _tell(actor: Actor, action: str, row: ZeroEmploymentFamily, detail: dict[str, object]) -> None:
    audit.record(
        actor,
        action,
        subject_kind="zero_employment_family",
        subject_id=row.id,
        person_id=row.head_id,
        region=row.region_code,
        detail=detail,
    )
