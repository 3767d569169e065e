"""Joint meeting: the record of a collective review (集体会审) with who attended."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hrss.casework.steps.passing import agree
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_AT_LEAST = 3


@verb("casework.meeting")
def hold_meeting(case_id: UUID, *, actor: Actor, attended: Sequence[str], opinion: str) -> Outcome:
    """Record a meeting that agreed; Problem ``meeting.too_few`` with fewer than three who attended."""
    names = [name.strip() for name in attended if name.strip()]
    if len(set(names)) < _AT_LEAST:
        raise Problem(
            "meeting.too_few",
            "集体会审至少三人参加",
            rule="高风险业务集体会审",
            remedy="补齐参会人员",
            field="attended",
        )
    said = needed(opinion, "请写会审意见", field="opinion")
    return agree(case_id, "meeting", actor=actor, opinion=said, detail={"attended": names})
