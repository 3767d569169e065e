"""Which posts may do what with plan, projects, evaluations, budgets; the county's own is for county posts."""

from __future__ import annotations

from typing import Final

from hrss.foundation.access.policies import require
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

PLANNERS: Final = (Function.DATA, Function.INSPECTOR)
ISSUERS: Final = (Function.LEADER,)
REPORTERS: Final = (Function.HANDLER, Function.REVIEWER)
CONFIRMERS: Final = (Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.DATA)
BUILDERS: Final = (Function.HANDLER, Function.DATA)
PAYMENT_RECORDERS: Final = (Function.FINANCE, Function.DATA)
PAYMENT_CONFIRMERS: Final = (Function.FINANCE, Function.INSPECTOR, Function.LEADER)
BUDGETERS: Final = (Function.FINANCE, Function.DATA)
BUDGET_CONFIRMERS: Final = (Function.FINANCE, Function.INSPECTOR, Function.LEADER)
READERS: Final = (
    Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.LEADER, Function.DATA,
    Function.FINANCE, Function.AUDIT_ADMIN,
)  # fmt: skip
COUNTY_DIGITS: Final = 6


def may_county(actor: Actor, *functions: Function) -> bool:
    """Tell whether a post of one of ``functions`` is over the whole county; automatic steps may."""
    wide = any(post.function in functions and len(post.region) <= COUNTY_DIGITS for post in actor.posts)
    return wide or actor.kind is ActorKind.SYSTEM


def require_county(actor: Actor, *functions: Function, doing: str) -> None:
    """Problem ``access.no_post`` (403) unless ``may_county``."""
    require(actor, *functions, doing=doing)
    if not may_county(actor, *functions):
        raise Problem(
            "access.no_post",
            f"您的岗位不能{doing}",
            rule="全县的计划、项目、评估和预算由县级岗位办理",
            remedy="请由县级岗位办理",
            status=403,
        )
