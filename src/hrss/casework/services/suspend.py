"""Suspend: the clocks stand still for a hearing, an inspection, an expert's opinion or public notice."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.items.vocabulary import State
from hrss.casework.models import Suspension
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.casework.steps.policies import check_not_taken
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_RULE = "行政许可法第四十五条：听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计算在期限内"


@verb("casework.suspend")
def suspend(case_id: UUID, *, actor: Actor, reason: str, kind: str = "inspection") -> Outcome:
    """Suspend; ``kind`` is one of hearing, inspection, expert, publicity, applicant, other."""
    if kind not in Suspension.Kind.values:
        raise Problem("suspension.kind", "请选择中止的情形", rule=_RULE, field="kind")
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    said = needed(reason, "中止必须写明原因", rule=_RULE)
    act(work, "suspend", actor=actor, to_state=State.SUSPENDED, note=said, detail={"kind": kind})
    Suspension.objects.create(case=work.case, kind=kind, reason=said[:400], since=timezone.localdate())
    clocks.stop(work.case)
    tell(work, "suspended", actor=actor, reason=said)
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state})
