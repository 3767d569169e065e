"""What a death leaves to the family: SB034 funeral, SB033 account, SB070 the unemployed; one handler each."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hrss.casework.handlers import CaseFacts, DecisionFacts, EffectResult
from hrss.domains.insurance import amounts, policies
from hrss.domains.insurance.handlers import known, paying_to, subjects
from hrss.domains.insurance.models import Award
from hrss.domains.insurance.services.award_death_grant import Death, award_death_grant, plan_grant
from hrss.foundation.people.elevation import elevated
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem
from hrss.rules.engine.explanation import Explanation


class DeathGrantHandler(known.Knowing):
    """A grant made once for each deceased, to one of the family."""

    fills = (known.about_account,)

    def __init__(self, benefit: str) -> None:
        self._benefit = benefit

    def check(self, case: CaseFacts, *, actor: Actor) -> Sequence[Problem]:
        """Somebody of that name has died, something is due, nobody was granted it, an account to pay to."""
        try:
            self._plan(case, actor)
        except Problem as problem:
            return [problem]
        return list(paying_to.account_problems(case, actor=actor))

    def decide(self, case: CaseFacts, *, actor: Actor) -> DecisionFacts:
        """Propose the amount the rule gives."""
        try:
            death, found = self._plan(case, actor)
        except Problem as problem:
            return DecisionFacts(granted=False, reasons=problem.message)
        facts = {
            "去世的人": death.person.name,
            "去世日期": death.died_on.isoformat(),
            "一次性金额": f"{yuan(int(found.amount))} 元",
        }
        return DecisionFacts(facts=facts | dict(case.result))

    def effect(self, case: CaseFacts, *, actor: Actor) -> EffectResult:
        """Take up the account, award the grant."""
        deceased_id = subjects.named_person(case, actor=actor).id
        paying_to.take_up_account(case, actor=actor)
        with elevated(actor) as officer:
            done = award_death_grant(
                subjects.applicant_of(case),
                actor=officer,
                region_code=case.region_code,
                deceased_id=deceased_id,
                benefit=self._benefit,
                on=case.decided_on or case.submitted_on,
                case_id=case.id,
            )
        return EffectResult(f"{self._benefit}:{deceased_id}", done.to_json())

    def _plan(self, case: CaseFacts, actor: Actor) -> tuple[Death, Explanation]:
        person = subjects.named_person(case, actor=actor)
        if person.id == case.person_id:
            raise policies.not_deceased()
        with elevated(actor):
            _refuse_second(person.id, self._benefit)
            death = Death.of(person)
            return death, plan_grant(death, self._benefit)


def _refuse_second(deceased_id: UUID, benefit: str) -> None:
    if Award.objects.filter(deceased_id=deceased_id, benefit=benefit).exists():
        raise policies.already(f"{amounts.TITLES[benefit]}已经核定给家属", "请与其他家属核实")
