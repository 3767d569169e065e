"""Return a pay run (退回作废) before its file is made: its payments wait for the next run."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.payables.models import Payment
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.states import BEFORE_SENDING, State
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

SIGNERS = (Function.FINANCE, Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.LEADER)


@verb("payruns.discard_run")
def discard_run(run_id: UUID, *, actor: Actor, reason: str) -> Outcome:
    """Give a run up for ``reason``; what was in it is taken up by the next one, computed anew.

    Problems: ``payruns.reason``, ``payruns.transition`` (409), ``access.no_post`` (403).
    """
    require(actor, *SIGNERS, doing="退回发放批次")
    if len(reason.strip()) < 4:
        raise Problem("payruns.reason", "退回必须写明原因", remedy="说明哪里不对、要怎么改", field="reason")
    run = run_to_change(run_id)
    check_state(run, State.OPEN, *BEFORE_SENDING)
    move(run, State.DISCARDED, problem=f"{actor.name}退回：{reason.strip()}"[:500])
    Payment.objects.filter(run_id=run.id, state=Payment.State.OPEN).update(state=Payment.State.DROPPED)
    detail = {"number": run.number, "reason": reason.strip()[:500]}
    audit.record(actor, "payruns.discard_run", subject_kind="pay_run", subject_id=run.id, detail=detail)
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state})
