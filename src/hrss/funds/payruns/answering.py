"""How long the bank has to answer: a run that waits longer says so, on its page and in the list of what stands."""

from __future__ import annotations

from django.utils import timezone

from hrss.foundation.calendar.services import working_days
from hrss.foundation.scope import acting
from hrss.funds.payruns.limits import answer_days_on
from hrss.funds.payruns.models import Run, RunStep
from hrss.funds.payruns.states import State
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import working_days_between

_ROBOT = system_actor("payruns.answering")


def require_in_time(run: Run) -> None:
    """Problem ``payruns.no_answer`` once the bank's working days for a sent run are over (F12)."""
    with acting(_ROBOT):
        sent = RunStep.objects.filter(run=run, to_state=State.SENT).order_by("-id").first()
        if sent is None:
            return
        today, since = timezone.localdate(), timezone.localdate(sent.at)
        waited = working_days_between(since, today, calendar=working_days())
    most = answer_days_on(today)
    if waited > most:
        raise Problem(
            "payruns.no_answer",
            f"银行文件送出已经 {waited} 个工作日，还没有答复（期限 {most} 个工作日）",
            rule="F12：挂账超过规定的工作日要核实",
            remedy="请联系银行查询这个批次，催要回盘文件",
            status=409,
        )
