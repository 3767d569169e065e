"""End posts: one, or all of a person who leaves. Works from the moment it is committed (ASVS 8.3.2)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.models import Post
from hrss.foundation.access.policies import require
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("access.end_post")
def end_post(post_id: UUID, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """End one post now. Problems ``access.no_such_post`` (404), ``access.no_post`` (403), ``access.reason``."""
    post = in_force().filter(id=post_id).first()
    if post is None:
        raise Problem("access.no_such_post", "没有这个在任岗位", remedy="请刷新列表", status=404)
    require(actor, Function.SECURITY_ADMIN, Function.LEADER, region=post.region_code, doing="终止岗位")
    _end([post], actor, reason)
    return Outcome("post", str(post.id))


@verb("access.end_all_posts")
def end_all_posts(person_id: UUID, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """End every post of a person who leaves or moves (P05); ``access.posts_ended`` lets others hand over the work."""
    posts = list(in_force().filter(person_id=person_id))
    require(actor, Function.SECURITY_ADMIN, Function.LEADER, doing="终止岗位")
    _end(posts, actor, reason)
    if not posts:
        audit.record(actor, "access.end_all_posts", person_id=person_id, detail={"posts": 0})
    return Outcome("person", str(person_id), data={"posts": len(posts)})


def in_force() -> QuerySet[Post]:
    """Give posts held today or later, locked."""
    today = timezone.localdate()
    return Post.objects.select_for_update().filter(Q(until=None) | Q(until__gte=today), ended_at=None)


def _end(posts: list[Post], actor: Actor, reason: str) -> None:
    if not reason.strip():
        raise Problem("access.reason", "请写明终止原因", field="reason")
    for post in posts:
        close(post, reason.strip())
        audit.record(
            actor,
            "access.end_post",
            subject_kind="post",
            subject_id=post.id,
            person_id=post.person_id,
            region=post.region_code,
            detail={"function": post.function, "reason": reason.strip()},
        )
    if posts:
        announce(
            "access.posts_ended",
            {"account": str(posts[0].account_id), "posts": [str(post.id) for post in posts], "reason": reason.strip()},
        )


def close(post: Post, reason: str) -> None:
    """End a post at this moment."""
    post.until = max(timezone.localdate(), post.since)
    post.ended_at, post.ended_reason = timezone.now(), reason
    post.save(update_fields=["until", "ended_at", "ended_reason"])
