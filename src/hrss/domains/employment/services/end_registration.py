"""End an unemployment registration (注销失业登记, 就业服务与就业管理规定第六十六条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.domains.employment.models import UnemploymentRegistration
from hrss.domains.employment.services.happen import Occurrence, happen
from hrss.domains.employment.statuses import ENDS_REGISTRATION, EventKind
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("employment.end_registration")
def end_registration(
    person_id: UUID, *, actor: Actor, kind: EventKind, on: date, source: str = "case", case_id: UUID | None = None
) -> Outcome:
    """End the open registration on day ``on`` because of ``kind`` (one of the statutory reasons)."""
    if kind not in ENDS_REGISTRATION:
        raise Problem(
            "employment.end_reason",
            "这不是注销失业登记的法定情形",
            remedy="请从列出的情形里选",
            rule="就业服务与就业管理规定第六十六条",
        )
    row = UnemploymentRegistration.objects.select_for_update().filter(person_id=person_id, ended_on=None).first()
    if row is None:
        raise Problem("employment.not_registered", "没有查到有效的失业登记", remedy="不需要注销", status=409)
    if on < row.registered_on:
        raise Problem("employment.end_before_start", "注销日期早于登记日期", remedy="请核对日期", field="on")
    happen(
        [Occurrence(person_id, row.region_code, kind, on, source, case_id=case_id)], today=max(on, row.registered_on)
    )
    audit.record(
        actor,
        "employment.end_registration",
        subject_kind="unemployment_registration",
        subject_id=row.id,
        person_id=person_id,
        region=row.region_code,
        detail={"reason": kind.value},
    )
    return Outcome("unemployment_registration", str(row.id), data={"ended_on": on.isoformat()})
