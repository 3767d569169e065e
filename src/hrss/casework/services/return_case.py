"""Return: a later post sends a case back to an earlier one, saying why."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.items.vocabulary import State
from hrss.casework.steps.acting import act
from hrss.casework.steps.policies import check_not_taken
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.return")
def return_case(case_id: UUID, *, actor: Actor, reason: str, to_state: str = State.ACCEPTED) -> Outcome:
    """Send a case back to ``to_state`` (default: the handling post)."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    act(work, "return", actor=actor, to_state=to_state, note=needed(reason, "退回必须写明原因"))
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state})
