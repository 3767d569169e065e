"""Items the system settles at once (免审即办): accepted, decided and documented in the submitter's own transaction."""

from __future__ import annotations

from django.utils import timezone

from hrss.casework.cases.fetching import Work
from hrss.casework.deadlines import clocks
from hrss.casework.items.machine import after_acceptance
from hrss.casework.models import Clock
from hrss.casework.steps.acting import act
from hrss.casework.steps.concluding import conclude
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

ROBOT = system_actor("casework.automatic")


def settle_automatically(work: Work) -> None:
    """Accept and grant a case whose item is automatic, as the system."""
    with acting(ROBOT):
        mark_accepted(work, to_state=after_acceptance(work.item))
        conclude(work, actor=ROBOT, granted=True)


def mark_accepted(work: Work, *, to_state: str) -> None:
    """Accept as the system."""
    act(work, "accept", actor=ROBOT, to_state=to_state)
    now = timezone.now()
    work.case.accepted_at = now
    work.case.save(update_fields=["accepted_at"])
    clocks.meet(work.case, [Clock.Kind.ACCEPTANCE], on=timezone.localdate(now))
    clocks.start_handling(work.case, work.item, on=timezone.localdate(now))
