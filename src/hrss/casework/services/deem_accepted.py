"""Deemed acceptance: no notice within five working days counts as accepted from the day of submission."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.items.machine import after_acceptance
from hrss.casework.models import Clock
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.deem_accepted")
def deem_accepted(case_id: UUID, *, actor: Actor) -> Outcome:
    """Accept by lapse of time (行政许可法第三十二条); Problem ``casework.not_lapsed`` before the sixth working day."""
    work = open_case(case_id)
    case = work.case
    today = timezone.localdate()
    clock = case.clocks.filter(kind=Clock.Kind.ACCEPTANCE, met_on=None, cancelled=False).order_by("-start_on").first()
    if clock is None or clock.provisional or clock.due_on is None or clock.due_on >= today:
        raise Problem(
            "casework.not_lapsed",
            "受理期限还没有过",
            remedy="请等期限过了再办；现在可以直接受理",
            rule="行政许可法第三十二条",
            status=409,
        )
    act(work, "deem_accepted", actor=actor, to_state=after_acceptance(work.item), note="逾期未告知补正，视为受理")
    case.accepted_at = case.submitted_at
    case.save(update_fields=["accepted_at"])
    clocks.meet(case, [Clock.Kind.ACCEPTANCE], on=today)
    clocks.start_handling(case, work.item, on=clock.start_on)
    tell(work, "accepted", actor=actor)
    return Outcome("case", str(case.id), case.number, {"state": case.state})
