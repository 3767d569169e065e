"""单位招用人员就业登记: many hires in one case, every wrong row told in one go, nothing half done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Plain
from hrss.domains.employment import policies
from hrss.domains.employment.handlers.matching import people_by_id_number
from hrss.domains.employment.models import EmploymentSpell
from hrss.domains.employment.services.register_employment import Hire, register_employment
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.foundation.people.services.register_person import register_person
from hrss.foundation.regions.queries import children_of
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


class EmployerRegistration(Plain):
    """JY012."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """The firm exists; each hire is alive, of age, named as the register names them and not hired here already."""
        hires = list(case.data["hires"])
        if case.organisation_id is None:
            return [_firm_needed()]
        with elevated(actor):
            firm = Organisation.objects.get(id=case.organisation_id)
            found = people_by_id_number([str(hire["id_number"]) for hire in hires])
            here = set(
                EmploymentSpell.objects.filter(
                    employer_id=firm.id, until=None, person_id__in=[person.id for person in found.values()]
                ).values_list("person_id", flat=True)
            )
        problems = list(policies.firm_may_hire(firm))
        for row, hire in enumerate(hires):
            problems += policies.hire_problems(row, hire, found.get(str(hire["id_number"])), here, case.submitted_on)
        return problems

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the registration of all."""
        return DecisionFacts(facts={"people": len(case.data["hires"])} | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Open a job for each hire, wherever in the county the person is registered."""
        if case.organisation_id is None:
            raise _firm_needed()
        rows = list(case.data["hires"])
        with elevated(actor) as system:
            found = people_by_id_number([str(row["id_number"]) for row in rows])
            firm = Organisation.objects.get(id=case.organisation_id)
            hires = [self._hire(number, row, found, firm, system) for number, row in enumerate(rows)]
            done = register_employment(
                hires,
                actor=system,
                kind=EmploymentSpell.Kind.EMPLOYER,
                today=max(case.submitted_on, case.decided_on or case.submitted_on),
                employer_id=firm.id,
                case_id=case.id,
            )
        return EffectResult(f"hired:{case.id}", done.to_json())

    def _hire(
        self, number: int, row: Mapping[str, Any], found: Mapping[str, Person], firm: Organisation, system: Actor
    ) -> Hire:
        person = found.get(str(row["id_number"]))
        person_id, region = (person.id, person.region_code) if person else self._newcomer(row, firm, system)
        until, pay = row.get("contract_until"), row.get("monthly_pay")
        return Hire(
            person_id=person_id,
            region_code=region,
            since=date.fromisoformat(str(row["hired_on"])),
            contract_kind=str(row.get("contract_kind", "")),
            contract_until=date.fromisoformat(str(until)) if until else None,
            occupation=str(row.get("occupation", "")),
            monthly_pay_fen=int(pay) * 100 if pay is not None else None,
            row=number,
        )

    def _newcomer(self, row: Mapping[str, Any], firm: Organisation, system: Actor) -> tuple[UUID, str]:
        """Make the record of a worker from elsewhere, at the firm's place (劳动者在就业地登记)."""
        inside = children_of(firm.region_code)
        village = inside[0].code if inside else firm.region_code
        made = register_person(
            actor=system, name=str(row["name"]), id_number=str(row["id_number"]), region_code=village
        )
        return UUID(made.id), village


def _firm_needed() -> Problem:
    return Problem("employment.firm_needed", "请以单位身份申请", remedy="请先切换到单位账号")
