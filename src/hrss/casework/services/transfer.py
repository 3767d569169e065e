"""Transfer: the case belongs to another place of the county, or to another authority altogether."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.items.vocabulary import State
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.regions.queries import full_name, require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.transfer")
def transfer(case_id: UUID, *, actor: Actor, reason: str, to_region: str = "", to_authority: str = "") -> Outcome:
    """Move a case to ``to_region`` (it keeps its state and clocks) or out to ``to_authority`` (it is closed here)."""
    if bool(to_region) == bool(to_authority.strip()):
        raise Problem(
            "transfer.where", "请选择转到哪里", remedy="选择一个地方，或者写明转给哪个部门", field="to_region"
        )
    work = open_case(case_id)
    said = needed(reason, "转办必须写明原因")
    case, number = work.case, work.case.number
    if to_region:
        require(to_region, field="to_region")
        if to_region == case.region_code:
            raise Problem("transfer.same", "办件已经在这个地方", remedy="请选别的乡镇或县级", field="to_region")
        detail = {"to_region": to_region, "from_region": case.region_code}
        tell(work, "transferred", actor=actor, office=full_name(to_region))
        act(work, "transfer", actor=actor, note=said, detail=detail, leaves=True)
        return Outcome("case", str(case_id), number, {"to_region": to_region})
    clocks.cancel_all(case)
    act(work, "transfer", actor=actor, to_state=State.TRANSFERRED, note=said, detail={"to": to_authority.strip()})
    tell(work, "transferred_out", actor=actor, office=to_authority.strip())
    return Outcome("case", str(case_id), number, {"state": State.TRANSFERRED.value, "to": to_authority.strip()})
