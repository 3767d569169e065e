"""What an actor may do: function × line × region. Scope over rows is the database's; this is for buttons and verbs."""

from __future__ import annotations

from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

ADMINISTRATORS = frozenset({Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN, Function.AUDIT_ADMIN})
FAMILIES: dict[str, frozenset[Function]] = {
    "业务运行": frozenset(
        {Function.VILLAGE_AGENT, Function.COUNTER, Function.HANDLER, Function.REVIEWER, Function.APPROVER}
    ),
    "基金财务": frozenset({Function.FINANCE}),
    "数据管理": frozenset({Function.DATA}),
    "稽核内控": frozenset({Function.INSPECTOR}),
}
INTAKE_ONLY = frozenset({Function.VILLAGE_AGENT})


def may_act(actor: Actor, *functions: Function, line: str = "*", region: str = "") -> bool:
    """Tell whether a post of one of ``functions`` covers ``line`` and ``region``; automatic steps may."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(
        post.function in functions
        and (post.line == "*" or line in ("*", post.line))
        and (not region or region.startswith(post.region))
        for post in actor.posts
    )


def require(actor: Actor, *functions: Function, line: str = "*", region: str = "", doing: str) -> None:
    """Problem ``access.no_post`` (403) unless ``may_act``."""
    if not may_act(actor, *functions, line=line, region=region):
        raise Problem(
            "access.no_post",
            f"您的岗位不能{doing}",
            rule="岗位权限：职能 × 条线 × 区域",
            remedy="请由有权限的岗位办理",
            status=403,
        )


def families_exclude(one: Function, other: Function) -> bool:
    """Tell whether one natural person may not hold both (P02, P06); the database's trigger decides the same."""
    first, second = _family(one), _family(other)
    if first == second:
        return False
    if one in ADMINISTRATORS or other in ADMINISTRATORS:
        return True
    return Function.LEADER not in (one, other)


def _family(function: Function) -> str:
    for name, members in FAMILIES.items():
        if function in members:
            return name
    return function.value
