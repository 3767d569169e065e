"""The four items with handlers: what they refuse at application, what a grant does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.foundation.people.builders import (
    BAIDI,
    TUXIANG,
    fresh_number,
    load_county,
    make_person,
    public,
    staff,
    village,
)

from hrss.casework import services
from hrss.casework.handlers import CaseFacts, EffectResult
from hrss.casework.items.publish import publish
from hrss.domains.employment import queries
from hrss.domains.employment.handlers import HANDLERS
from hrss.domains.employment.models import ZeroEmploymentFamily
from hrss.domains.employment.services import Hire, register_employment, register_unemployment
from hrss.domains.employment.services.register_unemployment import Registration
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, system_actor
from hrss.kernel.identifiers import uuid7
from hrss.kernel.problem import Problem, Problems

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
PROMISES = {code: {"promise": True} for code in ("identity", "leave_proof", "household", "low_income")}


@pytest.fixture(autouse=True)
def county() -> None:
    load_county()
    publish("fengjie", actor=SYSTEM)


def laid_off(**more: Any) -> dict[str, Any]:
    left = timezone.localdate() - timedelta(days=10)
    return {
        "situation": "left_unit",
        "leave_date": left.isoformat(),
        "leave_reason": "dismissed",
        "phone": "10012345678",
        "residence": village(),
        "willing": True,
    } | more


def facts_of(code: str, data: dict[str, Any], **more: Any) -> CaseFacts:
    today = timezone.localdate()
    return CaseFacts(
        id=uuid7(),
        number="",
        item_code=code,
        line="employment",
        region_code=village(),
        person_id=more.get("person_id"),
        organisation_id=more.get("organisation_id"),
        agent_person_id=None,
        data=data,
        result=more.get("result", {}),
        materials={},
        submitted_on=today,
        decided_on=today,
    )


def grant(handler: str, facts: CaseFacts) -> EffectResult:
    """What casework does with a handler on the way to a grant."""
    made, officer = HANDLERS[handler], staff(Function.REVIEWER)
    with acting(officer):
        assert list(made.check(facts, actor=officer)) == []
        assert made.decide(facts, actor=officer).granted
        return made.effect(facts, actor=officer)


def refused(code: str, data: dict[str, Any], person_id: UUID) -> list[Problem]:
    with pytest.raises(Problem) as refusal:
        services.apply(code, data, actor=public(person_id), materials=PROMISES)
    return [*refusal.value] if isinstance(refusal.value, Problems) else [refusal.value]


def make_firm() -> Organisation:
    with acting(SYSTEM):
        return Organisation.objects.create(
            kind="employer", name="夔门制衣厂", pinyin="k", credit_code="91999236A27552043L", region_code=BAIDI
        )


def clerk_of(firm: Organisation) -> Actor:
    return Actor(
        ActorKind.PUBLIC,
        account=uuid7(),
        person=uuid7(),
        acting_for_organisation=firm.id,
        purpose="delegate",
        scopes=frozenset({"*"}),
    )


def test_unemployment_registration_ends_the_old_job() -> None:
    person, firm = make_person("王春花", region=village()), make_firm()
    since = timezone.localdate() - timedelta(days=400)
    register_employment(
        [Hire(person.id, village(), since)], actor=SYSTEM, kind="employer", today=since, employer_id=firm.id
    )
    grant("employment.unemployment_registration", facts_of("JY010", laid_off(), person_id=person.id))
    with acting(SYSTEM):
        record = queries.work_record(person.id)
    assert record.registered_on == timezone.localdate()
    assert record.jobs[0].until == timezone.localdate() - timedelta(days=10)
    assert [one.code for one in refused("JY010", laid_off(), person.id)] == ["employment.registered"]


@pytest.mark.parametrize(("born", "code"), [(date(2012, 5, 1), "too_young"), (date(1950, 5, 1), "past_working_age")])
def test_outside_working_age_nobody_is_registered(born: date, code: str) -> None:
    person = make_person("王春花", region=village(), number=fresh_number(born))
    assert [one.code for one in refused("JY010", laid_off(), person.id)] == [f"employment.{code}"]


def seek(person_id: UUID, situation: str = "other") -> None:
    register_unemployment(
        person_id,
        actor=SYSTEM,
        region_code=village(),
        registration=Registration(situation),
        on=timezone.localdate(),
    )


HARD = {"category": "age", "phone": "10012345678", "statement": "找工作很难"}


def test_hardship_follows_the_rule() -> None:
    person = make_person("胡春菊", region=village(), number=fresh_number(date(1970, 5, 1)))
    seek(person.id)
    grant("employment.hardship_recognition", facts_of("JY018", HARD, person_id=person.id, result={"category": "age"}))
    with acting(SYSTEM):
        assert queries.work_record(person.id).hardship == "age"


def test_a_young_person_is_not_hard_to_employ_by_age() -> None:
    person = make_person("叶小瑶", region=village(), number=fresh_number(date(2000, 5, 1)))
    seek(person.id, "graduate")
    assert "employment.no_hardship_group" in {one.code for one in refused("JY018", HARD, person.id)}


def test_without_registration_nobody_is_hard_to_employ() -> None:
    person = make_person("胡春菊", region=village(), number=fresh_number(date(1980, 5, 1)))
    assert "employment.not_registered" in {one.code for one in refused("JY018", HARD, person.id)}


def family_of(head: str, spouse: str) -> dict[str, Any]:
    members = [
        {"name": "刘光波", "id_number": head, "relation": "self", "situation": "unemployed"},
        {"name": "周红", "id_number": spouse, "relation": "spouse", "situation": "unemployed"},
    ]
    return {"members": members, "phone": "10012345678", "wanted_job": "我想做保安"}


def test_a_family_with_one_at_work_is_refused_with_the_row() -> None:
    numbers = fresh_number(date(1978, 5, 1)), fresh_number(date(1980, 5, 1))
    head = make_person("刘光波", region=village(), number=numbers[0])
    spouse = make_person("周红", region=village(), number=numbers[1])
    today = timezone.localdate()
    seek(head.id)
    register_employment([Hire(spouse.id, village(), today)], actor=SYSTEM, kind="flexible", today=today)
    found = {(one.code, one.field) for one in refused("JY019", family_of(*numbers), head.id)}
    assert ("employment.member_works", "members.1.situation") in found


def test_a_family_without_work_is_recognised() -> None:
    numbers = fresh_number(date(1978, 5, 1)), fresh_number(date(1980, 5, 1))
    people = [make_person("刘光波", region=village(), number=numbers[0])]
    people.append(make_person("周红", region=village(), number=numbers[1]))
    for person in people:
        seek(person.id)
    grant("employment.zero_employment_family", facts_of("JY019", family_of(*numbers), person_id=people[0].id))
    with acting(SYSTEM):
        family = ZeroEmploymentFamily.objects.get(head_id=people[0].id)
    assert set(family.members) == {str(person.id) for person in people}


def test_a_firm_hires_people_of_other_townships_and_newcomers() -> None:
    firm, known, newcomer = make_firm(), fresh_number(date(1990, 5, 1)), fresh_number(date(1991, 5, 1))
    make_person("李远山", region=village(TUXIANG), number=known)
    hires = [
        {"name": name, "id_number": number, "hired_on": timezone.localdate().isoformat(), "contract_kind": "open"}
        for name, number in (("李远山", known), ("赵新来", newcomer))
    ]
    data = {"contact": "陈会计", "phone": "10012345678", "hires": hires}
    grant("employment.employer_registration", facts_of("JY012", data, organisation_id=firm.id))
    assert {one.name for one in queries.workers_of(firm.id, actor=clerk_of(firm))} == {"李远山", "赵新来"}


def test_wrong_names_are_told_row_by_row() -> None:
    firm, number = make_firm(), fresh_number(date(1990, 5, 1))
    make_person("李远山", region=village(TUXIANG), number=number)
    hire = {"name": "李远", "id_number": number, "hired_on": timezone.localdate().isoformat(), "contract_kind": "open"}
    facts = facts_of("JY012", {"hires": [hire]}, organisation_id=firm.id)
    officer = staff(Function.REVIEWER)
    with acting(officer):
        problems = HANDLERS["employment.employer_registration"].check(facts, actor=officer)
    assert [(one.code, one.field) for one in problems] == [("employment.name_differs", "hires.0.name")]
