"""Common ground of the four steps: the grant in its state, one natural person a step, families checked early."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.models import Post, PostGrant
from hrss.foundation.access.policies import families_exclude
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

RULE = "P04 岗位经申请、内控审核、审批、授予四步取得（人社厅发〔2021〕64号）"


def grant_in(grant_id: UUID, state: str) -> PostGrant:
    """Lock and give a grant in ``state``; Problem ``access.grant_state`` (409)."""
    grant = PostGrant.objects.select_for_update().filter(id=grant_id).first()
    if grant is None or grant.state != state:
        raise Problem("access.grant_state", "这项申请不在这一步", remedy="请刷新列表", status=409)
    return grant


def human(actor: Actor) -> UUID:
    """Give the natural person who acts; Problem ``access.no_person`` (403) for automatic steps."""
    if actor.person is None:
        raise Problem(
            "access.no_person",
            "岗位授予须由自然人办理",
            remedy="请由有个人档案的工作人员登录办理",
            rule=RULE,
            status=403,
        )
    return actor.person


def refuse_same_person(grant: PostGrant, actor: Actor) -> None:
    """Problem ``access.self_grant`` or ``access.same_person`` (403) for one who signed before or gains by it."""
    person = human(actor)
    if person == grant.person_id:
        raise Problem("access.self_grant", "不能为自己授予岗位", remedy="请由别的管理员办理", rule=RULE, status=403)
    if person in {grant.applied_by, grant.controlled_by, grant.approved_by}:
        raise Problem("access.same_person", "四步须由四个人办理", rule=RULE, remedy="请由他人办理这一步", status=403)


def refuse_clash(person_id: UUID, function: Function) -> None:
    """Problem ``access.families`` (409) when the person holds a post the new one excludes (P02, P06)."""
    today = timezone.localdate()
    held = Post.objects.filter(Q(until=None) | Q(until__gte=today), person_id=person_id, ended_at=None)
    for post in held:
        if families_exclude(Function(post.function), function):
            raise Problem(
                "access.families",
                f"岗位互斥：已任“{post.get_function_display()}”",
                rule="P02、P06 业务运行、基金财务、数据管理、稽核内控不得兼任，三类管理员各自分立",
                remedy="先终止原岗位，再申请",
                status=409,
            )


def recorded(actor: Actor, action: str, grant: PostGrant) -> Outcome:
    """Record a step and give its outcome."""
    audit.record(
        actor,
        action,
        subject_kind="post_grant",
        subject_id=grant.id,
        person_id=grant.person_id,
        region=grant.region_code,
        detail={"function": grant.function, "line": grant.line, "state": grant.state},
    )
    return Outcome("post_grant", str(grant.id), data={"state": grant.state})
