"""Who may publish item versions."""

from __future__ import annotations

from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

_PUBLISHERS = (Function.SYSTEM_ADMIN, Function.DATA)


def may_publish(actor: Actor) -> bool:
    """Tell whether the actor may publish item versions: the system, or who keeps the data."""
    return actor.kind is ActorKind.SYSTEM or actor.holds(*_PUBLISHERS)


def check_publish(actor: Actor) -> None:
    """Raise Problem ``access.refused`` where ``may_publish`` is false."""
    if not may_publish(actor):
        raise Problem(
            "access.refused",
            "您的岗位不能发布事项",
            rule="事项由系统管理员或者数据管理岗发布",
            remedy="请联系系统管理员",
            status=403,
        )
