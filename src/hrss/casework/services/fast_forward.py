"""Fast-forward: a running case is put on the version in force, as an explicit and logged decision."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.items.versions import current
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.fast_forward")
def fast_forward(case_id: UUID, *, actor: Actor, reason: str) -> Outcome:
    """Put a case on the version in force today; Problem ``item.current_already`` where it is on it."""
    work = open_case(case_id)
    said = needed(reason, "改用新版事项必须写明理由")
    version = current(work.case.item_code)
    if version.id == work.case.item_version_id:
        raise Problem("item.current_already", "办件用的已经是现行版本", remedy="不用更新，继续办理", status=409)
    act(work, "fast_forward", actor=actor, note=said, detail={"item_version": str(version.id)})
    return Outcome("case", str(work.case.id), work.case.number, {"version": version.version})
