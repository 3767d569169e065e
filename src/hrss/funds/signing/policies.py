"""Which step a post can sign: for buttons. The database looks the post up itself and has the last word."""

from __future__ import annotations

from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor, Function

_FUNCTIONS: dict[Step, tuple[Function, ...]] = {
    Step.MADE: (Function.HANDLER,),
    Step.REVIEWED: (Function.REVIEWER,),
    Step.APPROVED: (Function.APPROVER, Function.LEADER),
}
_GRADES: dict[Step, int] = {Step.MADE: 1, Step.REVIEWED: 2, Step.APPROVED: 3}


def may_sign(actor: Actor, step: Step) -> bool:
    """Tell whether one of the actor's posts can sign ``step``: finance by grade, other functions by their work."""
    return any(
        post.function in _FUNCTIONS[step] or (post.function is Function.FINANCE and post.grade >= _GRADES[step])
        for post in actor.posts
    )
