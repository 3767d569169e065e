"""Propose to write off what is left of a debt (提出核销): only with reasons, and never without the inspector (G3)."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.verbs import verb
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import propose, words
from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("recovery.propose_write_off")
def propose_write_off(debt_id: UUID, *, actor: Actor, reasons: str, key: str = "") -> Outcome:
    """Propose to give up what is still owed, all of it. Problems ``recovery.reasons``, ``recovery.state|one_live``."""
    debt = debt_to_change(debt_id, Debt.State.DECIDED)
    text = words(reasons, field="reasons", what="无法追回的情况和依据")
    return propose(debt, Measure.Kind.WRITE_OFF, {"fen": outstanding(debt), "reasons": text}, actor=actor)
