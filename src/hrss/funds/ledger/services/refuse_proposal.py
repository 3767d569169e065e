"""Send a proposal back (退回): it is over; a corrected one is proposed anew."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.ledger.models import Proposal
from hrss.funds.ledger.proposing import told
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("funds.refuse_proposal")
def refuse_proposal(proposal_id: UUID, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """Refuse with a reason. Problems ``access.no_post`` (403), ``ledger.proposal_state`` (409), ``ledger.reason``."""
    require(actor, Function.FINANCE, Function.LEADER, doing="退回记账申请")
    if not reason.strip():
        raise Problem("ledger.reason", "请写明退回的理由", field="reason")
    waiting = (Proposal.State.MADE, Proposal.State.REVIEWED)
    row = Proposal.objects.select_for_update().filter(id=proposal_id, state__in=waiting).first()
    if row is None:
        raise Problem("ledger.proposal_state", "这项申请已经办结或者退回", remedy="请刷新页面", status=409)
    row.state, row.note = Proposal.State.REFUSED, reason.strip()
    row.save(update_fields=["state", "note"])
    return told(row, "funds.refuse_proposal", actor=actor)
