"""Step four: the security administrator grants what was approved, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.granting import grant_in, human, refuse_clash, refuse_same_person
from hrss.foundation.access.models import Post, PostGrant
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("access.grant_post")
def grant_post(grant_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Make the post, from today. Problems ``access.no_post|same_person|self_grant|families``."""
    grant = grant_in(grant_id, PostGrant.State.APPROVED)
    require(actor, Function.SECURITY_ADMIN, region=grant.region_code, doing="授予岗位")
    refuse_same_person(grant, actor)
    refuse_clash(grant.person_id, Function(grant.function))
    grant.state, grant.granted_by, grant.closed_at = PostGrant.State.GRANTED, human(actor), timezone.now()
    grant.save()
    post = Post.objects.create(
        account_id=grant.account_id,
        person_id=grant.person_id,
        function=grant.function,
        line=grant.line,
        region_code=grant.region_code,
        grade=grant.grade,
        organisation_id=grant.organisation_id,
        since=timezone.localdate(),
        grant=grant,
    )
    audit.record(
        actor,
        "access.grant_post",
        subject_kind="post",
        subject_id=post.id,
        person_id=grant.person_id,
        region=grant.region_code,
        detail={"function": grant.function, "line": grant.line, "grant": grant.id},
    )
    return Outcome("post", str(post.id), data={"grant": str(grant.id)})
