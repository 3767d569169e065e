"""Claim: take a waiting case into one's own hand, so that no two colleagues work on it."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.steps.acting import act
from hrss.casework.steps.policies import check_not_taken
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.claim")
def claim(case_id: UUID, *, actor: Actor) -> Outcome:
    """Take a case; Problem ``casework.taken`` (409) where a colleague has it."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    act(work, "claim", actor=actor)
    case = work.case
    case.claimed_by, case.claimed_name, case.claimed_at = actor.account, actor.name[:50], timezone.now()
    case.save(update_fields=["claimed_by", "claimed_name", "claimed_at"])
    return Outcome("case", str(case.id), case.number, {"state": case.state, "claimed_by": case.claimed_name})
