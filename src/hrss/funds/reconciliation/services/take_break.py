"""Take a break on oneself (领办): from then on it has an owner."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.reconciliation.breaks import READ, human, in_state, told_of
from hrss.funds.reconciliation.models import Break
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("funds.take_break")
def take_break(break_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Become the owner. Problems ``access.no_post`` (403), ``reconciliation.state``, ``reconciliation.taken`` (409)."""
    require(actor, *READ, doing="处理对账差异")
    row = in_state(break_id, Break.State.OPEN)
    if row.owner not in (None, human(actor)):
        raise Problem("reconciliation.taken", f"{row.owner_name}正在处理这项差异", remedy="请处理其他差异", status=409)
    row.owner, row.owner_name = human(actor), actor.name
    row.save(update_fields=["owner", "owner_name"])
    audit.record(actor, "funds.take_break", **told_of(row))
    return Outcome("break", str(row.id))
