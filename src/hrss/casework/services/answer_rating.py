"""Answer a bad rating: what was done about it, told to the person by a call-back."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.models import RatingTask
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.answer_rating")
def answer_rating(
    task_id: UUID, reply: str, *, actor: Actor, called_back: bool, satisfied: bool | None = None
) -> Outcome:
    """Close a task; Problem ``rating.call_back`` without a call-back (回访率 100%)."""
    task = RatingTask.objects.select_for_update(of=("self",)).filter(id=task_id).first()
    if task is None:
        raise Problem("rating.no_task", "没有这项整改任务", remedy="请从“跟进”的差评整改里进入", status=404)
    if task.answered_at is not None:
        raise Problem(
            "rating.answered", "这项整改已经回复", remedy="请看办件页上的回复；有新的情况写在备注里", status=409
        )
    if not called_back:
        raise Problem(
            "rating.call_back",
            "差评必须回访本人",
            remedy="请先打电话给本人，再勾选“已回访”",
            rule="差评回访率 100%",
            field="called_back",
        )
    work = open_case(task.case_id)
    said = needed(reply, "请写整改情况", field="reply")
    act(work, "answer_rating", actor=actor, note=said, detail={"satisfied": satisfied})
    task.reply, task.called_back, task.satisfied = said, True, satisfied
    task.answered_by, task.answered_at = actor.name, timezone.now()
    task.save(update_fields=["reply", "called_back", "satisfied", "answered_by", "answered_at"])
    tell(work, "rating_answered", actor=actor, answer=said)
    return Outcome("rating_task", str(task.id), work.case.number, {"satisfied": satisfied})
