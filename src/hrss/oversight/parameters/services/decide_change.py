"""Approve or refuse a proposed value; the one who decides is another natural person, and the day is still to come.

An approved value stands beside the published ones from its first day. It refuses whoever proposed it, a decided one,
and an approval so late that the first day has begun.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.parameters.models import ParameterChange
from hrss.oversight.parameters.policies import DECIDERS
from hrss.oversight.parameters.published import render, try_out
from hrss.oversight.parameters.services.propose_change import RULE, check_day

_SAME = Problem(
    "parameters.same_person", "提出人不能自己批准", rule=RULE, remedy="请另一位领导或稽核人员审批", status=403
)


@verb("parameters.decide")
def decide_change(change_id: UUID, *, actor: Actor, agrees: bool, words: str = "") -> Outcome:
    """Decide. Problems ``parameters.no_change|decided|same_person|day|words``."""
    found = ParameterChange.objects.select_for_update().filter(id=change_id).first()
    if found is None:
        raise Problem("parameters.no_change", "没有这个变动", remedy="请从参数页面进入", status=404)
    require(actor, *DECIDERS, region=found.region_code, doing="审批参数变动")
    _check(found, agrees, words)
    found.state = ParameterChange.State.APPROVED if agrees else ParameterChange.State.REFUSED
    found.decided_by, found.decided_name, found.decided_at = actor.person, actor.name, timezone.now()
    found.decision = words.strip()
    with told({"parameters_change_two_persons": _SAME}):
        found.save()
    if agrees:
        transaction.on_commit(render)
    detail = {"name": found.name, "value": found.value, "from": found.valid_from.isoformat(), "agrees": agrees}
    audit.record(
        actor, "parameters.decide", subject_kind="parameter", subject_id=found.id, region=found.region_code,
        detail=detail,
    )  # fmt: skip
    return Outcome("parameter", str(found.id), data=detail)


def _check(found: ParameterChange, agrees: bool, words: str) -> None:
    if found.state != ParameterChange.State.PROPOSED:
        raise Problem("parameters.decided", "这个变动已经审批过了", rule=RULE, remedy="请刷新页面", status=409)
    if agrees:
        check_day(found.valid_from)
        try_out(found)
    elif not words.strip():
        raise Problem("parameters.words", "请写明为什么不同意", rule=RULE, remedy="写给提出人看", field="words")
