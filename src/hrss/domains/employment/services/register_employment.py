"""Register the employment of many people at one employer in one go (单位招用就业登记), or of one person on their own.

All or nothing: one hire that cannot be registered refuses the batch, with every reason in one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hrss.domains.employment.models import EmploymentSpell
from hrss.domains.employment.services.happen import Occurrence, happen
from hrss.domains.employment.statuses import EventKind
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem, Problems

_EVENT_OF = {"employer": EventKind.HIRED, "self": EventKind.SELF_EMPLOYED, "flexible": EventKind.FLEXIBLE}


@dataclass(frozen=True, slots=True)
class Hire:
    """One person's new job; pay in fen a month; ``row`` is the line it came from, for messages."""

    person_id: UUID
    region_code: str
    since: date
    contract_kind: str = ""
    contract_until: date | None = None
    occupation: str = ""
    monthly_pay_fen: int | None = None
    row: int = 0


@verb("employment.register_employment")
def register_employment(
    hires: Sequence[Hire],
    *,
    actor: Actor,
    kind: str,
    today: date,
    employer_id: UUID | None = None,
    region_code: str = "",
    case_id: UUID | None = None,
) -> Outcome:
    """Open one employment spell a hire, end open unemployment registrations, derive the statuses."""
    problems = _already_there(hires, employer_id) + [_future(hire) for hire in hires if hire.since > today]
    if problems:
        raise Problems(problems)
    EmploymentSpell.objects.bulk_create([_spell(hire, kind, employer_id, case_id) for hire in hires])
    happen([_occurrence(hire, kind, employer_id, case_id) for hire in hires], today=today)
    for hire in hires:
        audit.record(
            actor,
            "employment.register_employment",
            subject_kind="employer" if employer_id else "person",
            subject_id=employer_id or hire.person_id,
            person_id=hire.person_id,
            region=hire.region_code,
            detail={"kind": kind, "case": str(case_id or "")},
        )
    return Outcome("employment", str(employer_id or hires[0].person_id), data={"registered": len(hires)})


def _already_there(hires: Sequence[Hire], employer_id: UUID | None) -> list[Problem]:
    if employer_id is None:
        return []
    rows = {hire.person_id: hire.row for hire in hires}
    spells = EmploymentSpell.objects.filter(employer_id=employer_id, until=None, person_id__in=rows)
    return [
        Problem(
            "employment.already_hired",
            "这个人已经登记在本单位就业",
            rule="同一人在同一单位只能有一份有效的就业登记",
            remedy="请从名单里去掉这一行",
            field=f"hires.{rows[person]}.id_number",
        )
        for person in spells.values_list("person_id", flat=True)
    ]


def _future(hire: Hire) -> Problem:
    return Problem("employment.future", "招用日期不能晚于今天", remedy="请核对日期", field=f"hires.{hire.row}.hired_on")


def _spell(hire: Hire, kind: str, employer_id: UUID | None, case_id: UUID | None) -> EmploymentSpell:
    return EmploymentSpell(
        person_id=hire.person_id,
        region_code=hire.region_code,
        employer_id=employer_id,
        kind=kind,
        since=hire.since,
        contract_kind=hire.contract_kind,
        contract_until=hire.contract_until,
        occupation=hire.occupation,
        monthly_pay_fen=hire.monthly_pay_fen,
        case_id=case_id,
    )


def _occurrence(hire: Hire, kind: str, employer_id: UUID | None, case_id: UUID | None) -> Occurrence:
    return Occurrence(hire.person_id, hire.region_code, _EVENT_OF[kind], hire.since, "case", employer_id, case_id)
