"""Refuse an application for a post at the step it stands at."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.access.granting import human, recorded
from hrss.foundation.access.models import PostGrant
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_WHO: dict[str, Function] = {
    PostGrant.State.APPLIED: Function.INSPECTOR,
    PostGrant.State.CONTROLLED: Function.LEADER,
    PostGrant.State.APPROVED: Function.SECURITY_ADMIN,
}


@verb("access.refuse_post")
def refuse_post(grant_id: UUID, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """Refuse with a reason. Problems ``access.grant_state`` (409), ``access.no_post`` (403), ``access.reason``."""
    grant = PostGrant.objects.select_for_update().filter(id=grant_id, state__in=list(_WHO)).first()
    if grant is None:
        raise Problem("access.grant_state", "没有这项待办的申请", remedy="请刷新列表", status=409)
    require(actor, _WHO[grant.state], region=grant.region_code, doing="处理岗位申请")
    if not reason.strip():
        raise Problem("access.reason", "请写明不同意的理由", field="reason")
    grant.state, grant.refused_by, grant.note = PostGrant.State.REFUSED, human(actor), reason.strip()
    grant.closed_at = timezone.now()
    grant.save()
    return recorded(actor, "access.refuse_post", grant)
