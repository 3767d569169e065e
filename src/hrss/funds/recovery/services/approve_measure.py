"""Approve a measure (审批): the third natural person; at once it takes effect in debt and books."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.recovery.effects import settle_if_paid, take_effect
from hrss.funds.recovery.fetching import measure_to_change
from hrss.funds.recovery.measuring import APPROVERS, done, sign_step
from hrss.funds.recovery.models import Measure
from hrss.funds.recovery.refusals import REFUSALS
from hrss.funds.recovery.telling import tell
from hrss.funds.signing.models import Step
from hrss.funds.soundness.guard import require_sound
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("recovery.approve_measure")
def approve_measure(measure_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Agree and do it; the debtor is told. Problems of ``review_measure``, ``recovery.unconfirmed|over`` (409),

    ``funds.unsound`` (503), those of the ledger.
    """
    measure = measure_to_change(measure_id, Measure.State.REVIEWED)
    require(actor, *APPROVERS, region=measure.region_code, doing="审批追回措施")
    require_sound(measure.debt.fund)
    sign_step(measure, Step.APPROVED, actor=actor)
    measure.state = Measure.State.DONE
    with told(REFUSALS):
        measure.save(update_fields=["state"])
    take_effect(measure, actor=actor)
    measure.save(update_fields=["entry"])
    settle_if_paid(measure.debt)
    tell(measure, actor=actor)
    return done(measure, "recovery.approve_measure", actor=actor)
