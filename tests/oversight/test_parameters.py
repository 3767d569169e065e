"""A parameter of the county changes by two persons, from a later day, with a document; older days keep their number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.channels.staffed import COUNTY, browser_of, clerk, prepare

from hrss.foundation.access.actors import actor_of
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem
from hrss.oversight.parameters.models import ParameterChange
from hrss.oversight.parameters.published import render
from hrss.oversight.parameters.services.decide_change import decide_change
from hrss.oversight.parameters.services.propose_change import propose_change
from hrss.rules.engine import loading
from hrss.rules.engine.loading import default_parameters

NAME = "employment.loan.person"


@pytest.fixture(autouse=True)
def county(db: None, tmp_path: Path) -> Iterator[None]:
    prepare()
    before = loading.local_file()
    loading.keep_local(tmp_path / "county.yaml")
    yield
    if before is not None:
        loading.keep_local(before)


def tomorrow(days: int = 1) -> date:
    return timezone.localdate() + timedelta(days=days)


def officer(function: str) -> Actor:
    return actor_of(clerk(function, region=COUNTY), channel="workbench")


def proposed(actor: Actor, **changes: object) -> UUID:
    told = {"value": "350000", "valid_from": tomorrow(), "document": "奉人社发〔2099〕1号", "reason": "示范"} | changes
    return UUID(propose_change(NAME, actor=actor, **told).id)  # type: ignore[arg-type]


def in_force(on: date) -> str:
    return default_parameters().parameter(NAME, on=on, region=COUNTY).shown


def test_an_approved_number_counts_from_its_day_on_and_not_before(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    today = timezone.localdate()
    before = in_force(today)
    change = proposed(officer("data"))
    assert in_force(tomorrow()) == before, "nobody has approved it"
    with django_capture_on_commit_callbacks(execute=True):
        decide_change(change, actor=officer("leader"), agrees=True)
    assert in_force(tomorrow()) != before and "350,000" in in_force(tomorrow())
    assert in_force(today) == before
    found = default_parameters().parameter(NAME, on=tomorrow(), region=COUNTY)
    assert (found.region, found.valid_from, found.known_from, found.document) == (
        COUNTY, tomorrow(), today, "奉人社发〔2099〕1号",
    )  # fmt: skip
    known_before = default_parameters().parameter(NAME, on=tomorrow(), region=COUNTY, known_at=today - timedelta(1))
    assert known_before.shown == before, "what was known yesterday stays what it was"
    local = loading.local_file()
    assert local is not None
    local.unlink()
    assert in_force(tomorrow()) == before
    render()
    assert "350,000" in in_force(tomorrow()), "the file is made again from the rows"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_from": None}, "parameters.day"),
        ({"valid_from": timezone.localdate()}, "parameters.day"),
        ({"value": " "}, "parameters.value"),
        ({"value": "很多"}, "rules.not_a_number"),
        ({"document": ""}, "parameters.document"),
        ({"reason": ""}, "parameters.reason"),
    ],
)
def test_what_is_not_complete_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as refused:
        proposed(officer("data"), **changes)
    assert refused.value.code == code


def test_who_proposed_does_not_approve_and_who_may_not_does_neither() -> None:
    data = officer("data")
    change = proposed(data)
    for actor, code in ((data, "access.no_post"), (officer("handler"), "access.no_post")):
        with pytest.raises(Problem) as refused:
            decide_change(change, actor=actor, agrees=True)
        assert refused.value.code == code
    with pytest.raises(Problem):
        proposed(officer("leader"))
    with acting(officer("leader")) as leader, connection.cursor() as cursor, pytest.raises(DatabaseError):
        assert leader.person
        with transaction.atomic():
            cursor.execute(
                "UPDATE parameters_parameterchange SET state = 'approved', decided_by = proposed_by, decided_at = now()"
            )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM parameters_parameterchange",
        "UPDATE parameters_parameterchange SET value = '1'",
        "UPDATE parameters_parameterchange SET valid_from = '2020-01-01', decided_by = gen_random_uuid(),"
        " decided_at = now(), state = 'approved'",
    ],
)
def test_the_database_holds_it_too(statement: str) -> None:
    change = proposed(officer("data"))
    decide_change(change, actor=officer("inspector"), agrees=False, words="文号不对")
    with acting(officer("leader")), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)


def test_a_day_that_has_begun_meanwhile_is_not_approved() -> None:
    leader = officer("leader")
    change = proposed(officer("data"))
    with time_machine.travel(timezone.now() + timedelta(days=1)), pytest.raises(Problem, match="今天以后") as refused:
        decide_change(change, actor=leader, agrees=True)
    assert refused.value.code == "parameters.day"
    decide_change(change, actor=leader, agrees=True)


def test_one_change_waits_at_a_time_and_is_decided_once() -> None:
    data, leader = officer("data"), officer("leader")
    change = proposed(data)
    with pytest.raises(Problem, match="等待审批"):
        proposed(data)
    with pytest.raises(Problem, match="没有这个变动"):
        decide_change(uuid4(), actor=leader, agrees=True)
    decide_change(change, actor=leader, agrees=True)
    with pytest.raises(Problem, match="已经审批"):
        decide_change(change, actor=leader, agrees=True)
    with pytest.raises(Problem, match="今天已经批准过"):
        decide_change(proposed(data, value="360000"), actor=leader, agrees=True)


def test_the_page_proposes_keeps_what_was_typed_and_decides() -> None:
    data, leader = browser_of(clerk("data", region=COUNTY)), browser_of(clerk("leader", region=COUNTY))
    typed = {"name": NAME, "value": "350000", "valid_from": str(timezone.localdate()), "document": "文", "reason": "因"}
    answer = data.post("/work/parameters/propose", typed)
    assert answer.status_code == 422 and 'value="350000"' in answer.content.decode()
    assert data.post("/work/parameters/propose", typed | {"valid_from": str(tomorrow())}).status_code == 302
    page = leader.get("/work/parameters/").content.decode()
    assert "待审批（1）" in page and "个人创业担保贷款限额" in page
    with acting(officer("leader")):
        change = ParameterChange.objects.get()
    address = f"/work/parameters/{change.id}/decide"
    assert leader.post(address, {"verdict": "refuse", "words": ""}).status_code == 422
    assert leader.post(address, {"verdict": "approve"}).status_code == 302
    assert "已批准" in data.get("/work/parameters/").content.decode()
    assert leader.post(address, {"verdict": "approve"}).status_code == 409
