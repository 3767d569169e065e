"""Withdraw: the applicant takes the application back before it is decided."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.items.vocabulary import State
from hrss.casework.notifying import tell
from hrss.casework.packages.progress import go_on
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.withdraw")
def withdraw(case_id: UUID, *, actor: Actor, reason: str = "") -> Outcome:
    """Withdraw an application that is not decided yet."""
    work = open_case(case_id)
    act(work, "withdraw", actor=actor, to_state=State.WITHDRAWN, note=reason.strip())
    clocks.cancel_all(work.case)
    tell(work, "withdrawn", actor=actor)
    go_on(work, actor=actor)
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state})
