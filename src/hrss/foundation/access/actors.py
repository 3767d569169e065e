"""From an account to an Actor: which posts are in force today, for whom it acts, why.

It refuses closed accounts, staff unused for thirty days (P05), and acting for somebody without a delegation in force.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hrss.foundation.access.account_row import POSTS
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.queries import delegation_in_force
from hrss.foundation.scope import acting
from hrss.foundation.scope.hot import fetch
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.problem import Problem

IDLE_DAYS = 30
_POSTS = f"SELECT {POSTS} FROM identity_account a WHERE a.id = %(account)s"  # noqa: S608 - constants only


def anonymous(*, channel: str, request_id: str = "") -> Actor:
    """Give the actor of somebody who has not signed in: no rows, public pages only."""
    return Actor(ActorKind.PUBLIC, name="未登录", purpose="", channel=channel, request_id=request_id)


def actor_of(
    account: Account, *, channel: str, purpose: str = "", request_id: str = "", acting_for: UUID | None = None
) -> Actor:
    """Give the actor. ``acting_for`` is the id of a delegation the account's person holds.

    Problems: ``access.account_closed``, ``access.idle``, ``access.no_delegation`` (403). Staff get no purpose unless
    one is given; the public acts for ``self`` or as ``delegate``.
    """
    if not account.is_active:
        raise Problem("access.account_closed", "账号已停用", remedy="请联系系统管理员", status=403)
    kind = ActorKind(account.kind)
    actor = Actor(
        kind,
        account=account.id,
        person=account.person_id,
        name=account.display_name or account.username,
        purpose=purpose or ("self" if kind is ActorKind.PUBLIC else ""),
        channel=channel,
        request_id=request_id,
    )
    if kind is ActorKind.STAFF:
        return replace(actor, posts=_posts_in_force(account))
    return actor if acting_for is None else _acting_for(actor, acting_for)


def is_idle(account: Account) -> bool:
    """Tell whether a staff account has not been used for ``IDLE_DAYS`` (P05)."""
    used = [moment for moment in (account.last_seen_at, account.last_login, account.created_at) if moment]
    return bool(used) and timezone.now() - max(used) > timedelta(days=IDLE_DAYS)


def _posts_in_force(account: Account) -> tuple[PostRef, ...]:
    if is_idle(account):
        raise Problem(
            "access.idle",
            f"账号已 {IDLE_DAYS} 天未使用，权限已停",
            rule="P05 离岗或闲置三十天当日停权",
            remedy="请重新申请岗位",
            status=403,
        )
    rows = account.posts_today
    if rows is None:
        ((rows,),) = fetch(_POSTS, {"day": timezone.localdate(), "account": account.id})
    return tuple(
        PostRef(row["id"], Function(row["function"]), row["line"], row["region"], row["grade"], row["organisation"])
        for row in rows
    )


def _acting_for(actor: Actor, delegation_id: UUID) -> Actor:
    delegation = None
    if actor.person is not None:
        with acting(system_actor("access.actor_of")):
            delegation = delegation_in_force(delegation_id, delegate=actor.person)
    if delegation is None:
        raise Problem(
            "access.no_delegation", "委托不存在、未接受、已撤销或已到期", remedy="请委托人重新委托", status=403
        )
    return replace(
        actor,
        acting_for_person=delegation.grantor_person_id,
        acting_for_organisation=delegation.grantor_organisation_id,
        purpose="delegate",
        scopes=frozenset(delegation.services),
    )
