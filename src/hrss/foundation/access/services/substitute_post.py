"""Let somebody stand in for a post for some days; it ends by itself (P07)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.granting import human, refuse_clash
from hrss.foundation.access.models import Post
from hrss.foundation.access.policies import require
from hrss.foundation.access.services.end_posts import in_force
from hrss.foundation.identity.models import Account
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

MOST_DAYS = 7


@verb("access.substitute_post")
def substitute_post(
    post_id: UUID, *, actor: Actor, substitute: UUID, days: int, reason: str, since: date | None = None, key: str = ""
) -> Outcome:
    """Give ``substitute`` (account) the same post from ``since`` (today) for ``days``, the first day counted.

    The head over the region does it, not for himself. Problems: ``access.days``, ``access.families`` (409),
    ``access.self_grant|no_post`` (403), ``access.account``, ``access.no_such_post`` (404).
    """
    first = since or timezone.localdate()
    post = in_force().filter(id=post_id, substitute_for=None).first()
    if post is None:
        raise Problem("access.no_such_post", "没有这个可顶岗的岗位", remedy="顶岗的岗位不能再顶岗", status=404)
    require(actor, Function.LEADER, region=post.region_code, doing="安排顶岗")
    account = Account.objects.filter(id=substitute, kind=Account.Kind.STAFF, is_active=True).first()
    if account is None or account.person_id is None or account.person_id == post.person_id:
        raise Problem("access.account", "请选择另一位启用的工作人员", field="substitute")
    if account.person_id == human(actor):
        raise Problem("access.self_grant", "不能安排自己顶岗", remedy="请由别的管理员办理", status=403)
    if not 1 <= days <= MOST_DAYS or first < timezone.localdate():
        raise Problem(
            "access.days",
            f"顶岗一至 {MOST_DAYS} 天，从今天或以后开始",
            remedy="请改天数或开始日期",
            rule="P07",
            field="days",
        )
    if not reason.strip():
        raise Problem("access.reason", "请写明顶岗原因", field="reason")
    refuse_clash(account.person_id, Function(post.function))
    row = Post.objects.create(
        account=account,
        person_id=account.person_id,
        function=post.function,
        line=post.line,
        region_code=post.region_code,
        grade=post.grade,
        organisation_id=post.organisation_id,
        since=first,
        until=first + timedelta(days=days - 1),
        substitute_for=post,
    )
    audit.record(
        actor,
        "access.substitute_post",
        subject_kind="post",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"for": post.id, "until": row.until, "reason": reason.strip()},
    )
    return Outcome("post", str(row.id), data={"until": str(row.until)})
