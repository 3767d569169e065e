"""Review: the post of 复核 agrees; the case goes on, or is decided as proposed where this is the last step."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.steps.passing import agree
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.review")
def review(case_id: UUID, *, actor: Actor, opinion: str = "") -> Outcome:
    """Agree as the post of 复核."""
    return agree(case_id, "review", actor=actor, opinion=opinion)
