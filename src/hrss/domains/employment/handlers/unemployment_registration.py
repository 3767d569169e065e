"""失业登记: conditions, proposal and effect (就业服务与就业管理规定第六十三至六十五条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Outlook, Plain, Prefilled, Subject
from hrss.domains.employment import policies, queries
from hrss.domains.employment.handlers import known, outlooks
from hrss.domains.employment.services.happen import leave_jobs
from hrss.domains.employment.services.register_unemployment import (
    Registration,
    already_registered,
    register_unemployment,
)
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


class UnemploymentRegistrationHandler(Plain):
    """JY010."""

    def prefill(self, subject: Subject, *, actor: Actor) -> Mapping[str, Prefilled]:
        """Know the last job."""
        if subject.person_id is None:
            return {}
        return known.about_last_job(subject.person_id)

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Working age, alive, not at work, not registered already."""
        person_id = _person(case)
        problems = _standing(person_id, case.submitted_on, actor)
        with elevated(actor):
            employer = queries.employers_now([person_id]).get(person_id, "")
        if employer and not _left_since(case):
            problems.append(policies.still_employed(employer))
        return problems

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the registration from the day of application; insurance says how long the person paid."""
        months = known.months_paid(_person(case), actor=actor)
        told = {"失业保险缴费": f"{months} 个月"} if months else {}
        return DecisionFacts(facts={"registered_on": case.submitted_on.isoformat()} | told)

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """End the job that was left, open the registration."""
        person_id, on = _person(case), case.submitted_on
        left = case.data.get("leave_date")
        registration = Registration(
            situation=str(case.data["situation"]),
            leave_reason=str(case.data.get("leave_reason", "")),
            left_on=date.fromisoformat(left) if left else None,
            last_employer=str(case.data.get("last_employer", "")),
            wanted_job=str(case.data.get("wanted_job", "")),
        )
        leave_jobs(person_id, on=registration.left_on or on, reason=registration.leave_reason, case_id=case.id)
        done = register_unemployment(
            person_id, actor=actor, region_code=case.region_code, registration=registration, on=on, case_id=case.id
        )
        return EffectResult(f"unemployment:{person_id}:{on.isoformat()}", done.to_json())

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Say whether the person may register now, and what it leads to."""
        if subject.person_id is None:
            return None
        today = timezone.localdate()
        return outlooks.of_unemployment(_standing(subject.person_id, today, actor), today)


def _standing(person_id: UUID, on: date, actor: Actor) -> list[Problem]:
    """Give what the registers say against a registration, whatever the answers are."""
    with elevated(actor):
        person = Person.objects.get(id=person_id)
        registered = queries.open_registration(person_id) is not None
    problems = list(policies.may_register_unemployed(person.birth_date, person.death_date, on))
    return [*problems, already_registered()] if registered else problems


def _person(case: CaseFacts) -> UUID:
    if case.person_id is None:
        raise Problem("employment.person_needed", "失业登记要由本人申请", remedy="请选择办理对象")
    return case.person_id


def _left_since(case: CaseFacts) -> bool:
    """The applicant says the job has ended; the employer's duty to report it is another matter (社会保险法第五十条)."""
    return case.data.get("situation") == "left_unit" and bool(case.data.get("leave_date"))
