"""Who looked at my data; who holds which post.

To the person concerned: the body, the post, the moment and the purpose, never the name of the one who looked or of a
third person (个人信息保护法第四十四条、第四十五条 知情与查阅).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
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


_LISTS = {
    "casework.inbox": "待办列表",
    "casework.due": "期限列表",
    "casework.follow_ups": "跟进列表",
    "casework.search": "查找办件的结果",
    "people.search": "查找人员的结果",
    "people.cards": "人员列表",
    "employment.workers_of": "单位的职工名册",
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person in lists somebody had open on one day, in words for that person: the body, the post, the list, why."""

    on: date
    body: str
    post: str
    purpose: str
    what: str
    times: int
    last: datetime


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
    _only_oneself(person_id, actor)
    with elevated(actor):
        rows = Event.objects.filter(person_id__in=lineage(person_id)).exclude(outcome=Event.Outcome.REFUSED)
        rows = rows.exclude(actor_person=person_id)
        if reads_only:
            rows = rows.filter(outcome=Event.Outcome.READ)
        if before is not None:
            rows = rows.filter(id__lt=before)
        return tuple(_look(row) for row in rows.order_by("-id")[: max(1, min(limit, 200))])


def sightings_of(person_id: UUID, *, actor: Actor, limit: int = 50) -> tuple[Sighting, ...]:
    """Give in whose lists a person stood, one line a day, post and list, newest first; their own are left out.

    Only for the person, or the one acting for them. Problem ``access.not_yours`` (403).
    """
    _only_oneself(person_id, actor)
    with elevated(actor):
        rows = (
            Event.objects.filter(
                outcome=Event.Outcome.READ,
                person_id=None,
                detail__shown__has_any_keys=[str(one) for one in lineage(person_id)],
            )
            .exclude(actor_person=person_id)
            .annotate(on=TruncDate("at"))
            .values("on", "actor_kind", "organisation", "post_function", "purpose", "action")
            .annotate(times=Count("id"), last=Max("at"))
            .order_by("-last")[: max(1, min(limit, 200))]
        )
        return tuple(_sighting(row) for row in rows)


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


def _only_oneself(person_id: UUID, actor: Actor) -> None:
    if actor.kind is not ActorKind.PUBLIC or actor.subject_person != person_id:
        raise Problem("access.not_yours", "只能查看自己的查阅记录", remedy="请登录本人账号查看", status=403)


def _sighting(row: Mapping[str, Any]) -> Sighting:
    body, post = _who(row["actor_kind"], row["organisation"], row["post_function"])
    return Sighting(
        on=row["on"],
        body=body,
        post=post,
        purpose=title_of(row["purpose"]),
        what=_LISTS.get(row["action"], "列表"),
        times=row["times"],
        last=row["last"],
    )


def _who(kind: str, organisation: str, function: str) -> tuple[str, str]:
    """Give body and post of somebody in words; never the name."""
    staff = kind == ActorKind.STAFF
    body = organisation or ("人社经办机构" if staff else _KINDS.get(kind, ""))
    title = FUNCTION_TITLES[Function(function)] if function else ""
    return body, title if staff else _KINDS.get(kind, "")


def _look(row: Event) -> Look:
    body, post = _who(row.actor_kind, row.organisation, row.post_function)
    return Look(
        number=row.id,
        at=row.at,
        body=body,
        post=post,
        purpose=title_of(row.purpose),
        channel=_CHANNELS.get(row.channel, row.channel),
        what=_ACTS.get(row.action, "办理业务" if row.outcome == Event.Outcome.DONE else "查看信息"),
        changed=row.outcome == Event.Outcome.DONE,
    )
