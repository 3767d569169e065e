"""Take the snapshot (核算并冻结): select, compute, write, check, seal; one transaction, so all of it or nothing."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.benefits import benefits_in
from hrss.funds.payruns.checkpoints import reached
from hrss.funds.payruns.checks import check_lines
from hrss.funds.payruns.deducting import deduct_due
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.limits import limits_on
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.selecting import compute_due, move_on, select_due
from hrss.funds.payruns.states import State
from hrss.funds.payruns.writing import held_count, seal_of, write_lines
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome


@verb("payruns.snapshot")
def snapshot(run_id: UUID, *, actor: Actor) -> Outcome:
    """Freeze the lines of an open run with their hash; a run with nothing to pay is discarded."""
    run = run_to_change(run_id)
    check_state(run, State.OPEN)
    reached("snapshot.begun", run=run.number)
    select_due([benefit.code for benefit in benefits_in(run.group)], YearMonth.from_index(run.month))
    reached("snapshot.selected", run=run.number)
    compute_due()
    deduct_due()
    reached("snapshot.computed", run=run.number)
    with told(REFUSALS):
        write_lines(run)
    move_on()
    reached("snapshot.written", run=run.number)
    check_lines(run, limits_on(run.pay_on))
    reached("snapshot.checked", run=run.number)
    _seal(run)
    reached("snapshot.sealed", run=run.number)
    detail = {"lines": run.line_count, "total": run.total, "held": run.held_count, "digest": run.digest}
    audit.record(actor, "payruns.snapshot", subject_kind="pay_run", subject_id=run.id, detail=detail)
    return Outcome("pay_run", str(run.id), run.number, detail | {"state": run.state})


def _seal(run: Run) -> None:
    count, total, digest = seal_of(run)
    held = held_count(run)
    run.problem = "" if count else f"没有可以发放的明细（暂缓 {held} 笔）"
    if count:
        run.state, run.line_count, run.total, run.held_count, run.digest = State.FROZEN, count, total, held, digest
    else:
        run.state = State.DISCARDED
    with told(REFUSALS):
        run.save(update_fields=["state", "line_count", "total", "held_count", "digest", "problem"])
