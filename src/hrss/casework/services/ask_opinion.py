"""Ask an opinion: another post or place is asked while the case stays here (joint handling, 会办)."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines.counting import count
from hrss.casework.models import Opinion
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.regions.queries import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.limits import Limit
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_ADVISERS = {Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.LEADER, Function.INSPECTOR}


@verb("casework.ask_opinion")
def ask_opinion(
    case_id: UUID, question: str, *, actor: Actor, function: str, region_code: str, limit: str = "5W"
) -> Outcome:
    """Ask a function of a place; they may see the case until it closes."""
    if function not in {one.value for one in _ADVISERS}:
        raise Problem("opinion.function", "请选择征求哪个岗位的意见", field="function")
    work = open_case(case_id)
    asked = needed(question, "请写清楚要问什么", field="question")
    place = require(region_code).code
    act(work, "ask_opinion", actor=actor, note=asked, detail={"region": place, "function": function})
    opinion = Opinion.objects.create(
        case=work.case,
        function=function,
        region_code=place,
        question=asked,
        asked_by=actor.name,
        due_on=count(timezone.localdate(), Limit.parse(limit)).due_on,
    )
    return Outcome("opinion", str(opinion.id), work.case.number, {"due_on": str(opinion.due_on or "")})
