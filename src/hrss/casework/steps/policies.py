"""Who may touch a case that somebody has in hand; what a post may do is decided by the item's transitions."""

from __future__ import annotations

from hrss.casework.cases.fetching import Work
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem


def check_not_taken(work: Work, *, actor: Actor) -> None:
    """Raise Problem ``casework.taken`` (409) where a colleague has the case in hand."""
    case = work.case
    if case.claimed_by is not None and case.claimed_by != actor.account and actor.kind is ActorKind.STAFF:
        raise Problem(
            "casework.taken",
            f"这个办件正由{case.claimed_name or '另一位同事'}办理",
            rule="一个办件同一时间由一人办理",
            remedy="请对方退回待办后再办",
            status=409,
        )
