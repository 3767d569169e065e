"""零就业家庭认定: every member of working age is unemployed, checked against the register (就业促进法第五十六条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Plain, Prefilled, Subject
from hrss.domains.employment import policies, queries
from hrss.domains.employment.handlers import known
from hrss.domains.employment.handlers.matching import people_by_id_number
from hrss.domains.employment.services.recognise_family import recognise_family
from hrss.domains.employment.statuses import Status
from hrss.foundation.people.elevation import elevated
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


class ZeroEmploymentFamilyHandler(Plain):
    """JY019."""

    def prefill(self, subject: Subject, *, actor: Actor) -> Mapping[str, Prefilled]:
        """Know the household."""
        if subject.person_id is None:
            return {}
        return known.about_household(subject.person_id, actor=actor)

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Each member said to be unemployed is registered so; nobody works; the rule holds."""
        members = list(case.data["members"])
        with elevated(actor):
            found = people_by_id_number([str(member["id_number"]) for member in members])
            statuses = queries.statuses([person.id for person in found.values()])
        problems = []
        for row, member in enumerate(members):
            person = found.get(str(member["id_number"]))
            status = Status(statuses[person.id].status) if person and person.id in statuses else Status.INACTIVE
            problems += _member_problems(row, member, status)
        return problems or policies.zero_employment(members, found, case.submitted_on)

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose what the checks say."""
        problems = self.check(case, actor=actor)
        if problems:
            return DecisionFacts(granted=False, reasons="；".join(str(problem) for problem in problems))
        return DecisionFacts(facts={"members": len(case.data["members"])} | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Open the recognition for the family."""
        if case.person_id is None or case.decided_on is None:
            raise Problem("employment.not_decided", "案件还没有决定", remedy="请先作出决定，再执行", status=409)
        with elevated(actor):
            found = people_by_id_number([str(member["id_number"]) for member in case.data["members"]])
        members: list[UUID] = [person.id for person in found.values()]
        done = recognise_family(
            case.person_id,
            actor=actor,
            region_code=case.region_code,
            members=members,
            on=case.decided_on,
            case_id=case.id,
        )
        return EffectResult(f"zero_employment:{case.person_id}:{case.decided_on.isoformat()}", done.to_json())


def _member_problems(row: int, member: Mapping[str, Any], status: Status) -> list[Problem]:
    name, field = member["name"], f"members.{row}.situation"
    if status is Status.EMPLOYED:
        return [
            Problem(
                "employment.member_works",
                f"{name}有就业登记，不符合零就业家庭条件",
                rule="就业促进法第五十六条：家庭成员均失业",
                remedy="如果已经离职，请先办理失业登记",
                field=field,
            )
        ]
    if member["situation"] == "unemployed" and status is not Status.UNEMPLOYED:
        return [
            Problem(
                "employment.member_not_registered",
                f"{name}还没有办理失业登记",
                rule="零就业家庭认定以失业登记为前提",
                remedy="请先为这位家人办理失业登记（JY010）",
                field=field,
            )
        ]
    return []
