"""就业困难人员认定: the category follows the rule, not the wish (就业促进法第五十二条)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Outlook, Plain, Subject
from hrss.domains.employment import policies, queries
from hrss.domains.employment.handlers import outlooks
from hrss.domains.employment.services.recognise_hardship import recognise_hardship
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


class HardshipRecognitionHandler(Plain):
    """JY018."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Registered as unemployed, and the category really applies."""
        found = self._category(case, actor)
        return [found] if isinstance(found, Problem) else []

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the category the rule gives; a refusal names the rule."""
        found = self._category(case, actor)
        if isinstance(found, Problem):
            return DecisionFacts(granted=False, reasons=str(found))
        return DecisionFacts(facts={"category": found} | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Open the recognition."""
        if case.person_id is None or case.decided_on is None:
            raise Problem("employment.not_decided", "案件还没有决定", remedy="请先作出决定，再执行", status=409)
        category = str(case.result.get("category") or case.data["category"])
        done = recognise_hardship(
            case.person_id,
            actor=actor,
            region_code=case.region_code,
            category=category,
            on=case.decided_on,
            case_id=case.id,
        )
        return EffectResult(f"hardship:{case.person_id}:{case.decided_on.isoformat()}", done.to_json())

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Say whether registration and age already fit."""
        if subject.person_id is None:
            return None
        with elevated(actor):
            person = Person.objects.get(id=subject.person_id)
            registered = queries.open_registration(subject.person_id) is not None
        return outlooks.of_hardship(person, registered=registered, on=timezone.localdate())

    def _category(self, case: CaseFacts, actor: Actor) -> str | Problem:
        if case.person_id is None:
            return Problem("employment.person_needed", "就业困难人员认定要由本人申请", remedy="请选择办理对象")
        with elevated(actor):
            person = Person.objects.get(id=case.person_id)
            registered = queries.open_registration(case.person_id) is not None
        return policies.hardship_category(
            str(case.data["category"]),
            registered=registered,
            sex=person.sex,
            birth=person.birth_date,
            on=case.submitted_on,
            graduated_on=case.data.get("graduated_on"),
        )
