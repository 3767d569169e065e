"""Extend: the head allows the statutory limit to be longer, once, by what the law allows."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome

_RULE = "行政许可法第四十二条：经本行政机关负责人批准，可以延长，并应当将延长期限的理由告知申请人"


@verb("casework.extend")
def extend(case_id: UUID, *, actor: Actor, reason: str) -> Outcome:
    """Extend the statutory clock. Problems: ``casework.no_extension``, ``casework.extended_already``."""
    work = open_case(case_id)
    said = needed(reason, "延长期限必须写明理由并告知申请人", rule=_RULE)
    due = clocks.extend(work.case)
    act(work, "extend", actor=actor, note=said, detail={"due_on": str(due or "")})
    tell(work, "extended", actor=actor, reason=said, due=due)
    return Outcome("case", str(work.case.id), work.case.number, {"due_on": str(due or "")})
