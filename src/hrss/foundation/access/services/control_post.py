"""Step two: internal control reviews the application."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.granting import grant_in, human, recorded, refuse_clash, refuse_same_person
from hrss.foundation.access.models import PostGrant
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("access.control_post")
def control_post(grant_id: UUID, *, actor: Actor, note: str = "", key: str = "") -> Outcome:
    """Agree for internal control. Problems ``access.no_post|same_person|self_grant``, ``access.grant_state``."""
    grant = grant_in(grant_id, PostGrant.State.APPLIED)
    require(actor, Function.INSPECTOR, region=grant.region_code, doing="审核岗位申请")
    refuse_same_person(grant, actor)
    refuse_clash(grant.person_id, Function(grant.function))
    grant.state, grant.controlled_by, grant.note = PostGrant.State.CONTROLLED, human(actor), note.strip()
    grant.save()
    return recorded(actor, "access.control_post", grant)
