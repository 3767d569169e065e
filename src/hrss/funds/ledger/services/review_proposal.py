"""Review a proposal (复核): the second natural person."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.ledger.models import Proposal
from hrss.funds.ledger.proposing import locked, sign_step, told
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("funds.review_proposal")
def review_proposal(proposal_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Agree. Problems ``access.no_post``, ``signing.same_person|no_post`` (403), ``ledger.proposal_state`` (409)."""
    require(actor, Function.FINANCE, Function.REVIEWER, doing="复核记账申请")
    row = locked(proposal_id, Proposal.State.MADE)
    sign_step(row, Step.REVIEWED, actor=actor)
    row.state = Proposal.State.REVIEWED
    row.save(update_fields=["state"])
    return told(row, "funds.review_proposal", actor=actor)
