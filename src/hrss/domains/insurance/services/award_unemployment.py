"""Award unemployment benefit: months by Chongqing's ladder with what was left of the last time, the monthly standard.

It refuses whoever does not meet article 45 of the social insurance law. The months counted here count never again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.models import Award, AwardEvent
from hrss.domains.insurance.services import entitling
from hrss.domains.insurance.services.award_pension import save_once
from hrss.domains.insurance.services.keeping import note
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problems
from hrss.rules.engine.explanation import Explanation


@dataclass(frozen=True, slots=True)
class BenefitPlan:
    """What the benefit would be: months paid and counted, months to draw, the standard of the first month."""

    paid_months: int
    unused: int
    counted_until: YearMonth
    first: YearMonth
    months: Explanation
    standard: Explanation

    @property
    def last(self) -> YearMonth:
        """The last month."""
        return self.first + (int(self.months.amount) - 1)


def plan_unemployment(person_id: UUID, *, registered_on: date) -> BenefitPlan:
    """Give what the benefit would be from the month of the registration (失业保险条例第十六条)."""
    found = queries.contribution_months([person_id]).get(person_id)
    paid, unused = (found.unemployment if found else 0), queries.unused_months(person_id)
    first = YearMonth.of(registered_on)
    return BenefitPlan(
        paid_months=paid,
        unused=unused,
        counted_until=found.last if found else first,
        first=first,
        months=amounts.months_of_benefit(paid, unused, first.first_day),
        standard=amounts.standard(first.first_day),
    )


@verb("insurance.award_unemployment")
def award_unemployment(
    person_id: UUID,
    *,
    actor: Actor,
    region_code: str,
    registered_on: date,
    own_will: bool,
    on: date,
    case_id: UUID | None = None,
) -> Outcome:
    """Award the benefit to a person registered on ``registered_on``."""
    plan = plan_unemployment(person_id, registered_on=registered_on)
    problems = list(policies.may_draw_unemployment(plan.paid_months, own_will=own_will, registered=True))
    if problems:
        raise Problems(problems)
    award = Award(
        person_id=person_id,
        region_code=region_code,
        benefit=amounts.UNEMPLOYMENT_BENEFIT,
        case_id=case_id,
        first=plan.first.first_day,
        planned_last=plan.last.first_day,
        last=plan.last.first_day,
        amount_fen=int(plan.standard.amount),
        facts={
            "paid_months": plan.paid_months,
            "unused": plan.unused,
            "months": int(plan.months.amount),
            "counted_until": str(plan.counted_until),
            "registered_on": registered_on.isoformat(),
            "months_basis": amounts.stored(plan.months),
        },
        explanation=amounts.stored(plan.standard),
    )
    save_once(award)
    entitling.grant(award, actor=actor)
    return note(award, AwardEvent.Kind.GRANTED, actor=actor, on=on, case_id=case_id)
