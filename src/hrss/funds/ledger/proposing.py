"""Proposals: one person makes, another reviews, a third approves; only then an entry is written.

Common ground of the verbs. It refuses a step out of turn and what was changed since it was signed.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hrss.foundation import audit
from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Proposal
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import digest_of, sign
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


def propose(kind: Proposal.Kind, fund: str, content: dict[str, Any], *, actor: Actor) -> Outcome:
    """Write the proposal down with the maker's name to it; the caller's verb has checked the content."""
    row = Proposal.objects.create(
        kind=kind, fund_id=fund_of(fund).value, content=content, digest=digest_of([kind, fund, content])
    )
    sign_step(row, Step.MADE, actor=actor)
    return told(row, f"funds.propose_{kind.value}", actor=actor)


def locked(proposal_id: UUID, state: Proposal.State) -> Proposal:
    """Lock and give a proposal in ``state``; Problem ``ledger.proposal_state`` (409)."""
    row = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if row is None or row.state != state:
        raise Problem("ledger.proposal_state", "这项申请不在这一步，可能已有人处理", remedy="请刷新页面", status=409)
    return row


def sign_step(row: Proposal, step: Step, *, actor: Actor) -> None:
    """Put the actor's name to the content as it is now."""
    sign(row.kind, str(row.id), step, digest=digest_of([row.kind, row.fund_id, row.content]), actor=actor)


def told(row: Proposal, action: str, *, actor: Actor) -> Outcome:
    """Record the act and give its outcome."""
    detail = {"kind": row.kind, "fund": row.fund_id, "state": row.state}
    audit.record(actor, action, subject_kind="ledger_proposal", subject_id=row.id, detail=detail)
    return Outcome("ledger_proposal", str(row.id), data={"state": row.state, "entry": row.entry_id})
