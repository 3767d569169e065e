"""Close an answered run (对账完成): lines, file, ledger and answers agree to the fen, or it stays open."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.states import State
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

# I4: run total = lines = paid + returned + held back + deducted; file and ledger are what went to the bank.
_SUMS = """
SELECT coalesce(sum(amount - deducted) FILTER (WHERE state = 'paid'), 0)::bigint,
       coalesce(sum(amount - deducted) FILTER (WHERE state = 'returned'), 0)::bigint,
       coalesce(sum(amount) FILTER (WHERE state = 'held'), 0)::bigint,
       coalesce(sum(deducted) FILTER (WHERE state IN ('paid', 'returned')), 0)::bigint,
       coalesce(sum(deducted) FILTER (WHERE state IN ('paid', 'returned') AND NOT was_returned), 0)::bigint,
       (SELECT total FROM banking_bankfile WHERE kind = 'order' AND number = %(number)s),
       (SELECT total FROM ledger_entry WHERE source = 'payrun' AND reference = %(number)s),
       coalesce((SELECT total FROM ledger_entry WHERE source = 'returned' AND reference = %(number)s), 0)
  FROM payables_payment WHERE run_id = %(run)s AND ordinal IS NOT NULL
"""


@verb("payruns.close_run")
def close_run(run_id: UUID, *, actor: Actor) -> Outcome:
    """Close the run. Problem ``payruns.sums`` where the sums differ."""
    run = run_to_change(run_id)
    check_state(run, State.ANSWERED)
    sums = _sums(run)
    paid, returned, held, kept, claimed, file, entry, back = sums
    whole = run.total == paid + returned + held + kept and file == paid + returned
    if not whole or entry != file + claimed or back != returned:
        raise Problem(
            "payruns.sums",
            f"批次 {yuan(run.total)}、已发 {yuan(paid)}、退回 {yuan(returned)}、暂缓 {yuan(held)}、"
            f"抵扣 {yuan(kept)} 对不平",
            rule="I4：批次合计等于明细、文件、账，等于已发、退回、暂缓和抵扣之和",
            remedy="请财务与稽核逐笔核对",
            status=409,
        )
    move(run, State.CLOSED, problem="")
    detail = {"number": run.number, "paid": paid, "returned": returned, "held": held}
    audit.record(actor, "payruns.close_run", subject_kind="pay_run", subject_id=run.id, detail=detail)
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state} | detail)


def _sums(run: Run) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"run": run.id, "number": run.number})
        return tuple(int(value or 0) for value in cursor.fetchone())
