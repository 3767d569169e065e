"""Confirm that a break was put right (确认了结), by somebody else than who handled it; or send it back."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.reconciliation.breaks import READ, human, in_state, told_of
from hrss.funds.reconciliation.models import Break
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("funds.confirm_break")
def confirm_break(break_id: UUID, *, actor: Actor, agrees: bool = True, key: str = "") -> Outcome:
    """Close the break, or open it again. Problems ``reconciliation.same_person`` (403), ``reconciliation.state``."""
    require(actor, *READ, doing="确认对账差异")
    row = in_state(break_id, Break.State.HANDLED)
    if row.handled_by == human(actor):
        raise Problem(
            "reconciliation.same_person",
            "处理和确认必须是两个人",
            rule="对账由不经办支付的人核对确认（F09）",
            remedy="请另一位同事确认",
            status=403,
        )
    if agrees:
        row.state, row.confirmed_by, row.confirmed_name = Break.State.CONFIRMED, human(actor), actor.name
        row.closed_at = timezone.now()
    else:
        row.state, row.handled_by, row.method = Break.State.OPEN, None, ""
    row.save()
    audit.record(actor, "funds.confirm_break", **told_of(row))
    return Outcome("break", str(row.id), data={"state": row.state})
