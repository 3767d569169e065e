"""Give an opinion: the asked post answers, once."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.models import Opinion
from hrss.casework.steps.acting import act, not_allowed
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.give_opinion")
def give_opinion(opinion_id: UUID, text: str, *, actor: Actor, agrees: bool) -> Outcome:
    """Answer a question put to one's post. Problems: ``opinion.not_found``, ``opinion.answered``."""
    opinion = Opinion.objects.select_for_update(of=("self",)).filter(id=opinion_id).first()
    if opinion is None:
        raise Problem("opinion.not_found", "没有这条征求意见", remedy="请从“跟进”里进入", status=404)
    if opinion.answered_at is not None:
        raise Problem(
            "opinion.answered", "这条意见已经回复", remedy="请看办件页上的回复；要改的请发起单位重新征求", status=409
        )
    work = open_case(opinion.case_id)
    if not any(
        post.function.value == opinion.function and opinion.region_code.startswith(post.region) for post in actor.posts
    ):
        raise not_allowed("give_opinion", work.case.state)
    said = needed(text, "请写意见", field="text")
    act(work, "give_opinion", actor=actor, function=opinion.function, note=said, detail={"agrees": agrees})
    opinion.answer, opinion.agrees, opinion.answered_by = said, agrees, actor.name
    opinion.answered_at = timezone.now()
    opinion.save(update_fields=["answer", "agrees", "answered_by", "answered_at"])
    return Outcome("opinion", str(opinion.id), work.case.number, {"agrees": agrees})
