"""Propose to take a decision or a write-off back (撤销决定、恢复追回): by a mirror entry, what is written stays."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.verbs import verb
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import propose, words
from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("recovery.propose_correction")
def propose_correction(debt_id: UUID, *, actor: Actor, reasons: str, key: str = "") -> Outcome:
    """Take the decision back while nothing was recovered, or take a write-off back.

    Problems ``recovery.reasons``, ``recovery.recovered`` (409), ``recovery.state|one_live`` (409).
    """
    debt = debt_to_change(debt_id, Debt.State.DECIDED, Debt.State.WRITTEN_OFF)
    text = words(reasons, field="reasons", what="撤销的理由")
    if debt.state == Debt.State.WRITTEN_OFF:
        return propose(debt, Measure.Kind.RESTORE, {"reasons": text}, actor=actor)
    if outstanding(debt) != debt.amount:
        raise Problem(
            "recovery.recovered",
            "这笔多发待遇已经退回或者抵扣了一部分，不能直接撤销决定",
            rule="撤销决定前，已退回的钱要先还给本人",
            remedy="请财务先把已退回的金额退给本人",
            status=409,
        )
    return propose(debt, Measure.Kind.CANCEL, {"reasons": text}, actor=actor)
