"""Many at once, with real commits: one case for one form, one owner for one case, one effect for one key."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import connections
from tests.casework.conftest import COUNTY, citizen, make_person, prepare_county, staff
from tests.casework.test_flow import INTERNSHIP, PROMISE

from hrss.casework import services
from hrss.casework.models import Action, Case, Clock, Document, Material
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

ROBOT = system_actor("casework.test")


def at_once(number: int, do: Callable[[int], Any]) -> list[Any]:
    """Run ``do`` on ``number`` threads that start together, each with its own connection; Problems are results."""
    barrier = Barrier(number)

    def run(index: int) -> Any:
        try:
            barrier.wait(timeout=30)
            return do(index)
        except Problem as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_the_same_form_sent_many_times_is_one_case(real_db: str) -> None:
    prepare_county()
    person = make_person()
    me = citizen(person)
    draft = services.save_draft("JY048", INTERNSHIP, actor=me, materials=PROMISE)
    keys = ["k" * 16, "", "k" * 16, "other-key-0123456"]
    results = at_once(8, lambda index: services.submit(UUID(draft.id), actor=me, key=keys[index % 4]))
    assert len({result.number for result in results}) == 1
    with acting(ROBOT):
        case = Case.objects.get()
        assert Action.objects.filter(case=case).count() == 1
        assert Clock.objects.filter(case=case, kind="acceptance").count() == 1
        assert Material.objects.filter(case=case).count() == 1


def test_the_same_key_is_one_case_also_without_a_draft(real_db: str) -> None:
    prepare_county()
    me = citizen(make_person())
    results = at_once(
        6, lambda _: services.apply("JY048", INTERNSHIP, actor=me, materials=PROMISE, key="one-key-for-all-6")
    )
    assert len({result.number for result in results}) == 1
    with acting(ROBOT):
        assert Case.objects.count() == 1


def test_one_colleague_gets_the_case_and_one_decision_stands(real_db: str) -> None:
    prepare_county()
    case_id = UUID(services.apply("JY048", INTERNSHIP, actor=citizen(make_person()), materials=PROMISE).id)
    clerks = [staff("handler", name=f"经办{number}") for number in range(5)]
    results = at_once(5, lambda index: services.claim(case_id, actor=clerks[index]))
    taken = [result for result in results if not isinstance(result, Problem)]
    assert len(taken) == 1
    assert {result.code for result in results if isinstance(result, Problem)} == {"casework.taken"}
    owner = clerks[results.index(taken[0])]
    services.accept(case_id, actor=owner)
    reviewers = [staff("reviewer", region=COUNTY, name=f"复核{number}") for number in range(4)]
    results = at_once(4, lambda index: services.decide(case_id, actor=reviewers[index], granted=True))
    assert sum(not isinstance(result, Problem) for result in results) == 1
    assert {one.code for one in results if isinstance(one, Problem)} == {"casework.not_allowed"}
    with acting(ROBOT):
        assert Document.objects.count() == 1
        assert [action.ordinal for action in Action.objects.order_by("ordinal")] == [1, 2, 3, 4]


def test_numbers_are_never_given_twice(real_db: str) -> None:
    prepare_county()
    people = [citizen(make_person(f"人{number}")) for number in range(8)]
    results = at_once(8, lambda index: services.apply("JY048", INTERNSHIP, actor=people[index], materials=PROMISE))
    assert len({result.number for result in results}) == 8
