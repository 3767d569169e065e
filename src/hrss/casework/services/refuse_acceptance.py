"""Refuse acceptance: not a matter for this office, or not to be done at all; always with reasons (不予受理)."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.items.vocabulary import State
from hrss.casework.notifying import tell
from hrss.casework.packages.progress import go_on
from hrss.casework.steps.acting import act
from hrss.casework.steps.policies import check_not_taken
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.refuse_acceptance")
def refuse_acceptance(case_id: UUID, reasons: str, *, actor: Actor) -> Outcome:
    """Refuse to accept; Problem ``casework.no_reasons`` without reasons."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    said = needed(reasons, "不予受理必须写明理由", rule="行政许可法第三十二条、第三十八条")
    act(work, "refuse_acceptance", actor=actor, to_state=State.REJECTED, note=said)
    clocks.cancel_all(work.case)
    tell(work, "rejected", actor=actor, reason=said)
    go_on(work, actor=actor)
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state})
