"""Take a delegation back, or give it up; it ends at once."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.identity.delegating import written
from hrss.foundation.identity.models import Delegation
from hrss.foundation.people.policies import RECORDERS, require_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.revoke_delegation")
def revoke_delegation(delegation_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Revoke: the grantor, a delegate with all the firm's affairs, the delegate, or a clerk at the grantor's request.

    Problem ``identity.delegation_over`` (404) when there is nothing to revoke for this actor.
    """
    row = Delegation.objects.select_for_update().filter(id=delegation_id, revoked_at=None).first()
    if row is None:
        raise Problem("identity.delegation_over", "没有这项有效的委托", remedy="请刷新列表", status=404)
    own = actor.person is not None and actor.person in {row.grantor_person_id, row.delegate_id}
    firm = row.grantor_organisation_id is not None and actor.acting_for_organisation == row.grantor_organisation_id
    if not own and not (firm and actor.may_do("*")):
        require_post(actor, *RECORDERS, region=row.region_code, doing="撤销委托")
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    return written(row, actor, "identity.revoke_delegation")
