"""Accept a delegation one has been offered."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.identity.delegating import written
from hrss.foundation.identity.models import Delegation
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.accept_delegation")
def accept_delegation(delegation_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Accept. Problem ``identity.delegation_not_open`` (404) when it is not offered to the actor (any more)."""
    row = Delegation.objects.select_for_update().filter(id=delegation_id, delegate_id=actor.person).first()
    today = timezone.localdate()
    if row is None or actor.person is None or row.revoked_at or row.accepted_at or row.until < today:
        raise Problem("identity.delegation_not_open", "没有这项待接受的委托", remedy="请委托人重新发起", status=404)
    row.accepted_at = timezone.now()
    row.save(update_fields=["accepted_at"])
    return written(row, actor, "identity.accept_delegation")
