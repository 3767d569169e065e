"""Who may touch a person's record. Scope is the database's business; here are duties and conflicts of interest."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import HouseholdMember, Person
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

BUSINESS = (Function.VILLAGE_AGENT, Function.COUNTER, Function.HANDLER, Function.REVIEWER, Function.APPROVER)
RECORDERS = (Function.COUNTER, Function.HANDLER)


def is_system(actor: Actor) -> bool:
    """Tell whether an automatic step acts."""
    return actor.kind is ActorKind.SYSTEM


def require_post(actor: Actor, *functions: Function, region: str, doing: str) -> None:
    """Refuse unless the actor holds one of the functions over ``region``; automatic steps pass."""
    if is_system(actor):
        return
    if any(post.function in functions and region.startswith(post.region) for post in actor.posts):
        return
    raise Problem(
        "people.no_post",
        f"您的岗位不能{doing}",
        rule="岗位权限：职能 × 条线 × 区域",
        remedy="请由有权限的岗位办理",
        status=403,
    )


def refuse_own_affairs(actor: Actor, person_id: UUID) -> None:
    """Refuse staff who would handle their own or their household's record (P10)."""
    if actor.kind is not ActorKind.STAFF or actor.person is None:
        return
    if actor.person != person_id and not _share_a_household(actor, actor.person, person_id):
        return
    raise Problem(
        "people.own_affairs",
        "不能办理本人或同户家人的事项",
        rule="P10 回避：工作人员不办理本人、配偶、亲属和同住人的业务",
        remedy="请交由其他工作人员办理",
        status=403,
    )


def require_self_or_post(actor: Actor, person: Person, *, doing: str) -> None:
    """Allow the person, the one acting for them, or a recording post over their region (never on own affairs)."""
    if actor.kind is ActorKind.PUBLIC and actor.subject_person == person.id:
        return
    require_post(actor, *RECORDERS, Function.VILLAGE_AGENT, region=person.region_code, doing=doing)
    refuse_own_affairs(actor, person.id)


def _share_a_household(actor: Actor, staff: UUID, person_id: UUID) -> bool:
    with elevated(actor):
        homes = HouseholdMember.objects.filter(person_id=staff, until=None).values("household_id")
        return HouseholdMember.objects.filter(person_id=person_id, until=None, household_id__in=homes).exists()
