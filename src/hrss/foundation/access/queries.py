"""Who looked at my data; who holds which post.

To the person concerned: the body, the post, the moment and the purpose, never the name of the one who looked or of a
third person (个人信息保护法第四十四条、第四十五条 知情与查阅).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.foundation.access.models import FUNCTION_TITLES, Post, PostGrant
from hrss.foundation.access.policies import require
from hrss.foundation.access.purposes import title_of
from hrss.foundation.audit.models import Event
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.queries import lineage
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

_KINDS = {"system": "系统自动", "partner": "对接部门", "public": "受托人"}
_CHANNELS = {
    "portal": "网上", "counter": "窗口", "workbench": "业务平台", "api": "接口", "job": "后台", "kiosk": "自助机",
}  # fmt: skip
_ACTS = {
    "people.card": "查看基本信息",
    "people.dossier": "查看个人页（基本信息、家庭、银行账户、就业、办件）",
    "people.person": "查看档案",
    "people.household": "查看家庭成员",
    "people.history": "查看变更历史",
    "people.bank_accounts": "查看银行账户",
    "people.find_by_id_number": "按身份号码查找",
    "people.reveal_id_number": "查看完整身份号码",
    "people.reveal_phone": "查看完整手机号",
    "people.reveal_bank_account": "查看完整银行账号",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One look or act on a person's data, in words for that person. ``number`` is the event's, for complaints."""

    number: int
    at: datetime
    body: str
    post: str
    purpose: str
    channel: str
    what: str
    changed: bool


def looks_at(
    person_id: UUID, *, actor: Actor, before: int | None = None, limit: int = 50, reads_only: bool = False
) -> tuple[Look, ...]:
    """Give who looked at or changed a person's data, newest first; ``before`` is the last number of the page before.

    Only the person, or the one acting for them. Problem ``access.not_yours`` (403). Their own doings are left out.
    """
    if actor.kind is not ActorKind.PUBLIC or actor.subject_person != person_id:
        raise Problem("access.not_yours", "只能查看自己的查阅记录", remedy="请登录本人账号查看", status=403)
    with elevated(actor):
        rows = Event.objects.filter(person_id__in=lineage(person_id)).exclude(outcome=Event.Outcome.REFUSED)
        rows = rows.exclude(actor_person=person_id)
        if reads_only:
            rows = rows.filter(outcome=Event.Outcome.READ)
        if before is not None:
            rows = rows.filter(id__lt=before)
        return tuple(_look(row) for row in rows.order_by("-id")[: max(1, min(limit, 200))])


def posts_in_force(*, region: str = "", function: str = "") -> list[Post]:
    """Give posts held today, for the permission ledger (权限台账)."""
    today = timezone.localdate()
    rows = Post.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, ended_at=None)
    if region:
        rows = rows.filter(region_code__startswith=region)
    if function:
        rows = rows.filter(function=function)
    return list(rows.select_related("account", "organisation").order_by("region_code", "function", "since"))


def grants_waiting(*, actor: Actor) -> list[PostGrant]:
    """Give the grants whose next step is one of the actor's posts."""
    steps = {
        Function.INSPECTOR: PostGrant.State.APPLIED,
        Function.LEADER: PostGrant.State.CONTROLLED,
        Function.SECURITY_ADMIN: PostGrant.State.APPROVED,
    }
    require(actor, *steps, doing="办理岗位授予")
    states = [state for function, state in steps.items() if actor.holds(function)]
    return list(PostGrant.objects.filter(state__in=states).select_related("account").order_by("applied_at"))


def _look(row: Event) -> Look:
    staff = row.actor_kind == ActorKind.STAFF
    post = FUNCTION_TITLES[Function(row.post_function)] if row.post_function else ""
    return Look(
        number=row.id,
        at=row.at,
        body=row.organisation or ("人社经办机构" if staff else _KINDS.get(row.actor_kind, "")),
        post=post if staff else _KINDS.get(row.actor_kind, ""),
        purpose=title_of(row.purpose),
        channel=_CHANNELS.get(row.channel, row.channel),
        what=_ACTS.get(row.action, "办理业务" if row.outcome == Event.Outcome.DONE else "查看信息"),
        changed=row.outcome == Event.Outcome.DONE,
    )
