"""Correct: the applicant puts right what was told, and the five working days for acceptance begin anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.fetching import facts_of, open_case
from hrss.casework.deadlines import clocks
from hrss.casework.handlers import Subject, handler_of
from hrss.casework.intake.forms import clean
from hrss.casework.intake.handing_in import hand_in
from hrss.casework.intake.materials import lines_for, missing_problems
from hrss.casework.items.vocabulary import State
from hrss.casework.models import Clock, Material
from hrss.casework.steps.acting import act
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problems


@verb("casework.correct")
def correct(
    case_id: UUID, data: Mapping[str, Any], *, actor: Actor, materials: Mapping[str, Any] | None = None
) -> Outcome:
    """Send the corrected form and proofs; checked like a submission, what was given before need not be given again."""
    work = open_case(case_id)
    case, today = work.case, timezone.localdate()
    act(work, "correct", actor=actor, to_state=State.SUBMITTED)
    case.data = clean(work.item.form, {**case.data, **data}, today=today)
    case.save(update_fields=["data"])
    subject = Subject(case.applicant_person_id, case.applicant_organisation_id, case.region_code)
    given = {**_given_before(case.id), **(materials or {})}
    lines = lines_for(work.item, case.data, actor=actor, subject=subject, given=given, case_id=case.id)
    problems = [*handler_of(work.item.handler).check(facts_of(case), actor=actor), *missing_problems(lines)]
    if problems:
        raise Problems(problems)
    hand_in(case, lines, work.item, day=today)
    clocks.meet(case, [Clock.Kind.CORRECTION], on=today)
    clocks.start(case, Clock.Kind.ACCEPTANCE, clocks.ACCEPTANCE, on=today)
    return Outcome("case", str(case.id), case.number, {"state": case.state})


def _given_before(case_id: UUID) -> dict[str, dict[str, Any]]:
    ways: dict[str, dict[str, Any]] = {}
    for row in Material.objects.filter(case_id=case_id):
        if row.how in (Material.How.UPLOAD, Material.How.BAG) and row.file_id is not None:
            ways[row.code] = {"file_id": str(row.file_id)}
        elif row.how in (Material.How.PROMISE, Material.How.DEFER):
            ways[row.code] = {str(row.how): True}
    return ways
