"""失业保险金申领: months from our own records, the registration from employment, nothing asked twice (SB068)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult, Outlook, Subject
from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.handlers import known, paying_to, subjects
from hrss.domains.insurance.services.award_unemployment import award_unemployment, plan_unemployment
from hrss.foundation.people.elevation import elevated
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem

RESIGNED = "resigned"


class UnemploymentBenefitHandler(known.Knowing):
    """SB068."""

    fills = (known.about_account, known.about_leaving)

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Paid a year, not by own will, registered, not drawing yet, an account to pay to."""
        registration = known.registration_of(subjects.applicant_of(case), actor=actor)
        return [*_standing(case, registration, actor), *paying_to.account_problems(case, actor=actor)]

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the months and the standard the rules give."""
        registration = known.registration_of(subjects.applicant_of(case), actor=actor)
        problems = _standing(case, registration, actor)
        if problems:
            return DecisionFacts(granted=False, reasons="；".join(problem.message for problem in problems))
        registered_on = _registered_on(case, registration)
        with elevated(actor):
            plan = plan_unemployment(subjects.applicant_of(case), registered_on=registered_on)
        facts = {
            "失业保险缴费": f"{plan.paid_months} 个月",
            "上次没领完": f"{plan.unused} 个月",
            "可以领": f"{int(plan.months.amount)} 个月（{plan.first}至{plan.last}）",
            "每月标准": f"{yuan(int(plan.standard.amount))} 元",
        }
        return DecisionFacts(facts=facts | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Take up the account, award the benefit from the month of the registration."""
        person_id = subjects.applicant_of(case)
        registered_on = _registered_on(case, known.registration_of(person_id, actor=actor))
        paying_to.take_up_account(case, actor=actor)
        with elevated(actor) as officer:
            done = award_unemployment(
                person_id,
                actor=officer,
                region_code=case.region_code,
                registered_on=registered_on,
                own_will=case.data.get("leave_reason") == RESIGNED,
                on=case.decided_on or case.submitted_on,
                case_id=case.id,
            )
        return EffectResult(f"unemployment_benefit:{person_id}:{registered_on.isoformat()}", done.to_json())

    def outlook(self, subject: Subject, *, actor: Actor) -> Outlook | None:
        """Say for how many months and how much, from the records alone."""
        if subject.person_id is None:
            return None
        with elevated(actor):
            plan = plan_unemployment(subject.person_id, registered_on=timezone.localdate())
        if not plan.months.amount:
            return Outlook(False, f"失业保险累计缴费 {plan.paid_months} 个月", "满一年、登记失业后才能申领。")
        return Outlook(
            True,
            f"您最多可以领 {int(plan.months.amount)} 个月",
            f"失业保险累计缴费 {plan.paid_months} 个月；不是自己辞职、已经登记失业的可以领。",
            yuan(int(plan.standard.amount)),
            "元/月",
        )


def _standing(case: CaseFacts, registration: Mapping[str, object], actor: Actor) -> list[Problem]:
    person_id = subjects.applicant_of(case)
    with elevated(actor):
        if queries.running_award(person_id, amounts.UNEMPLOYMENT_BENEFIT) is not None:
            return [policies.already("已经在领失业保险金", "请在“我的社保”里查看发放记录")]
        found = queries.contribution_months([person_id]).get(person_id)
    paid, own_will = (found.unemployment if found else 0), case.data.get("leave_reason") == RESIGNED
    registered = bool(registration.get("is_registered"))
    return list(policies.may_draw_unemployment(paid, own_will=own_will, registered=registered))


def _registered_on(case: CaseFacts, registration: Mapping[str, object]) -> date:
    found = registration.get("registered_on")
    return date.fromisoformat(str(found)) if found else case.submitted_on
