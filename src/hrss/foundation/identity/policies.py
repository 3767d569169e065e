"""Who may make and close accounts, and who may give a delegation."""

from __future__ import annotations

from uuid import UUID

from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem


def require_function(actor: Actor, *functions: Function, doing: str) -> None:
    """Refuse unless the actor holds one of the functions; automatic steps pass."""
    if actor.kind is ActorKind.SYSTEM or actor.holds(*functions):
        return
    raise Problem(
        "identity.no_post", f"您的岗位不能{doing}", rule="三员分立、岗位授权", remedy="请由有权限的岗位办理", status=403
    )


def person_signed_in(actor: Actor) -> UUID:
    """Give the natural person who acts. Problem ``identity.sign_in`` (401) when nobody has signed in."""
    if actor.person is None:
        raise Problem("identity.sign_in", "请先登录", status=401)
    return actor.person
