"""Resume: the case goes on where it stood, and its days move by the time that did not count."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.models import Suspension
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.resume")
def resume(case_id: UUID, *, actor: Actor, note: str = "") -> Outcome:
    """Resume a suspended case."""
    work = open_case(case_id)
    act(work, "resume", actor=actor, to_state=work.case.suspended_from or work.case.state, note=note)
    Suspension.objects.filter(case=work.case, resumed=None).update(resumed=timezone.localdate())
    clocks.recount(work.case)
    tell(work, "resumed", actor=actor)
    case = work.case
    due = case.act_by.isoformat() if case.act_by else ""
    return Outcome("case", str(case.id), case.number, {"state": case.state, "act_by": due})
