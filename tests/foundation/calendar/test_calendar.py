"""Due dates over the official calendar, and changes by two persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from hrss.foundation.audit.models import Event
from hrss.foundation.calendar.changes import decide, set_work_day, set_year
from hrss.foundation.calendar.loading import load_calendar
from hrss.foundation.calendar.models import Change, WorkDay
from hrss.foundation.calendar.official import official_days
from hrss.foundation.calendar.services import (
    due,
    elapsed,
    is_working,
    last_confirmed_year,
    today,
    trace_of,
    working_days,
)
from hrss.foundation.outbox.models import Message
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem

pytestmark = pytest.mark.django_db

MAKER = Actor(
    ActorKind.STAFF,
    account=uuid4(),
    person=uuid4(),
    name="系统管理员",
    posts=(PostRef("p", Function.SYSTEM_ADMIN, "*", "500236"),),
)
CHECKER = replace(MAKER, account=uuid4(), person=uuid4(), name="安全管理员")
NOTICE = "国办发明电〔2026〕1号"


def test_the_official_years_are_whole_and_confirmed() -> None:
    assert WorkDay.objects.count() == (date(2027, 1, 1) - date(2004, 1, 1)).days
    assert working_days().years == frozenset(range(2004, 2027))
    assert last_confirmed_year() == 2026
    assert WorkDay.objects.get(day=date(2026, 10, 1)).name == "国庆节"
    assert WorkDay.objects.get(day=date(2026, 10, 10)).name == "国庆节调休上班"


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        (date(2026, 9, 30), "1W", date(2026, 10, 8)),  # the holiday lies between
        (date(2026, 9, 30), "3W", date(2026, 10, 10)),  # a Saturday worked in lieu counts
        (date(2026, 2, 13), "2W", date(2026, 2, 24)),  # 14 February is worked, then the Spring Festival
        (date(2025, 12, 31), "1W", date(2026, 1, 4)),  # a Sunday worked in lieu
        (date(2026, 9, 10), "20D", date(2026, 9, 30)),
        (date(2026, 9, 11), "20D", date(2026, 10, 8)),  # rolls over the holiday
        (date(2026, 1, 31), "1M", date(2026, 2, 28)),  # a Saturday that is worked
        (date(2026, 3, 2), "0", date(2026, 3, 2)),
    ],
)
def test_due_dates(start: date, limit: str, expected: date) -> None:
    found = due(start, Limit.parse(limit))
    assert found.due_on == expected
    trace = trace_of(found)
    assert trace[-1]["day"] == expected.isoformat()
    assert trace[0]["day"] == start.isoformat()


def test_it_refuses_beyond_the_last_confirmed_year() -> None:
    with pytest.raises(Problem, match="2027 年的工作日历还没有确认"):
        due(date(2026, 12, 20), Limit.parse("20W"))
    expected = due(date(2026, 12, 20), Limit.parse("20W"), provisional=True)
    assert expected.due_on == date(2027, 1, 15)
    assert "尚未公布" in expected.trace[-1].text
    assert due(date(2026, 3, 2), Limit.parse("5W"), provisional=True) == due(date(2026, 3, 2), Limit.parse("5W"))


def test_elapsed_and_today() -> None:
    assert elapsed(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert not is_working(date(2026, 10, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() + interval '8 hours') AT TIME ZONE 'UTC'")
        assert today() == cursor.fetchone()[0].date()


def propose(actor: Actor = MAKER) -> UUID:
    made = set_work_day(date(2026, 12, 7), is_working=False, name="县庆", source=NOTICE, actor=actor)
    return UUID(made.id)


def test_a_change_counts_after_a_second_person_agreed() -> None:
    change = propose()
    assert is_working(date(2026, 12, 7))
    decide(change, approve=True, actor=CHECKER)
    assert not is_working(date(2026, 12, 7))
    assert due(date(2026, 12, 4), Limit.parse("1W")).due_on == date(2026, 12, 8)
    row = WorkDay.objects.get(day=date(2026, 12, 7))
    assert (row.name, row.source) == ("县庆", NOTICE)
    with acting(system_actor("test")):
        actions = list(Event.objects.order_by("id").values_list("action", flat=True))
        message = Message.objects.get()
    assert actions == ["calendar.propose", "calendar.decide"]
    assert (message.topic, message.payload["first"]) == ("calendar.changed", "2026-12-07")


def test_the_proposer_does_not_decide() -> None:
    change = propose()
    with pytest.raises(Problem, match="同一人"):
        decide(change, approve=True, actor=MAKER)
    with pytest.raises(Problem, match="同一人"):  # a second account of the same person is no second person
        decide(change, approve=True, actor=replace(CHECKER, person=MAKER.person))
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(state="approved", decided_person=MAKER.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(state="approved")


def test_a_refused_change_changes_nothing_and_is_final() -> None:
    change = propose()
    with pytest.raises(Problem, match="原因"):
        decide(change, approve=False, actor=CHECKER)
    decide(change, approve=False, remark="日期写错", actor=CHECKER)
    assert is_working(date(2026, 12, 7))
    with pytest.raises(Problem, match="已经复核过"):
        decide(change, approve=True, actor=CHECKER)


def test_only_administrators_change_the_calendar() -> None:
    clerk = replace(MAKER, posts=(PostRef("p", Function.HANDLER, "*", "500236"),))
    with pytest.raises(Problem, match="只有系统管理员"):
        propose(clerk)
    with pytest.raises(Problem, match="文号"):
        set_work_day(date(2026, 12, 7), is_working=False, name="", source=" ", actor=MAKER)


def test_a_new_year_becomes_countable() -> None:
    holidays = {date(2027, 1, 1): "元旦"}
    worked = {date(2027, 1, 9): "元旦调休上班"}
    made = set_year(2027, days_off=holidays, days_worked=worked, source=NOTICE, actor=MAKER)
    with pytest.raises(Problem):
        due(date(2026, 12, 31), Limit.parse("1W"))
    decide(UUID(made.id), approve=True, actor=CHECKER)
    assert last_confirmed_year() == 2027
    assert due(date(2026, 12, 31), Limit.parse("1W")).due_on == date(2027, 1, 4)
    assert due(date(2027, 1, 4), Limit.parse("5W")).due_on == date(2027, 1, 9)
    assert WorkDay.objects.filter(day__year=2027, confirmed=True).count() == 365


def test_a_year_with_foreign_days_is_refused() -> None:
    stray = {date(2028, 1, 1): "元旦"}
    with pytest.raises(Problem, match="日期有误"):
        set_year(2027, days_off=stray, days_worked={}, source=NOTICE, actor=MAKER)
    both = {date(2027, 1, 1): "元旦"}
    with pytest.raises(Problem, match="既放假又上班"):
        set_year(2027, days_off=both, days_worked=both, source=NOTICE, actor=MAKER)


def test_a_year_with_a_hole_is_not_confirmed() -> None:
    WorkDay.objects.filter(day=date(2026, 6, 1)).update(confirmed=False)
    Change.objects.create(
        id=uuid4(),
        days=[],
        source="x",
        state="approved",
        proposed_account=uuid4(),
        proposed_person=uuid4(),
        decided_person=uuid4(),
        decided_at="2026-01-01T00:00:00Z",
    )
    assert last_confirmed_year() == 2025


def test_the_application_cannot_delete_days() -> None:
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        WorkDay.objects.filter(day=date(2026, 6, 1)).delete()


def test_nothing_is_loaded_twice() -> None:
    assert load_calendar(actor=system_actor("prepare")) == 0
    with pytest.raises(ValueError, match="1999"):
        list(official_days(1999))


def test_a_due_date_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    due(date(2026, 3, 2), Limit.parse("20W"))
    with django_assert_num_queries(1):
        due(date(2026, 3, 3), Limit.parse("20W"))
