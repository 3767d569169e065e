"""End the posts of accounts nobody has used for thirty days (P05); the nightly job calls it."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.access.actors import IDLE_DAYS, is_idle
from hrss.foundation.access.services.end_posts import close, in_force
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("access.retire_idle")
def retire_idle(*, actor: Actor) -> Outcome:
    """End idle posts and announce ``access.posts_ended`` for each, so that open work is handed over."""
    idle = [post for post in in_force().select_related("account") if is_idle(post.account)]
    for post in idle:
        close(post, f"闲置 {IDLE_DAYS} 天")
        audit.record(
            actor,
            "access.retire_idle",
            subject_kind="post",
            subject_id=post.id,
            person_id=post.person_id,
            region=post.region_code,
        )
        announce("access.posts_ended", {"account": str(post.account_id), "posts": [str(post.id)], "reason": "闲置"})
    audit.record(actor, "access.retire_idle", detail={"posts": len(idle)})
    return Outcome("posts", "", data={"ended": len(idle)})
