"""Whose record is asked for, the same for pages and calls: one's own, or that of somebody who entrusted everything."""

from __future__ import annotations

from uuid import UUID

from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def own_person(actor: Actor) -> UUID:
    """Give the person whose affairs are done; an account without one is asked to open its own.

    Problems: ``access.not_delegated``, ``access.no_person`` (403), ``access.acting_for_firm`` (409).
    """
    whole_trust(actor)
    if actor.acting_for_organisation is not None:
        raise Problem(
            "access.acting_for_firm", "您正在替单位办事", remedy="请先点上方的“换回自己”，再看个人信息", status=409
        )
    if actor.subject_person is None:
        raise Problem("access.no_person", "这个账号没有对应的个人档案", remedy="请用本人手机号登录", status=403)
    return actor.subject_person


def whole_trust(actor: Actor) -> None:
    """Refuse a delegate entrusted with some services only. Problem ``access.not_delegated`` (403)."""
    if not actor.may_do("*"):
        raise Problem(
            "access.not_delegated",
            "委托里只写明了几个事项，看不到全部信息",
            rule="受托人只能办理委托书写明的事项",
            remedy="请在“全部事项”里办理委托的事；要看全部信息的，请委托人委托“全部事项”",
            status=403,
        )
