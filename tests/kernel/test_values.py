"""Problem, Actor and Outcome: what they say, what they hold, what comes back from JSON."""

from uuid import UUID

import pytest

from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem, Problems

PERSON = UUID(int=1)
PARENT = UUID(int=2)


def post(function: Function, region: str, line: str = "employment") -> PostRef:
    return PostRef(id=f"{function}-{region}", function=function, line=line, region=region)


def test_a_problem_says_what_is_wrong_why_and_what_next() -> None:
    problem = Problem("a.b", "缺少材料。", rule="某条", remedy="请补齐", field="file", status=409, count=2)
    assert str(problem) == "缺少材料。依据：某条。怎么办：请补齐"
    told = problem.to_json()
    assert (told["code"], told["detail"], told["status"], told["facts"]) == ("a.b", "缺少材料。", 409, {"count": "2"})


def test_several_problems_are_one() -> None:
    problems = Problems([Problem("a", "甲"), Problem("b", "乙", status=409)])
    assert [problem.code for problem in problems] == ["a", "b"]
    assert problems.status == 422
    assert problems.message == "有 2 处需要更正"
    assert [one["code"] for one in problems.to_json()["problems"]] == ["a", "b"]
    assert Problems([Problem("a", "甲")]).message == "甲"
    with pytest.raises(ValueError, match="at least one"):
        Problems([])


def test_regions_of_an_actor_leave_out_what_another_covers() -> None:
    actor = Actor(
        kind=ActorKind.STAFF,
        posts=(
            post(Function.COUNTER, "500236001"),
            post(Function.HANDLER, "500236", "insurance"),
            post(Function.HANDLER, "500237001"),
        ),
    )
    assert actor.regions == ("500236", "500237001")
    assert actor.lines == {"employment", "insurance"}
    assert actor.holds(Function.COUNTER, Function.LEADER)
    assert not actor.holds(Function.LEADER)


def test_an_actor_acts_for_a_person_and_a_purpose() -> None:
    actor = Actor(kind=ActorKind.PUBLIC, person=PERSON)
    assert actor.subject_person == PERSON
    assert Actor(kind=ActorKind.PUBLIC, person=PERSON, acting_for_person=PARENT).subject_person == PARENT
    assert actor.for_purpose("query").purpose == "query"
    assert actor.purpose == ""
    assert system_actor("nightly").kind is ActorKind.SYSTEM


def test_an_outcome_reads_back() -> None:
    outcome = Outcome("case", "1", "N-1", {"due_on": "2026-01-01"})
    assert Outcome.from_json(outcome.to_json()) == outcome
