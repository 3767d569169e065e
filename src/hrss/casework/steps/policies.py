"""May this actor do this? One sentence a verb; everything about a case is decided by its item's transitions."""

from __future__ import annotations

from hrss.casework.cases.fetching import Work
from hrss.casework.items.vocabulary import State
from hrss.casework.steps.permissions import functions_for
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem


def may(verb: str, work: Work, *, actor: Actor, to_state: str | None = None) -> bool:
    """Tell whether the actor may do ``verb`` to a case now, leading to ``to_state`` (default: where it is)."""
    target = to_state or work.case.state
    return bool(functions_for(work.item, work.standing, verb=verb, to_state=target, actor=actor))


def may_claim(work: Work, *, actor: Actor) -> bool:
    """Tell whether the actor may take the case into hand."""
    return work.case.claimed_by in (None, actor.account) and may("claim", work, actor=actor)


def may_decide(work: Work, *, actor: Actor) -> bool:
    """Tell whether the actor holds the post that decides, and the case waits for it."""
    return may("decide", work, actor=actor, to_state=State.DECIDED)


def may_suspend(work: Work, *, actor: Actor) -> bool:
    """Tell whether the actor may stop the clocks."""
    return may("suspend", work, actor=actor, to_state=State.SUSPENDED)


def may_withdraw(work: Work, *, actor: Actor) -> bool:
    """Tell whether the actor may withdraw the application."""
    return may("withdraw", work, actor=actor, to_state=State.WITHDRAWN)


def may_rate(work: Work, *, actor: Actor) -> bool:
    """Tell whether the actor may rate how the case was handled."""
    return may("rate", work, actor=actor)


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
