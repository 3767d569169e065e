"""Deliver: the result reaches the applicant – opened online, handed over at the window, or posted."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.items.vocabulary import State
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_WAYS = ("online", "counter", "post")


@verb("casework.deliver")
def deliver(case_id: UUID, *, actor: Actor, way: str = "online") -> Outcome:
    """Mark the result delivered by one of the item's ways."""
    work = open_case(case_id)
    if way not in _WAYS or (work.item.delivery and way not in work.item.delivery):
        raise Problem("delivery.way", "这个事项没有这种送达方式", remedy="请从列出的方式里选一种", field="way")
    act(work, "deliver", actor=actor, to_state=State.DELIVERED, detail={"way": way})
    work.case.delivered_at = timezone.now()
    work.case.save(update_fields=["delivered_at"])
    tell(work, "delivered", actor=actor)
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state, "way": way})
