"""Send a measure back (退回): it is over; a corrected one is proposed anew."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.recovery.fetching import measure_to_change
from hrss.funds.recovery.measuring import APPROVERS, REVIEWERS, done, words
from hrss.funds.recovery.models import Measure
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("recovery.refuse_measure")
def refuse_measure(measure_id: UUID, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """Refuse with a reason. Problems ``recovery.reason``, ``access.no_post`` (403), ``recovery.measure_state``."""
    measure = measure_to_change(measure_id, Measure.State.MADE, Measure.State.REVIEWED)
    require(actor, *APPROVERS, *REVIEWERS, region=measure.region_code, doing="退回追回措施")
    measure.state, measure.note = Measure.State.REFUSED, words(reason, field="reason", what="退回的理由")
    with told(REFUSALS):
        measure.save(update_fields=["state", "note"])
    return done(measure, "recovery.refuse_measure", actor=actor)
