"""Review and release: three steps by different people; a released figure never changes, a correction says why."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.oversight.conftest import staff

from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.services.move import release, review, send_back
from hrss.oversight.indicators.services.prepare import prepare
from hrss.oversight.indicators.services.take import take
from hrss.oversight.indicators.taking import measure

ROBOT = system_actor("test").for_purpose("statistics")
CODE, MONTH = "new_urban_employment", YearMonth(2025, 6)


def taken(code: str = CODE, month: YearMonth = MONTH) -> UUID:
    outcome = take([code], [month], actor=ROBOT, reason=Taking.Reason.ON_DEMAND, levels=("county", "township"))
    return UUID(outcome.data[f"{code} {month}"])


def drafted(actor: Actor = ROBOT, *, reason: str = "", code: str = CODE) -> UUID:
    return UUID(prepare(taken(code), actor=actor, reason=reason).id)


def released() -> UUID:
    statement = drafted()
    review(statement, actor=staff(Function.INSPECTOR), opinion="已核对")
    release(statement, actor=staff(Function.LEADER))
    return statement


def test_checks_are_run_and_kept_with_the_draft(county: None) -> None:
    taken(month=MONTH - 1)
    statement = Statement.objects.get(id=drafted())
    kinds = {one["kind"]: one["passed"] for one in statement.checks}
    assert kinds == {"jump": True, "sum": True, "rows": True}


def test_part_and_whole_and_other_sources_are_compared(county: None) -> None:
    taken("training_person_times")
    part = Statement.objects.get(id=drafted(code="migrant_training"))
    other = Statement.objects.get(id=drafted(code="rural_transfer"))
    assert {"arithmetic"} <= {one["kind"] for one in part.checks if one["passed"]}
    assert {"source"} <= {one["kind"] for one in other.checks if one["passed"]}


def test_a_jump_is_found_and_must_be_answered(county: None) -> None:
    now = measure(statistic_of("card_holders"), [MONTH], levels=["county"])[MONTH][0]
    before = Taking.objects.create(
        statistic="card_holders", month=str(MONTH - 1), reason="monthly", definition_version=1, definition_digest="x"
    )
    before.figures.create(convention="main", region_code="500236", numerator=now.counts.numerator // 2, rows=1)
    statement = drafted(code="card_holders")
    jump = next(one for one in Statement.objects.get(id=statement).checks if one["kind"] == "jump")
    assert not jump["passed"] and "界限 15%" in jump["text"]
    with pytest.raises(Problem, match="复核要写明意见"):
        review(statement, actor=staff(Function.INSPECTOR))
    review(statement, actor=staff(Function.INSPECTOR), opinion="上月漏报，已核实")


def test_a_draft_is_reviewed_and_released_by_two_people(county: None) -> None:
    statement = Statement.objects.get(id=released())
    assert statement.state == "released" and statement.reviewed_by != statement.released_by
    assert [one["passed"] for one in statement.checks]


def test_the_same_person_cannot_take_two_steps(county: None) -> None:
    both = staff(Function.INSPECTOR)
    statement = drafted(both)
    with pytest.raises(Problem, match="由另一个人办理"):
        review(statement, actor=both)


@pytest.mark.parametrize("function", [Function.HANDLER, Function.LEADER, Function.COUNTER])
def test_review_is_for_inspectors_and_data_posts(county: None, function: Function) -> None:
    with pytest.raises(Problem, match="不能复核"):
        review(drafted(), actor=staff(function))


def test_steps_are_not_skipped(county: None) -> None:
    with pytest.raises(Problem, match="待复核"):
        release(drafted(), actor=staff(Function.LEADER))


def test_a_returned_draft_makes_room_for_another(county: None) -> None:
    send_back(drafted(), actor=staff(Function.INSPECTOR), opinion="口径有误")
    assert drafted() is not None


def test_a_released_figure_cannot_change_not_even_by_hand(county: None) -> None:
    released()
    for statement in ("UPDATE indicators_statement SET reason = 'x'", "DELETE FROM indicators_statement"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_correction_is_a_new_figure_with_a_reason(county: None) -> None:
    first = released()
    with pytest.raises(Problem, match="更正要写明原因"):
        drafted()
    with acting(ROBOT):
        second = Statement.objects.get(id=drafted(reason="补登了六月的招用"))
    assert second.corrects_id == first and Statement.objects.get(id=first).state == "released"
