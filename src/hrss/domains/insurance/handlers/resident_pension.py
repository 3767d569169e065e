"""城乡居民养老保险待遇申领: conditions, calculation with its steps, entitlement (SB029)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Outlook, Subject
from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.handlers import known, paying_to, subjects
from hrss.domains.insurance.services.award_pension import award_pension, plan_pension, years_words
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem
from hrss.rules.engine.explanation import Explanation


class ResidentPensionHandler(known.Knowing):
    """SB029."""

    fills = (known.about_account,)

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Enrolled, sixty, years complete, no other pension, not drawing yet, an account to pay to."""
        person = subjects.person_of(subjects.applicant_of(case), actor=actor)
        problems = _standing(person, actor, other_pension=bool(case.data.get("other_pension")))
        return [*problems, *paying_to.account_problems(case, actor=actor)]

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the pension the rule gives, every part of it in words."""
        person = subjects.person_of(subjects.applicant_of(case), actor=actor)
        problems = _standing(person, actor, other_pension=bool(case.data.get("other_pension")))
        if problems:
            return DecisionFacts(granted=False, reasons="；".join(problem.message for problem in problems))
        with elevated(actor):
            plan = plan_pension(person, on=case.submitted_on)
        facts = {
            "每月养老金": f"{yuan(int(plan.found.amount))} 元",
            "从哪个月起": f"{plan.first.year}年{plan.first.month}月",
            "缴费年限": years_words(plan.facts),
            "个人账户储存额": f"{yuan(int(plan.facts['account']))} 元",
        }
        return DecisionFacts(facts=facts | parts_of(plan.found) | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Take up the account, award the pension."""
        person_id = subjects.applicant_of(case)
        paying_to.take_up_account(case, actor=actor)
        with elevated(actor) as officer:
            done = award_pension(
                person_id,
                actor=officer,
                region_code=case.region_code,
                on=case.decided_on or case.submitted_on,
                case_id=case.id,
            )
        return EffectResult(f"pension:{person_id}", done.to_json())

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Say whether the pension may be claimed now and what it would be."""
        if subject.person_id is None:
            return None
        person = subjects.person_of(subject.person_id, actor=actor)
        problems = _standing(person, actor)
        if problems:
            return Outlook(False, problems[0].message, problems[0].remedy)
        with elevated(actor):
            plan = plan_pension(person, on=timezone.localdate())
        return Outlook(
            True,
            "您可以申领养老金",
            f"从{plan.first.year}年{plan.first.month}月起算，以核定为准。",
            yuan(int(plan.found.amount)),
            "元/月",
        )


def parts_of(found: Explanation) -> dict[str, str]:
    """Give the parts of a pension as rows of the decision; a part of nothing is left out."""
    names = {"base": "其中：基础养老金", "part": "其中：个人账户养老金", "extra": "其中：缴费年限养老金"}
    names |= {"old": "其中：高龄加发", "child": "其中：独生子女加发"}
    return {title: f"{yuan(int(found.part(name)))} 元" for name, title in names.items() if found.part(name)}


def _standing(person: Person, actor: Actor, *, other_pension: bool = False) -> list[Problem]:
    with elevated(actor):
        if queries.running_award(person.id, amounts.PENSION_BENEFIT) is not None:
            return [policies.already("已经在领居民养老金", "请在“我的社保”里查看发放记录")]
        enrolled = queries.open_enrolment(person.id) is not None
        years = queries.resident_years(person.id).years
    if not enrolled:
        return [policies.not_enrolled()]
    return list(
        policies.may_claim_pension(
            person.birth_date, person.death_date, years, timezone.localdate(), other_pension=other_pension
        )
    )
