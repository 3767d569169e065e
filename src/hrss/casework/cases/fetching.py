"""Fetching a case for work: within the actor's scope, locked, with the definition it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.standing import Standing
from hrss.casework.handlers import CaseFacts
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import pinned
from hrss.casework.models import Case
from hrss.kernel.problem import Problem


@dataclass(slots=True)
class Work:
    """A case being worked on and its item. ``case`` is locked until the transaction ends."""

    case: Case
    item: ItemDefinition

    @property
    def standing(self) -> Standing:
        """What permissions need to know."""
        return standing_of(self.case)


def open_case(case_id: UUID) -> Work:
    """Lock a case and give it with its item; Problem ``casework.not_found`` (404) outside the actor's scope."""
    case = Case.objects.select_for_update(of=("self",)).filter(id=case_id).first()
    if case is None:
        raise not_found()
    return Work(case, pinned(case.item_version_id).item)


def not_found() -> Problem:
    """Make the problem of a case that is not there or not in scope; both look the same from outside."""
    return Problem(
        "casework.not_found",
        "没有这个办件，或者不在您的办理范围",
        rule="按区域和条线办理",
        remedy="请核对办件编号；属于别处的，请联系办理地",
        status=404,
    )


def standing_of(case: Case) -> Standing:
    """Give what permissions need to know of a case."""
    return Standing(
        state=case.state,
        line=case.line,
        region_code=case.region_code,
        suspended_from=case.suspended_from,
        applicant_person=case.applicant_person_id,
        applicant_organisation=case.applicant_organisation_id,
        shared_with=tuple(case.shared_with),
    )


def facts_of(case: Case) -> CaseFacts:
    """Give what a handler sees of a case."""
    materials = {
        row.code: {"how": row.how, "state": row.state, "file_id": row.file_id, "answer": row.answer, "as_of": row.as_of}
        for row in case.materials.all()
    }
    return CaseFacts(
        id=case.id,
        number=case.number,
        item_code=case.item_code,
        line=case.line,
        region_code=case.region_code,
        person_id=case.applicant_person_id,
        organisation_id=case.applicant_organisation_id,
        agent_person_id=case.agent_person_id,
        data=case.data,
        result=case.result,
        materials=materials,
        submitted_on=timezone.localdate(case.submitted_at),
        decided_on=timezone.localdate(case.decided_at) if case.decided_at else None,
    )
