"""Accept: the application is complete and in the right place; the handling clocks begin (受理)."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.documents.issuing import issue_for
from hrss.casework.intake.asking_again import ask_pending
from hrss.casework.items.machine import after_acceptance
from hrss.casework.models import Clock
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.casework.steps.policies import check_not_taken
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.accept")
def accept(case_id: UUID, *, actor: Actor, note: str = "") -> Outcome:
    """Accept a submitted case."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    act(work, "accept", actor=actor, to_state=after_acceptance(work.item), note=note)
    now = timezone.now()
    work.case.accepted_at = now
    work.case.save(update_fields=["accepted_at"])
    clocks.meet(work.case, [Clock.Kind.ACCEPTANCE], on=timezone.localdate(now))
    clocks.start_handling(work.case, work.item, on=timezone.localdate(now))
    ask_pending(work, actor=actor)
    issue_for(work, "accepted", actor=actor)
    tell(work, "accepted", actor=actor)
    case = work.case
    due = case.act_by.isoformat() if case.act_by else ""
    return Outcome("case", str(case.id), case.number, {"state": case.state, "act_by": due})
