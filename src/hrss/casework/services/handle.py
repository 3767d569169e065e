"""Handle: the handling post states its opinion and proposes a decision; the case goes on to the next post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.steps.concluding import conclude
from hrss.casework.steps.passing import next_state, pass_on
from hrss.casework.steps.policies import check_not_taken
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.handle")
def handle(
    case_id: UUID, *, actor: Actor, opinion: str, granted: bool = True, facts: Mapping[str, Any] | None = None
) -> Outcome:
    """State an opinion and propose to grant or refuse; where handling is the last step (G0) it decides."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    said = needed(opinion, "请写办理意见", field="opinion")
    if next_state(work, "handle") is None:
        conclude(work, actor=actor, granted=granted, reasons=said, facts=facts)
    else:
        proposal = {"granted": granted, "reasons": "" if granted else said, "facts": dict(facts or {})}
        pass_on(work, "handle", actor=actor, note=said, detail={"proposal": proposal})
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state})
