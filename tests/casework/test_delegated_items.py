"""A delegate does, sees and takes back only what the delegation names; one's own affairs stay one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from tests.casework.conftest import citizen, make_person

from hrss.casework import queries, services
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.problem import Problem

INTERNSHIP = {"group": "youth", "wanted_job": "电工学徒", "phone": "10012345678"}
PROMISED = {"identity": {"promise": True}}


def delegate(child: UUID, parent: UUID, *scopes: str) -> Actor:
    return replace(citizen(child), acting_for_person=parent, scopes=frozenset(scopes), purpose="delegate")


@pytest.fixture
def family(county: None) -> tuple[UUID, UUID]:
    return make_person("冉大明"), make_person("冉小明")


def case_of(person: UUID) -> UUID:
    """An application of one's own."""
    return UUID(services.apply("JY048", INTERNSHIP, actor=citizen(person), materials=PROMISED).id)


@pytest.mark.parametrize(
    ("scopes", "allowed"), [({"JY048"}, True), ({"*"}, True), ({"JY010", "JY003"}, False), (set(), False)]
)
def test_a_delegate_may_do_what_the_delegation_names(
    family: tuple[UUID, UUID], scopes: set[str], allowed: bool
) -> None:
    parent, child = family
    actor = delegate(child, parent, *scopes)
    if allowed:
        assert services.save_draft("JY048", INTERNSHIP, actor=actor).kind == "draft"
        return
    with pytest.raises(Problem) as caught:
        services.save_draft("JY048", INTERNSHIP, actor=actor)
    assert (caught.value.code, caught.value.status) == ("access.not_delegated", 403)


@pytest.mark.parametrize(("scopes", "seen"), [({"JY048"}, True), ({"*"}, True), ({"JY010"}, False), (set(), False)])
def test_a_delegate_sees_cases_of_the_services_named(family: tuple[UUID, UUID], scopes: set[str], seen: bool) -> None:
    parent, child = family
    case, actor = case_of(parent), delegate(child, parent, *scopes)
    with acting(actor):
        assert bool(queries.my_cases(actor=actor).cases) is seen
        if seen:
            assert queries.case_page(case, actor=actor).id == case
        else:
            with pytest.raises(Problem) as caught:
                queries.case_page(case, actor=actor)
            assert caught.value.code == "casework.not_found"


def test_a_delegate_withdraws_only_what_the_delegation_names(family: tuple[UUID, UUID]) -> None:
    parent, child = family
    case = case_of(parent)
    with pytest.raises(Problem) as caught:
        services.withdraw(case, actor=delegate(child, parent, "JY010"))
    assert caught.value.code == "casework.not_found"
    assert services.withdraw(case, actor=delegate(child, parent, "JY048")).data["state"] == "withdrawn"


def test_the_database_refuses_a_step_on_a_case_not_entrusted(family: tuple[UUID, UUID]) -> None:
    parent, child = family
    case = case_of(parent)
    stranger = delegate(child, parent, "JY010")
    with acting(stranger), connection.cursor() as cursor:
        for table in ("casework_case", "casework_material", "casework_action", "casework_clock"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(
                "INSERT INTO casework_action (id, case_id, verb, from_state, to_state, function, actor_kind, at)"
                " VALUES (gen_random_uuid(), %s, 'withdraw', 'submitted', 'withdrawn', 'applicant', 'public', now())",
                [case],
            )


def test_drafts_of_other_services_stay_closed(family: tuple[UUID, UUID]) -> None:
    parent, child = family
    draft = UUID(services.save_draft("JY048", INTERNSHIP, actor=citizen(parent)).id)
    for scope, seen in (("JY048", True), ("JY010", False)):
        actor = delegate(child, parent, scope)
        with acting(actor):
            assert [one.id for one in queries.drafts(actor=actor)] == ([draft] if seen else [])


def test_ones_own_cases_need_no_entrusting(family: tuple[UUID, UUID]) -> None:
    parent, child = family
    own = case_of(child)
    actor = delegate(child, parent, "JY010")
    with acting(actor):
        assert queries.case_page(own, actor=actor).id == own


def test_a_package_needs_the_package_in_the_delegation(family: tuple[UUID, UUID]) -> None:
    parent, child = family
    with pytest.raises(Problem) as caught:
        services.start_package("unemployment", {}, actor=delegate(child, parent, "JY010"))
    assert caught.value.code == "access.not_delegated"


def test_the_one_acted_for_sees_that_the_delegate_looked(family: tuple[UUID, UUID]) -> None:
    parent, child = family
    case, since = case_of(parent), timezone.now() - timedelta(minutes=1)
    actor = delegate(child, parent, "JY048")
    with acting(actor):
        queries.case_page(case, actor=actor)
    with acting(system_actor("tests")):
        look = Event.objects.get(action="casework.case_page", person_id=parent, at__gte=since)
    assert (look.actor_person, look.purpose) == (child, "delegate")
