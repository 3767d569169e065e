"""Award the residents' pension: settle the account, compute by the rule, entitle in the fund (国发〔2014〕8号).

It refuses whoever does not meet the conditions on the day, and a second running award.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.insurance import amounts, policies, queries
from hrss.domains.insurance.models import Award, AwardEvent
from hrss.domains.insurance.services import accounts, entitling
from hrss.domains.insurance.services.keeping import note
from hrss.foundation.people.cards import age_on
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problems
from hrss.rules.engine.explanation import Explanation


@dataclass(frozen=True, slots=True)
class PensionPlan:
    """What a pension would be: first month, the stored facts, the first calculation."""

    first: YearMonth
    facts: Mapping[str, Any]
    found: Explanation


def plan_pension(person: Person, *, on: date) -> PensionPlan:
    """Give what the pension of ``person`` would be if claimed on ``on``; conditions are checked elsewhere."""
    years = queries.resident_years(person.id)
    enrolment = queries.open_enrolment(person.id)
    first = policies.first_month(person.birth_date, years.last_paid_on or on)
    account = queries.account_in(person.id, first - 1)
    facts = {
        "account": account.balance,
        "years": years.regular,
        "made_up": len(years.years) - years.regular,
        "born": person.birth_date.isoformat(),
        "one_child": bool(enrolment and enrolment.has_one_child),
    }
    return PensionPlan(first, facts, amounts.pension(month_facts(facts, first), first))


def years_words(facts: Mapping[str, Any]) -> str:
    """Say how many years were paid, and how many of them were made up late and count for no addition."""
    late = int(facts.get("made_up", 0))
    whole = f"{int(facts['years']) + late} 年"
    return f"{whole}，其中补缴 {late} 年（不计入加发）" if late else whole


def month_facts(facts: Mapping[str, Any], month: YearMonth) -> dict[str, int]:
    """Give the facts of the rule in a month: the age is that of its first day."""
    return {
        "account": int(facts["account"]),
        "years": int(facts["years"]),
        "age": age_on(date.fromisoformat(facts["born"]), month.first_day),
        "one_child": bool(facts["one_child"]),
    }


@verb("insurance.award_pension")
def award_pension(person_id: UUID, *, actor: Actor, region_code: str, on: date, case_id: UUID | None = None) -> Outcome:
    """Award the pension from the month after its conditions are met; the account is settled at the month before."""
    person = Person.objects.get(id=person_id)
    paid = queries.resident_years(person_id)
    problems = list(policies.may_claim_pension(person.birth_date, person.death_date, paid.years, on))
    if problems:
        raise Problems(problems)
    plan = plan_pension(person, on=on)
    accounts.settle(person_id, region_code=region_code, month=plan.first - 1, on=on)
    award = Award(
        person_id=person_id,
        region_code=region_code,
        benefit=amounts.PENSION_BENEFIT,
        case_id=case_id,
        first=plan.first.first_day,
        amount_fen=int(plan.found.amount),
        facts=dict(plan.facts),
        explanation=amounts.stored(plan.found),
    )
    save_once(award)
    entitling.grant(award, actor=actor)
    return note(award, AwardEvent.Kind.GRANTED, actor=actor, on=on, case_id=case_id)


def save_once(award: Award) -> None:
    """Write a new award; Problem 409 where the same benefit is running already."""
    try:
        with transaction.atomic():
            award.save(force_insert=True)
    except IntegrityError:
        raise policies.already(f"{amounts.TITLES[award.benefit]}已经核定过", "请在“我的社保”里查看") from None
