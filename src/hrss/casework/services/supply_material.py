"""Supply: a proof that was left for later is handed in (容缺后补), or put in place of a promise."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import open_case
from hrss.casework.deadlines import clocks
from hrss.casework.models import Clock, Material
from hrss.casework.steps.acting import act
from hrss.foundation.files.services import file_card
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_OPEN = (Material.State.DEFERRED, Material.State.PROMISED, Material.State.PENDING, Material.State.BROKEN)


@verb("casework.supply")
def supply_material(case_id: UUID, material_code: str, *, actor: Actor, file_id: UUID) -> Outcome:
    """Hand in an open proof. Problems: ``material.not_open`` where nothing is waited for, ``files.not_found``."""
    work = open_case(case_id)
    row = work.case.materials.filter(code=material_code, state__in=_OPEN).first()
    if row is None:
        raise Problem(
            "material.not_open", "没有等着补交的这项材料", remedy="请看办件页上还缺什么", field="material", status=409
        )
    card = file_card(file_id, actor=actor)
    act(work, "supply", actor=actor, detail={"material": material_code})
    row.how, row.state, row.file_id, row.sha256 = Material.How.UPLOAD, Material.State.GIVEN, card.id, card.sha256
    row.settled_at = timezone.now()
    row.save(update_fields=["how", "state", "file_id", "sha256", "settled_at"])
    clocks.meet(work.case, [Clock.Kind.DEFERRED], on=timezone.localdate(), about=material_code)
    return Outcome("material", str(row.id), work.case.number, {"material": material_code, "state": row.state})
