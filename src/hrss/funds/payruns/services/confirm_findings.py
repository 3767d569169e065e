"""Confirm what the checks found (检查事项确认): an inspector outside the three posts, once for a run."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import again, told
from hrss.foundation.verbs import verb
from hrss.funds.payruns.fetching import check_digest, check_state, run_to_change
from hrss.funds.payruns.models import Confirmation, Finding
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.states import State
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payruns.confirm_findings")
def confirm_findings(run_id: UUID, *, actor: Actor, digest: str, opinion: str, meeting: str = "") -> Outcome:
    """Confirm all findings that need it. ``meeting`` is the record of the collective review where F13 is among them.

    Problems: ``payruns.opinion``, ``payruns.meeting``, ``payruns.confirmer`` (403), ``payruns.confirmed`` (409).
    """
    require(actor, Function.INSPECTOR, doing="确认发放前检查事项")
    run = run_to_change(run_id)
    check_digest(run, digest)
    check_state(run, State.FROZEN, State.MADE, State.REVIEWED)
    wanted = Finding.objects.filter(run=run, kind=Finding.Kind.CONFIRM)
    if len(opinion.strip()) < 4:
        raise Problem("payruns.opinion", "请写明核实的情况", remedy="说明怎么核实的、结论是什么", field="opinion")
    if not meeting.strip() and wanted.filter(rule="F13").exists():
        raise Problem(
            "payruns.meeting",
            "有一次性大额待遇，要附集体会审记录",
            rule="F13：一次性大额或者例外情形集体会审",
            remedy="请填写会审时间、参加人和结论",
            field="meeting",
        )
    if actor.person is None:
        raise again(REFUSALS["payruns_confirmer"])
    with told(REFUSALS):
        Confirmation.objects.create(
            run=run, count=0, opinion=opinion.strip(), meeting=meeting.strip(), person_id=actor.person, name=actor.name
        )
    detail = {"number": run.number, "count": wanted.count()}
    audit.record(actor, "payruns.confirm_findings", subject_kind="pay_run", subject_id=run.id, detail=detail)
    return Outcome("pay_run", str(run.id), run.number, {"count": detail["count"]})
