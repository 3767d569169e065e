"""Withhold one line (暂缓一笔) before the file is made: it may always be less than was signed, never more."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.payables.models import Payment
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.models import Finding, Run
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.services.discard_run import SIGNERS
from hrss.funds.payruns.states import BEFORE_SENDING
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payruns.withhold")
def withhold(payment_id: int, *, actor: Actor, reason: str) -> Outcome:
    """Keep a line of a frozen run back; the signed hash stays, the file is shorter by it.

    Problems: ``payruns.reason``, ``payruns.no_line`` (404), ``payruns.transition`` (409).
    """
    require(actor, *SIGNERS, Function.INSPECTOR, doing="暂缓发放")
    if len(reason.strip()) < 4:
        raise Problem("payruns.reason", "暂缓必须写明原因", remedy="说明为什么这一笔先不发", field="reason")
    line = Payment.objects.filter(id=payment_id, state=Payment.State.OPEN).first()
    if line is None:
        raise Problem("payruns.no_line", "没有这笔待发的明细", remedy="请刷新页面", status=404)
    run = run_to_change(line.run_id)
    check_state(run, *BEFORE_SENDING)
    hold_back(run, line, code="withheld", rule="F03", note=reason.strip())
    audit.record(
        actor,
        "payruns.withhold",
        subject_kind="payment",
        subject_id=line.id,
        person_id=line.person_id,
        region=line.region_code,
        detail={"number": run.number, "reason": reason.strip()[:200]},
    )
    return Outcome("payment", str(line.id), run.number)


def hold_back(run: Run, line: Payment, *, code: str, rule: str, note: str) -> None:
    """Move a line from open to held and say why."""
    line.state, line.note = Payment.State.HELD, note[:200]
    with told(REFUSALS):
        line.save(update_fields=["state", "note"])
        Finding.objects.create(run=run, payment=line, rule=rule, code=code, kind=Finding.Kind.BLOCK, facts={})
