"""Reconcile a fund over some days (对账); the daily job does it for every fund, a clerk for days just taken in."""

from __future__ import annotations

from datetime import date

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.scope import acting
from hrss.foundation.verbs import verb
from hrss.funds.codes import fund_of
from hrss.funds.reconciliation.matching import Window
from hrss.funds.reconciliation.running import run
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

LONGEST_DAYS = 92


@verb("funds.reconcile")
def reconcile(*, actor: Actor, fund: str, since: date, until: date, key: str = "") -> Outcome:
    """Reconcile. Problems ``access.no_post`` (403), ``reconciliation.days``.

    The lines are read as the system, because a difference may lie in any region; nobody sees a person here.
    """
    require(actor, Function.FINANCE, Function.INSPECTOR, doing="对账")
    if until < since or (until - since).days >= LONGEST_DAYS:
        raise Problem(
            "reconciliation.days", f"一次对账最多 {LONGEST_DAYS} 天，且起不晚于止", remedy="请核对日期", field="until"
        )
    with acting(system_actor("funds.reconcile")):
        row = run(fund_of(fund).value, Window(since, until))
    detail = {"fund": fund, "since": since, "until": until, "matched": row.matched, "breaks": row.found}
    audit.record(actor, "funds.reconcile", subject_kind="reconciliation", subject_id=row.id, detail=detail)
    return Outcome("reconciliation", str(row.id), data={"matched": row.matched, "breaks": row.found})
