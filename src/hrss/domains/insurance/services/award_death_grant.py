"""Award what a death leaves to the family: funeral grant, what is left of the account, relief of the unemployed.

A grant is made once for each deceased and kind, whoever of the family asks first; the database says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.models import Award, AwardEvent
from hrss.domains.insurance.services import entitling
from hrss.domains.insurance.services.award_pension import month_facts, save_once
from hrss.domains.insurance.services.keeping import note
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.rules.engine.explanation import Explanation


def nothing_due() -> Problem:
    """Say that nothing is due."""
    return Problem(
        "insurance.no_grant",
        "这位去世人员没有可以领取的这项待遇",
        rule="社会保险法第十四条、第四十九条；重庆市城乡居民基本养老保险办法",
        remedy="参加过其他保险的，请到窗口核实",
        field="deceased_id",
        status=409,
    )


@dataclass(frozen=True, slots=True)
class Death:
    """A death on record with the awards that were running then."""

    person: Person
    died_on: date
    pension: Award | None
    unemployment: Award | None

    @classmethod
    def of(cls, person: Person) -> Death:
        """Give the death of a person. Problem ``insurance.not_deceased`` where none is on record."""
        if person.death_date is None:
            raise policies.not_deceased()
        month = YearMonth.of(person.death_date)
        drawn = Award.objects.filter(person_id=person.id, deceased=None, first__lte=month.first_day).order_by("-first")
        alive = [one for one in drawn if one.last is None or YearMonth.of(one.last) >= month]
        by_benefit = {one.benefit: one for one in reversed(alive)}
        return cls(
            person,
            person.death_date,
            by_benefit.get(amounts.PENSION_BENEFIT),
            by_benefit.get(amounts.UNEMPLOYMENT_BENEFIT),
        )


def plan_grant(death: Death, benefit: str) -> Explanation:
    """Give what a grant after a death comes to. Problem ``insurance.no_grant`` where nothing is due."""
    plans = {
        amounts.RESIDENT_DEATH_GRANT: _funeral,
        amounts.RESIDENT_ACCOUNT: _account,
        amounts.UNEMPLOYMENT_DEATH_GRANT: _unemployed,
    }
    found = plans[benefit](death)
    if not found.amount:
        raise nothing_due()
    return found


@verb("insurance.award_death_grant")
def award_death_grant(
    payee_id: UUID,
    *,
    actor: Actor,
    region_code: str,
    deceased_id: UUID,
    benefit: str,
    on: date,
    case_id: UUID | None = None,
) -> Outcome:
    """Award one grant after a death to one of the family."""
    death = Death.of(Person.objects.get(id=deceased_id))
    found = plan_grant(death, benefit)
    award = Award(
        person_id=payee_id,
        region_code=region_code,
        benefit=benefit,
        deceased_id=deceased_id,
        case_id=case_id,
        first=YearMonth.of(on).first_day,
        planned_last=YearMonth.of(on).first_day,
        last=YearMonth.of(on).first_day,
        amount_fen=int(found.amount),
        facts={"deceased": str(deceased_id), "died_on": death.died_on.isoformat(), "amount": int(found.amount)},
        explanation=amounts.stored(found),
        state=Award.State.ENDED,
        end_reason="一次性待遇",
    )
    save_once(award)
    entitling.grant_once(award, actor=actor, purpose=f"death:{deceased_id}")
    return note(award, AwardEvent.Kind.GRANTED, actor=actor, on=on, case_id=case_id)


def _funeral(death: Death) -> Explanation:
    if death.pension is not None:
        month = YearMonth.of(death.died_on)
        monthly = int(amounts.pension(month_facts(death.pension.facts, month), month).amount)
        return amounts.funeral_grant(drawing=True, years_paid=0, monthly=monthly, on=death.died_on)
    years = queries.resident_years(death.person.id)
    monthly = amounts.base_pension(death.died_on)
    return amounts.funeral_grant(drawing=False, years_paid=len(years.years), monthly=monthly, on=death.died_on)


def _account(death: Death) -> Explanation:
    month = YearMonth.of(death.died_on)
    if death.pension is None:
        balance = queries.account_in(death.person.id, month).balance
        return amounts.remaining(balance, 0, 0)
    first, account = YearMonth.of(death.pension.first), int(death.pension.facts["account"])
    return amounts.remaining(account, amounts.account_part(account, first), month - first + 1)


def _unemployed(death: Death) -> Explanation:
    if death.unemployment is None:
        raise nothing_due()
    monthly = int(amounts.standard(death.died_on).amount)
    return amounts.unemployment_death_grant(monthly, death.died_on)
