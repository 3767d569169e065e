"""Approve a proposal (审批): the third natural person; at once the entry is written or the month shut."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.ledger.closing import close
from hrss.funds.ledger.models import Account, Proposal
from hrss.funds.ledger.policies import require_covered
from hrss.funds.ledger.posting import Line, post
from hrss.funds.ledger.proposing import locked, sign_step, told
from hrss.funds.signing.models import Step
from hrss.funds.soundness.guard import require_sound
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome

GUARDED = (Proposal.Kind.TRANSFER, Proposal.Kind.CLOSE)


@verb("funds.approve_proposal")
def approve_proposal(proposal_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Agree and do it. Problems of ``review_proposal``, of ``posting.post``, ``funds.unsound``, ``ledger.not_covered``.

    Hand-made entries and reversals go on while a fund is unsound: they are how it is put right.
    """
    require(actor, Function.FINANCE, Function.LEADER, doing="审批记账申请")
    row = locked(proposal_id, Proposal.State.REVIEWED)
    if row.kind in GUARDED:
        require_sound(row.fund_id)
    sign_step(row, Step.APPROVED, actor=actor)
    if row.kind == Proposal.Kind.CLOSE:
        close(row, actor=actor)
    else:
        row.entry_id = _post(row, actor=actor)
    row.state = Proposal.State.DONE
    row.save(update_fields=["state", "entry"])
    return told(row, "funds.approve_proposal", actor=actor)


def _post(row: Proposal, *, actor: Actor) -> int:
    content = row.content
    lines = [Line(**line) for line in content["lines"]]
    if row.kind == Proposal.Kind.TRANSFER:
        giver = next(line for line in lines if line.credit)
        bank = Account.objects.get(fund_id=row.fund_id, code=giver.account).bank
        require_covered(row.fund_id, bank, giver.credit)
    return post(
        actor=actor,
        fund=row.fund_id,
        on=date.fromisoformat(content["on"]),
        lines=lines,
        source=row.kind,
        reference=str(row.id),
        text=content["text"],
        reverses=content.get("reverses"),
    )
