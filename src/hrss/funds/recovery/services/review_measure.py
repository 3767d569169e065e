"""Review a measure (复核): the second natural person."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.recovery.fetching import measure_to_change
from hrss.funds.recovery.measuring import REVIEWERS, done, sign_step
from hrss.funds.recovery.models import Measure
from hrss.funds.recovery.refusals import REFUSALS
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("recovery.review_measure")
def review_measure(measure_id: UUID, *, actor: Actor, key: str = "") -> Outcome:
    """Agree. Problems ``access.no_post``, ``signing.same_person|no_post`` (403), ``recovery.measure_state`` (409)."""
    measure = measure_to_change(measure_id, Measure.State.MADE)
    require(actor, *REVIEWERS, region=measure.region_code, doing="复核追回措施")
    sign_step(measure, Step.REVIEWED, actor=actor)
    measure.state = Measure.State.REVIEWED
    with told(REFUSALS):
        measure.save(update_fields=["state"])
    return done(measure, "recovery.review_measure", actor=actor)
