"""The door through which a firm sees its workers: wherever they live, nobody else's, and nothing more of them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from tests.foundation.people.builders import BAIDI, TUXIANG, load_county, make_person, staff, village

from hrss.domains.employment import queries
from hrss.domains.employment.services import Hire, register_employment
from hrss.foundation.audit.models import Event
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, system_actor
from hrss.kernel.identifiers import uuid7
from hrss.kernel.problem import Problem

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")


@pytest.fixture(autouse=True)
def county() -> None:
    load_county()


def firm_of(code: str, *names: str) -> tuple[UUID, list[UUID]]:
    with acting(SYSTEM):
        firm = Organisation.objects.create(
            kind="employer", name=f"{code}厂", pinyin="c", credit_code=code, region_code=BAIDI
        )
    people = [make_person(name, region=village(TUXIANG)).id for name in names]
    today = timezone.localdate()
    hires = [Hire(person, village(TUXIANG), today, occupation="车工") for person in people]
    register_employment(hires, actor=SYSTEM, kind="employer", today=today, employer_id=firm.id)
    return firm.id, people


def clerk_of(firm: UUID, *services: str) -> Actor:
    return Actor(
        ActorKind.PUBLIC,
        account=uuid7(),
        person=uuid7(),
        acting_for_organisation=firm,
        purpose="delegate",
        scopes=frozenset(services or {"*"}),
    )


def behind_the_door(actor: Actor) -> list[str]:
    """What the database itself gives this actor."""
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM employment_workers(NULL, 50)")
        return [name for (name,) in cursor.fetchall()]


def test_a_firm_sees_its_own_wherever_they_live_and_the_log_names_them() -> None:
    ours, people = firm_of("91999236A27552043L", "李远山", "周远水")
    firm_of("91999236A27552044L", "别家的人")
    clerk = clerk_of(ours)
    found = queries.workers_of(ours, actor=clerk)
    assert [(one.name, one.occupation) for one in found] == [("李远山", "车工"), ("周远水", "车工")]
    with acting(SYSTEM):
        event = Event.objects.get(action="employment.workers_of")
    assert event.purpose == "delegate"
    assert set(event.detail["shown"]) == {str(one) for one in people}


def test_pages_follow_each_other_without_gap() -> None:
    ours, _ = firm_of("91999236A27552043L", "甲一", "乙二", "丙三")
    clerk = clerk_of(ours)
    first = queries.workers_of(ours, actor=clerk, limit=2)
    rest = queries.workers_of(ours, actor=clerk, limit=2, after=first[-1].id)
    assert {one.name for one in [*first, *rest]} == {"甲一", "乙二", "丙三"}


def test_people_stay_closed_to_the_firm() -> None:
    ours, people = firm_of("91999236A27552043L", "李远山")
    with acting(clerk_of(ours)):
        assert not Person.objects.filter(id__in=people).exists()


@pytest.mark.parametrize(
    "stranger",
    [
        clerk_of(uuid7()),
        Actor(ActorKind.PUBLIC, account=uuid7(), person=uuid7(), purpose="self"),
        replace(staff(Function.REVIEWER), acting_for_organisation=None),
        SYSTEM,
    ],
    ids=["another firm", "nobody's delegate", "staff", "an automatic step"],
)
def test_nobody_else_comes_through(stranger: Actor) -> None:
    ours, _ = firm_of("91999236A27552043L", "李远山")
    assert behind_the_door(stranger) == []
    with pytest.raises(Problem) as refusal:
        queries.workers_of(ours, actor=stranger)
    assert refusal.value.code == "employment.not_your_firm"


def test_a_clerk_entrusted_with_something_else_does_not_see_the_list() -> None:
    ours, _ = firm_of("91999236A27552043L", "李远山")
    assert queries.workers_of(ours, actor=clerk_of(ours, "JY012"))
    with pytest.raises(Problem) as refusal:
        queries.workers_of(ours, actor=clerk_of(ours, "JY054"))
    assert refusal.value.code == "employment.not_your_firm"
