"""Clocks: the days of the worked cases, moved by suspension and extension, with the steps stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests.casework.conftest import Office, citizen
from tests.casework.test_flow import INTERNSHIP, PROMISE

from hrss.casework import jobs, queries, services
from hrss.casework.deadlines.colours import colour_of
from hrss.casework.items import publish as publishing
from hrss.casework.items.definition import definition_of
from hrss.casework.models import Case, Clock
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

ROBOT = system_actor("casework.test")


@contextmanager
def on(day: date) -> Iterator[None]:
    with time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


@pytest.fixture
def licence(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """JY048 with the limits of an administrative licence: 20 working days, 10 more by the head."""
    real = publishing.load_pack

    def changed(code: str, **more: object) -> object:
        pack = real(code, **more)  # type: ignore[arg-type]
        limits = {
            "statutory": {"limit": "20W+10W", "source": "行政许可法第四十二条", "status": "verified"},
            "promised": {"limit": "15W", "source": "测试", "status": "unverified"},
            "correction": {"limit": "5W", "source": "测试", "status": "unverified"},
        }
        item = definition_of({**pack.items["JY048"].to_json(), "limits": limits})
        return type(pack)(pack.code, pack.title, pack.region, pack.layers, {"JY048": item})

    monkeypatch.setattr(publishing, "load_pack", changed)
    publishing.publish("fengjie", actor=ROBOT, effective_from=date(2025, 1, 2))
    return office


def applied_on(day: date, person: UUID) -> UUID:
    with on(day):
        return UUID(services.apply("JY048", INTERNSHIP, actor=citizen(person), materials=PROMISE).id)


def case_of(case_id: UUID) -> Case:
    with acting(ROBOT):
        return Case.objects.get(id=case_id)


def clock_of(case_id: UUID, kind: str) -> Clock:
    with acting(ROBOT):
        return Clock.objects.filter(case_id=case_id, kind=kind).latest("start_on")


def test_statutory_and_promised_days_run_from_acceptance(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 6, 3), person)
    with on(date(2025, 6, 3)):
        services.accept(case_id, actor=licence.handler)
    case = case_of(case_id)
    assert case.due_on == date(2025, 7, 1)  # R5-029
    assert case.act_by == case.promised_due_on == date(2025, 6, 24)
    trace = clock_of(case_id, "statutory").trace
    assert trace[0]["day"] == "2025-06-03"
    assert "不计入" in trace[0]["text"]
    assert trace[-1]["day"] == "2025-07-01"


def test_suspended_days_do_not_count(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 6, 3), person)
    with on(date(2025, 6, 3)):
        services.accept(case_id, actor=licence.handler)
    with on(date(2025, 6, 10)):
        services.suspend(case_id, actor=licence.county_reviewer, reason="现场核查设备", kind="inspection")
    case = case_of(case_id)
    assert (case.state, case.due_on, case.act_by) == ("suspended", None, None)
    with on(date(2025, 6, 17)):
        services.resume(case_id, actor=licence.county_reviewer)
    case = case_of(case_id)
    assert (case.state, case.due_on) == ("reviewing", date(2025, 7, 8))  # R5-040
    assert "中止" in str(clock_of(case_id, "statutory").trace)


def test_an_extension_is_given_once(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 6, 3), person)
    with on(date(2025, 6, 3)):
        services.accept(case_id, actor=licence.handler)
        with pytest.raises(Problem, match="岗位"):
            services.extend(case_id, actor=licence.handler, reason="情况复杂需要核查")
        services.extend(case_id, actor=licence.leader, reason="情况复杂需要核查")
        assert case_of(case_id).due_on == date(2025, 7, 15)
        with pytest.raises(Problem) as again:
            services.extend(case_id, actor=licence.leader, reason="情况复杂需要核查")
    assert again.value.code == "casework.extended_already"


def test_five_working_days_without_an_answer_count_as_accepted(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 9, 26), person)
    acceptance = clock_of(case_id, "acceptance")
    assert acceptance.due_on == date(2025, 10, 10)  # over the national holiday
    with on(date(2025, 10, 10)):
        assert jobs.deem_lapsed_accepted() == 0
    with on(date(2025, 10, 11)):
        assert jobs.deem_lapsed_accepted() == 1
        assert jobs.deem_lapsed_accepted() == 0
    case = case_of(case_id)
    assert case.state == "reviewing"
    assert clock_of(case_id, "statutory").start_on == date(2025, 9, 26)
    assert case.accepted_at == case.submitted_at


def test_what_is_not_put_right_in_time_ends(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 6, 3), person)
    with on(date(2025, 6, 4)):
        services.notify_correction(case_id, [{"field": "phone", "text": "打不通"}], actor=licence.handler)
    assert clock_of(case_id, "correction").due_on == date(2025, 6, 11)
    with on(date(2025, 6, 11)):
        assert jobs.end_uncorrected() == 0
    with on(date(2025, 6, 12)):
        assert jobs.end_uncorrected() == 1
    assert case_of(case_id).state == "terminated"


def test_a_correction_begins_the_five_days_anew(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 6, 3), person)
    with on(date(2025, 6, 4)):
        services.notify_correction(case_id, [{"field": "phone", "text": "打不通"}], actor=licence.handler)
    with on(date(2025, 6, 9)):
        services.correct(case_id, {"phone": "10087654321"}, actor=citizen(person))
    latest = clock_of(case_id, "acceptance")
    assert (latest.start_on, latest.due_on) == (date(2025, 6, 9), date(2025, 6, 16))
    assert clock_of(case_id, "correction").met_on == date(2025, 6, 9)


def test_beyond_the_confirmed_calendar_a_day_is_provisional(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2026, 12, 28), person)
    clock = clock_of(case_id, "acceptance")
    assert clock.provisional
    assert "尚未公布" in str(clock.trace)
    with on(date(2026, 12, 28)):
        jobs.recount_provisional()
    assert clock_of(case_id, "acceptance").provisional


def test_due_lists_and_colours(licence: Office, person: UUID) -> None:
    case_id = applied_on(date(2025, 6, 3), person)
    with on(date(2025, 6, 3)):
        services.accept(case_id, actor=licence.handler)
    for day, colour in (
        (date(2025, 6, 10), "green"),
        (date(2025, 6, 20), "yellow"),
        (date(2025, 6, 24), "red"),
        (date(2025, 6, 25), "overdue"),
    ):
        with on(day), acting(licence.county_reviewer):
            page = queries.inbox(actor=licence.county_reviewer)
            lists = queries.due_lists(actor=licence.county_reviewer)
        assert [row.colour for row in page.rows] == [colour]
        late = [row for row in lists.overdue if row.kind == "promised"]
        soon = [row for row in lists.warning if row.kind == "promised"]
        assert (len(late), len(soon)) == (int(colour == "overdue"), int(colour in ("yellow", "red")))


def test_colours_are_ordered() -> None:
    due, warn = date(2026, 3, 10), date(2026, 3, 8)
    assert colour_of(None, None, today=due) == "none"
    assert [colour_of(due, warn, today=date(2026, 3, day)) for day in (7, 8, 10, 11)] == [
        "green",
        "yellow",
        "red",
        "overdue",
    ]
