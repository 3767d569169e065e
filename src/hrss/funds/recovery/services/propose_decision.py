"""Propose the decision on a debt (提出追回决定): to recover with reasons, deadline and remedy, or not, with reasons."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.verbs import verb
from hrss.funds.recovery.amounts import pay_by
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import propose, words
from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome

REMEDY = "对本决定不服的，可以自收到之日起六十日内申请行政复议，或者在六个月内向人民法院提起行政诉讼"


@verb("recovery.propose_decision")
def propose_decision(debt_id: UUID, *, actor: Actor, reasons: str, recover: bool = True, key: str = "") -> Outcome:
    """Propose to recover the whole debt, or to drop it (``recover`` False: the months were due after all).

    Problems ``recovery.reasons``, ``recovery.state`` (409), ``recovery.one_live`` (409), ``access.no_post`` (403).
    """
    debt = debt_to_change(debt_id, Debt.State.OPEN)
    content = {"recover": recover, "fen": debt.amount, "reasons": words(reasons, field="reasons", what="理由")}
    if recover:
        content |= {"due_on": pay_by(timezone.localdate()).isoformat(), "remedy": REMEDY}
    return propose(debt, Measure.Kind.DECIDE, content, actor=actor)
