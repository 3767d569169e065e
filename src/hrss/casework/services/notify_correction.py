"""One-time notice: everything that must be put right, told once and in writing (一次性告知)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import Work, open_case
from hrss.casework.deadlines import clocks
from hrss.casework.documents.issuing import issue
from hrss.casework.items.definition import DocumentRule
from hrss.casework.items.vocabulary import State
from hrss.casework.models import Clock, Notice
from hrss.casework.notifying import tell
from hrss.casework.steps.acting import act
from hrss.casework.steps.policies import check_not_taken
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_RULE = "行政许可法第三十二条：申请材料不齐全的，应当当场或者在五日内一次告知需要补正的全部内容"
NOTICE = DocumentRule("correction", "补正材料一次性告知书", "notice", "notice")


@verb("casework.notify_correction")
def notify_correction(case_id: UUID, points: Sequence[Mapping[str, str]], *, actor: Actor) -> Outcome:
    """Tell the applicant all that is missing or wrong; each point has ``text`` and ``field`` or ``material``.

    Problems: ``notice.told_already`` (409): a second notice is not allowed; ``notice.empty``, ``notice.unknown``.
    """
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    told = _points(work, points)
    if Notice.objects.filter(case=work.case).exists():
        raise Problem(
            "notice.told_already",
            "已经告知过一次，不能再要求补正",
            rule=_RULE,
            remedy="材料可以受理就受理；不符合规定的，写明理由不予受理",
            status=409,
        )
    act(work, "notify_correction", actor=actor, to_state=State.CORRECTING, detail={"points": len(told)})
    today = timezone.localdate()
    clocks.meet(work.case, [Clock.Kind.ACCEPTANCE], on=today)
    clock = clocks.start(work.case, Clock.Kind.CORRECTION, work.item.correction, on=today)
    due = clock.due_on if clock else None
    work.case.notice = Notice.objects.create(case=work.case, points=told, due_on=due, issued_by=actor.name)
    work.case.act_by = due
    issue(work, NOTICE, actor=actor)
    tell(work, "notice", actor=actor, reason="；".join(point["text"] for point in told), due=due)
    return Outcome("case", str(work.case.id), work.case.number, {"state": work.case.state, "points": told})


def _points(work: Work, points: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    known = {*work.item.form.get("properties", {}), *(rule.code for rule in work.item.materials), ""}
    told = [{key: str(value).strip() for key, value in point.items()} for point in points]
    told = [point for point in told if point.get("text")]
    if not told:
        raise Problem("notice.empty", "没有写要补正什么", rule=_RULE, remedy="逐条写清楚缺什么、怎么改", field="points")
    for point in told:
        named = point.get("field", "") or point.get("material", "")
        if named.split(".")[0] not in known:
            raise Problem("notice.unknown", f"表单和材料里没有“{named}”", remedy="从列表中选择", field="points")
    return told
