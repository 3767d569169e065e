"""Step three: the head approves."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.granting import grant_in, human, recorded, refuse_same_person
from hrss.foundation.access.models import PostGrant
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("access.approve_post")
def approve_post(grant_id: UUID, *, actor: Actor, note: str = "", key: str = "") -> Outcome:
    """Approve. Problems ``access.no_post|same_person|self_grant`` (403), ``access.grant_state`` (409)."""
    grant = grant_in(grant_id, PostGrant.State.CONTROLLED)
    require(actor, Function.LEADER, region=grant.region_code, doing="审批岗位申请")
    refuse_same_person(grant, actor)
    grant.state, grant.approved_by, grant.note = PostGrant.State.APPROVED, human(actor), note.strip()
    grant.save()
    return recorded(actor, "access.approve_post", grant)
