"""Verify a promise: what was promised in place of a paper is checked afterwards (告知承诺后续核查)."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.models import Clock, Material
from hrss.casework.steps.acting import act
from hrss.casework.steps.reasons import needed
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.verify_promise")
def verify_promise(case_id: UUID, material_code: str, *, actor: Actor, held: bool, note: str = "") -> Outcome:
    """Record whether a promise held; a broken one needs a note and ends the person's right to promise."""
    work = open_case(case_id)
    row = work.case.materials.filter(code=material_code, state=Material.State.PROMISED).first()
    if row is None:
        raise Problem(
            "promise.none",
            "没有待核验的这项承诺",
            remedy="请看办件页上还有哪些承诺没有核验",
            field="material",
            status=409,
        )
    said = note.strip() if held else needed(note, "承诺不实必须写明核查情况", field="note")
    act(work, "verify_promise", actor=actor, note=said, detail={"material": material_code, "held": held})
    row.state = Material.State.PROVEN if held else Material.State.BROKEN
    row.note, row.settled_at = said[:400], timezone.now()
    row.save(update_fields=["state", "note", "settled_at"])
    clocks.meet(work.case, [Clock.Kind.DEFERRED], on=timezone.localdate(), about=material_code)
    return Outcome("material", str(row.id), work.case.number, {"material": material_code, "state": row.state})
