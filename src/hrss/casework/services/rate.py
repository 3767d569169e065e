"""Rate: the applicant says how it was (好差评); one or two stars open a task of fifteen working days."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrss.casework.cases.fetching import Work, open_case
from hrss.casework.deadlines import clocks
from hrss.casework.deadlines.counting import count
from hrss.casework.models import Rating, RatingTask
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

GRADES = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
ASPECTS = {
    "portal": ("overall", "efficiency", "guide", "convenience", "platform"),
    "counter": ("overall", "efficiency", "competence", "attitude"),
}
_BAD = 2


@verb("casework.rate")
def rate(
    case_id: UUID, stars: int, *, actor: Actor, comment: str = "", aspects: Mapping[str, int] | None = None
) -> Outcome:
    """Rate a closed case from 5 非常满意 to 1 非常不满意, once. Problems: ``rating.grade``, ``rating.once``."""
    if stars not in GRADES or any(value not in GRADES for value in (aspects or {}).values()):
        raise Problem("rating.grade", "请在五个等级里选一个", field="stars")
    work = open_case(case_id)
    act(work, "rate", actor=actor, detail={"stars": stars})
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                case=work.case, stars=stars, aspects=dict(aspects or {}), comment=comment.strip(), channel=actor.channel
            )
    except IntegrityError as error:
        raise Problem(
            "rating.once",
            "这个办件已经评价过",
            rule="一次办件评价一次",
            remedy="请不要重复评价；有新的意见可以写信或者打电话",
            status=409,
        ) from error
    if actor.kind is ActorKind.STAFF:  # pressed on the client's screen: the person hears what was taken down
        tell(work, "rated_at_window", actor=actor, answer=GRADES[stars])
    data: dict[str, object] = {"stars": stars, "words": GRADES[stars]}
    if stars <= _BAD:
        task = _open_task(work)
        data |= {"task": str(task.id), "due_on": task.due_on.isoformat()}
    return Outcome("rating", str(rating.id), work.case.number, data)


def _open_task(work: Work) -> RatingTask:
    counted = count(timezone.localdate(), clocks.RECTIFICATION)
    return RatingTask.objects.create(case=work.case, due_on=counted.due_on, trace=counted.trace)
