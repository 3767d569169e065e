"""Terminate: handling ends without a decision – the applicant died, or did not put right what was told in time."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.items.vocabulary import State
from hrss.casework.notifying import tell
from hrss.casework.packages.progress import go_on
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.terminate")
def terminate(case_id: UUID, *, actor: Actor, reason: str) -> Outcome:
    """End the handling without a decision, saying why."""
    work = open_case(case_id)
    said = needed(reason, "终止办理必须写明原因")
    act(work, "terminate", actor=actor, to_state=State.TERMINATED, note=said)
    clocks.cancel_all(work.case)
    tell(work, "terminated", actor=actor, reason=said)
    go_on(work, actor=actor)
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state})
