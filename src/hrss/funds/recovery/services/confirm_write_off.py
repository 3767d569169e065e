"""Confirm a write-off (稽核确认): an inspector outside the three, with the record of the meeting (G3)."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.refusals import again, told
from hrss.foundation.verbs import verb
from hrss.funds.recovery.fetching import measure_to_change
from hrss.funds.recovery.measuring import done, words
from hrss.funds.recovery.models import Confirmation, Measure
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("recovery.confirm_write_off")
def confirm_write_off(measure_id: UUID, *, actor: Actor, opinion: str, meeting: str, key: str = "") -> Outcome:
    """Confirm. Problems ``recovery.opinion|meeting``, ``recovery.confirmer`` (403), ``recovery.measure_state``."""
    measure = measure_to_change(measure_id, Measure.State.MADE, Measure.State.REVIEWED)
    require(actor, Function.INSPECTOR, region=measure.region_code, doing="确认核销")
    if actor.person is None or measure.kind != Measure.Kind.WRITE_OFF:
        raise again(REFUSALS["recovery_confirmer"])
    with told(REFUSALS):
        Confirmation.objects.create(
            measure=measure,
            opinion=words(opinion, field="opinion", what="核实的情况"),
            meeting=words(meeting, field="meeting", what="会审的时间、参加人和结论"),
            person_id=actor.person,
            name=actor.name,
        )
    return done(measure, "recovery.confirm_write_off", actor=actor)
