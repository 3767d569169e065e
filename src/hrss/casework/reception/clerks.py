"""The clerk at a window: an account of staff. Anybody else has no sitting."""

from __future__ import annotations

from uuid import UUID

from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def clerk_of(actor: Actor) -> UUID:
    """Give the account of the clerk; Problem ``access.sign_in`` (401) without one."""
    if actor.account is None:
        raise Problem("access.sign_in", "请先登录", remedy="登录后再叫号", status=401)
    return actor.account
