"""Record what happened to a person's working life (hired, left, died …) from a case, an agency or a job."""

from __future__ import annotations

from datetime import date

from hrss.domains.employment.services.happen import Occurrence, happen
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("employment.record_event")
def record_event(occurrence: Occurrence, *, actor: Actor, today: date) -> Outcome:
    """Record one event; a day in the future is refused."""
    if occurrence.on > today:
        raise Problem("employment.future", "发生日期不能晚于今天", remedy="请核对日期", field="on")
    happen([occurrence], today=today)
    audit.record(
        actor,
        "employment.record_event",
        subject_kind="person",
        subject_id=occurrence.person_id,
        person_id=occurrence.person_id,
        region=occurrence.region_code,
        detail={"kind": occurrence.kind.value, "on": occurrence.on.isoformat(), "source": occurrence.source},
    )
    return Outcome("status_event", str(occurrence.person_id), data={"kind": occurrence.kind.value})
