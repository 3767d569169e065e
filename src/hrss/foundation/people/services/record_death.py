"""Record that a person died."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.policies import RECORDERS, refuse_own_affairs, require_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("people.record_death")
def record_death(
    person_id: UUID, *, actor: Actor, died_on: date, source: str, correction: str = "", key: str = ""
) -> Outcome:
    """Record the day of death and where it is known from (``police``, ``civil``, ``certificate`` …).

    Announces ``person.died`` when the day is new. The same day again changes nothing; another day needs
    ``correction``, the reason. When it became known stays in the history, so "known when paid" can be answered.
    Problems: ``people.death_date``, ``people.death_differs`` (409).
    """
    person = person_to_change(person_id)
    require_post(actor, *RECORDERS, region=person.region_code, doing="登记死亡")
    refuse_own_affairs(actor, person.id)
    if not person.birth_date <= died_on <= timezone.localdate():
        raise Problem("people.death_date", "死亡日期应在出生之后、今天以前", remedy="请核对死亡证明", field="died_on")
    if not source.strip():
        raise Problem(
            "people.death_source", "请写明死亡信息的来源", remedy="如公安销户、火化信息、死亡证明", field="source"
        )
    before = person.death_date
    if before and before != died_on and not correction.strip():
        raise Problem(
            "people.death_differs",
            f"已登记的死亡日期是 {before}",
            remedy="日期有误的，请写明更正理由并附证明",
            field="died_on",
            status=409,
        )
    if before != died_on:
        person.death_date = died_on
        person.save(update_fields=["death_date"])
    audit.record(
        actor,
        "people.record_death",
        subject_kind="person",
        subject_id=person.id,
        person_id=person.id,
        region=person.region_code,
        detail={"died_on": died_on, "before": before, "source": source.strip(), "correction": correction.strip()},
    )
    if before != died_on:
        announce("person.died", {"person": person.id, "died_on": died_on, "before": before}, actor=actor)
    return Outcome("person", str(person.id), data={"died_on": died_on.isoformat(), "changed": before != died_on})
