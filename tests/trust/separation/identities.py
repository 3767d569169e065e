"""Two humans under six names, and people who have no business with money at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from tests.foundation.people.builders import staff as clerk
from tests.funds.conftest import SYSTEM, make_person, make_staff

from hrss.foundation.access.models import Post
from hrss.foundation.identity.models import Account
from hrss.foundation.people.services import merge_persons, sign_change
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.identifiers import uuid7

WITHOUT_MONEY = (
    Function.COUNTER, Function.VILLAGE_AGENT, Function.DATA, Function.INSPECTOR, Function.SYSTEM_ADMIN,
    Function.SECURITY_ADMIN, Function.AUDIT_ADMIN,
)  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """A name somebody signs under; ``human`` tells who it really is."""

    title: str
    human: str
    actor: Actor


def two_humans() -> list[Identity]:
    """Two people with every financial grade, each also by a second account and a record merged into theirs."""
    found = []
    for human in ("甲", "乙"):
        main = make_staff(f"{human}主任", grade=3)
        found += [
            Identity(f"{human}", human, main),
            Identity(f"{human}第二账号", human, replace(main, account=uuid7(), name=f"{human}另号")),
            Identity(f"{human}并入的档案", human, replace(main, person=_merged_into(main.person))),
        ]
    return found


def outsiders() -> list[Identity]:
    """Who may not sign any step, whatever the actor says of its posts."""
    claimed = (PostRef(str(uuid7()), Function.FINANCE, "*", "500236", 3),)
    citizen = Actor(ActorKind.PUBLIC, account=uuid7(), person=make_person("群众"), name="群众", posts=claimed)
    partner = Actor(ActorKind.PARTNER, account=uuid7(), person=make_person("对接"), name="对接", posts=claimed)
    found = [
        Identity("群众自称有岗", "丙", citizen),
        Identity("对接系统自称有岗", "丁", partner),
        Identity("系统自动", "戊", system_actor("payruns.job")),
        Identity("没有自然人的账号", "己", replace(make_staff("无人", grade=3), person=None)),
        Identity("岗位已结束", "庚", _with_post(ended=True)),
        Identity("岗位还没开始", "辛", _with_post(starts=3)),
        Identity("岗位昨天到期", "壬", _with_post(ends=-1)),
    ]
    found += [Identity(f"{one.value}岗", one.value, make_staff(one.value, one)) for one in WITHOUT_MONEY]
    return found


def _merged_into(person: UUID | None) -> UUID:
    """A second record of the person, merged by four signatures as in service."""
    assert person is not None
    duplicate = make_person("重档")
    asked = merge_persons(person, duplicate, actor=clerk(Function.HANDLER), reason="同一人", evidence=["户口簿"])
    for function in (Function.REVIEWER, Function.INSPECTOR, Function.APPROVER):
        sign_change(UUID(asked.id), actor=clerk(function), note="属实", meeting="会审记录")
    return duplicate


def _with_post(*, ended: bool = False, starts: int = -100, ends: int | None = None) -> Actor:
    """A colleague whose post is not in force, though the actor still carries it."""
    person, today = make_person("离岗"), timezone.localdate()
    with acting(SYSTEM):
        account = Account.objects.create(
            id=uuid7(), username=f"left-{person}", person_id=person, kind=Account.Kind.STAFF, display_name="离岗"
        )
        post = Post.objects.create(
            account=account,
            person_id=person,
            function=Function.FINANCE.value,
            line="*",
            region_code="500236",
            grade=3,
            since=today + timedelta(days=starts),
            until=None if ends is None else today + timedelta(days=ends),
        )
        if ended:
            Post.objects.filter(id=post.id).update(ended_at=timezone.now())
    held = PostRef(str(post.id), Function.FINANCE, "*", "500236", 3)
    return Actor(ActorKind.STAFF, account=account.id, person=person, name="离岗", posts=(held,), purpose="funds")
