"""城乡居民养老保险参保登记: SB008; and its end, SB035."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Outlook, Plain, Subject
from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.handlers import subjects
from hrss.domains.insurance.services.enrol_resident import end_enrolment, enrol_resident
from hrss.foundation.people.elevation import elevated
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem


class ResidentEnrolmentHandler(Plain):
    """SB008."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Of age, alive, not enrolled, a grade of the table."""
        person = subjects.person_of(subjects.applicant_of(case), actor=actor)
        problems = list(policies.may_enrol(person.birth_date, person.death_date, case.submitted_on))
        with elevated(actor):
            enrolled = queries.open_enrolment(person.id) is not None
        if enrolled:
            problems.append(policies.already("已经参加城乡居民养老保险", "可以直接在“我的社保”里缴费"))
        grade = policies.grade_problem(int(case.data["grade"]), str(case.data["category"]), case.submitted_on)
        return [*problems, grade] if grade else problems

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the enrolment with the grade and its subsidy."""
        grade = int(case.data["grade"])
        subsidy = amounts.subsidy(grade, late=False, on=case.submitted_on)
        return DecisionFacts(
            facts={"缴费档次": f"{grade} 元/年", "政府补贴": f"{yuan(int(subsidy.amount))} 元/年"} | dict(case.result)
        )

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Open the enrolment."""
        person_id = subjects.applicant_of(case)
        with elevated(actor) as officer:
            done = enrol_resident(
                person_id,
                actor=officer,
                region_code=case.region_code,
                grade_yuan=int(case.data["grade"]),
                on=case.submitted_on,
                category=str(case.data["category"]),
                has_one_child=bool(case.data.get("one_child")),
                case_id=case.id,
            )
        return EffectResult(f"resident:{person_id}:{case.submitted_on.isoformat()}", done.to_json())

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Say whether the person may enrol."""
        if subject.person_id is None:
            return None
        today = timezone.localdate()
        person = subjects.person_of(subject.person_id, actor=actor)
        with elevated(actor):
            enrolled = queries.open_enrolment(person.id) is not None
        if enrolled:
            return Outlook(False, "您已经参保", "可以在“我的社保”里缴费、看账户。")
        problems = list(policies.may_enrol(person.birth_date, person.death_date, today))
        if problems:
            return Outlook(False, problems[0].message, problems[0].remedy)
        return Outlook(True, "您可以参保", "每年缴一次，政府给补贴，满六十周岁按月领养老金，领到终身。")


class EnrolmentEndHandler(Plain):
    """SB035."""

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Enrolled, and no pension running."""
        try:
            person = subjects.named_person(case, actor=actor)
        except Problem as problem:
            return [problem]
        with elevated(actor):
            if queries.open_enrolment(person.id) is None:
                return [policies.not_enrolled()]
            if queries.running_award(person.id, amounts.PENSION_BENEFIT) is not None:
                return [policies.already("还在领居民养老金", "请先办理暂停养老保险待遇")]
        return []

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """End the enrolment."""
        person = subjects.named_person(case, actor=actor)
        with elevated(actor) as officer:
            done = end_enrolment(person.id, actor=officer, on=case.submitted_on, reason=str(case.data["reason"]))
        return EffectResult(f"resident_end:{person.id}:{case.submitted_on.isoformat()}", done.to_json())
