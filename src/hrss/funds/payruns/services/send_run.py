"""Have an approved run sent (送银行): the worker makes the file, books it and hands it to the bank."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.ledger.policies import require_covered
from hrss.funds.payruns.fetching import check_digest, check_state, run_to_change
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.states import State
from hrss.funds.payruns.waking import wake_worker
from hrss.funds.soundness.guard import require_sound
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("payruns.send_run")
def send_run(run_id: UUID, *, actor: Actor, digest: str) -> Outcome:
    """Order the file of a run three persons signed.

    Problems: ``payruns.stale|transition`` (409), ``ledger.not_covered`` (409), ``funds.unsound`` (503).
    """
    require(actor, Function.FINANCE, doing="送银行代发")
    run = run_to_change(run_id)
    check_digest(run, digest)
    check_state(run, State.APPROVED)
    require_sound(run.fund)
    require_covered(run.fund, "expenditure", run.total)
    move(run, State.FILING)
    audit.record(actor, "payruns.send_run", subject_kind="pay_run", subject_id=run.id, detail={"number": run.number})
    wake_worker(run.id)
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state})
