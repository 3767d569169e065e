"""Release: put a case back for colleagues. Approvers and leaders may release what an absent colleague holds."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.release")
def release(case_id: UUID, *, actor: Actor, note: str = "") -> Outcome:
    """Put a case back; Problem ``casework.not_claimed`` where it is not in the actor's hand."""
    work = open_case(case_id)
    case = work.case
    in_charge = actor.holds(Function.APPROVER, Function.LEADER)
    if case.claimed_by is None or (case.claimed_by != actor.account and not in_charge):
        raise Problem("casework.not_claimed", "这个办件不在您手上", remedy="请刷新待办列表", status=409)
    act(work, "release", actor=actor, note=note)
    case.claimed_by, case.claimed_name, case.claimed_at = None, "", None
    case.save(update_fields=["claimed_by", "claimed_name", "claimed_at"])
    return Outcome("case", str(case.id), case.number, {"state": case.state})
