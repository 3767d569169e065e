"""Deadlines: published counts, boundary days of holidays, suspension, extension and refusal past the calendar."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import (
    HolidayTable,
    Suspension,
    due_date,
    latest_before,
    next_working_day,
    roll_back,
    roll_forward,
    working_days_between,
)

YEARS = range(2023, 2027)
ALL_DAYS = [date(2023, 1, 1) + timedelta(days=offset) for offset in range(1461)]
TABLE = HolidayTable(
    days_off=frozenset(day for day in ALL_DAYS if day.weekday() < 5 and not chinese_calendar.is_workday(day)),
    days_worked=frozenset(day for day in ALL_DAYS if day.weekday() >= 5 and chinese_calendar.is_workday(day)),
    years=frozenset(YEARS),
)
DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2025, 6, 30))


def due(start: str, limit: str, **options: object) -> str:
    return str(due_date(date.fromisoformat(start), Limit.parse(limit), calendar=TABLE, **options).due_on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "limit", "last"),
    [
        ("2025-09-26", "10W", "2025-10-16"),
        ("2025-01-24", "5W", "2025-02-07"),
        ("2025-04-30", "10W", "2025-05-19"),
        ("2024-02-08", "10W", "2024-02-28"),
        ("2025-06-03", "20W", "2025-07-01"),
        ("2026-09-30", "10W", "2026-10-20"),
        ("2025-08-02", "60D", "2025-10-09"),
        ("2025-01-14", "15D", "2025-02-05"),
        ("2025-12-17", "15D", "2026-01-04"),
        ("2025-01-31", "3M", "2025-04-30"),
        ("2026-04-28", "5D", "2026-05-06"),
        ("2026-01-05", "60W", "2026-04-03"),
        ("2026-03-10", "15D", "2026-03-25"),
        ("2026-09-20", "15D", "2026-10-08"),
        ("2024-02-29", "1Y", "2025-02-28"),
        ("2025-02-10", "1Q", "2025-03-31"),
        ("2025-03-31", "1Q", "2025-06-30"),
        ("2025-02-10", "2Q", "2025-06-30"),
        ("2025-06-03", "0", "2025-06-03"),
    ],
)
def test_published_and_boundary_counts(start: str, limit: str, last: str) -> None:
    assert due(start, limit) == last


def test_a_suspension_in_working_days_is_added() -> None:
    pause = Suspension(date(2025, 6, 10), date(2025, 6, 17))
    assert due("2025-06-03", "20W", suspensions=[pause]) == "2025-07-08"


def test_a_suspension_in_calendar_days_is_added() -> None:
    pause = Suspension(date(2026, 1, 15), date(2026, 2, 4))
    found = due_date(date(2026, 1, 5), Limit.parse("45D"), calendar=TABLE, suspensions=[pause])
    assert found.natural == date(2026, 3, 11)
    assert any("中止 20 日不计" in step.text for step in found.trace)


def test_a_suspension_in_months_is_added_day_by_day() -> None:
    pause = Suspension(date(2025, 2, 10), date(2025, 2, 15))
    assert due("2025-01-15", "1M", suspensions=[pause]) == "2025-02-20"


def test_a_running_suspension_leaves_no_due_date() -> None:
    with pytest.raises(Problem) as caught:
        due("2025-06-03", "20W", suspensions=[Suspension(date(2025, 6, 10), None)])
    assert caught.value.code == "deadline.suspended"


def test_a_suspension_after_the_last_day_changes_nothing() -> None:
    assert due("2025-06-03", "20W", suspensions=[Suspension(date(2025, 7, 2), None)]) == "2025-07-01"


def test_an_extension_counts_from_the_natural_end() -> None:
    assert due("2026-01-05", "45D+15D", extended=True) == "2026-03-06"
    assert due("2026-01-05", "60W+30W", extended=True) == "2026-05-20"


def test_a_limit_without_extension_is_not_extended() -> None:
    with pytest.raises(Problem) as caught:
        due("2026-01-05", "45D", extended=True)
    assert caught.value.code == "deadline.no_extension"


def test_no_limit_no_date() -> None:
    with pytest.raises(Problem) as caught:
        due("2026-01-05", "-")
    assert caught.value.code == "deadline.no_limit"


def test_it_refuses_to_count_past_the_confirmed_calendar() -> None:
    with pytest.raises(Problem) as caught:
        due("2026-12-25", "10W")
    assert caught.value.code == "deadline.calendar_unknown"
    assert caught.value.facts["year"] == 2027


def test_rolling_can_be_left_out() -> None:
    assert due("2025-12-17", "15D", rolls=False) == "2026-01-01"


def test_counting_back() -> None:
    assert latest_before(date(2026, 12, 31), Limit.parse("60D"), calendar=TABLE) == date(2026, 11, 1)
    assert latest_before(date(2025, 10, 10), Limit.parse("3W"), calendar=TABLE) == date(2025, 9, 29)
    assert latest_before(date(2025, 3, 31), Limit.parse("1M"), calendar=TABLE) == date(2025, 2, 28)
    assert latest_before(date(2024, 2, 29), Limit.parse("1Y"), calendar=TABLE) == date(2023, 2, 28)
    with pytest.raises(Problem):
        latest_before(date(2025, 10, 10), Limit.parse("1Q"), calendar=TABLE)


def test_a_day_is_not_both_off_and_worked() -> None:
    with pytest.raises(ValueError, match="both"):
        HolidayTable(frozenset({date(2025, 1, 1)}), frozenset({date(2025, 1, 1)}), frozenset({2025}))
    with pytest.raises(ValueError, match="lifted before"):
        Suspension(date(2025, 1, 2), date(2025, 1, 1))


@given(DAYS, st.integers(1, 120))
def test_working_days_count_back_to_the_number(start: date, number: int) -> None:
    found = due_date(start, Limit.parse(f"{number}W"), calendar=TABLE)
    assert working_days_between(start, found.due_on, calendar=TABLE) == number
    assert chinese_calendar.is_workday(found.due_on)
    assert found.natural == found.due_on


@given(DAYS, st.integers(1, 300), st.sampled_from("WDM"))
def test_a_longer_limit_never_ends_earlier(start: date, number: int, unit: str) -> None:
    small, large = (Limit.parse(f"{count}{unit}") for count in (1 + number % 12, 2 + number % 12))
    assert due_date(start, small, calendar=TABLE).due_on <= due_date(start, large, calendar=TABLE).due_on


@given(DAYS, st.integers(1, 200))
def test_a_last_day_is_always_worked_and_at_most_a_holiday_later(start: date, number: int) -> None:
    found = due_date(start, Limit.parse(f"{number}D"), calendar=TABLE)
    assert found.natural == start + timedelta(days=number)
    assert TABLE.is_working(found.due_on)
    assert found.due_on - found.natural < timedelta(days=11)
    assert found.trace[-1].day == found.due_on


@given(DAYS, st.integers(1, 60), st.integers(0, 40), st.integers(0, 30))
def test_a_suspension_costs_exactly_its_days(start: date, number: int, after: int, length: int) -> None:
    since = start + timedelta(days=1 + after)
    pause = Suspension(since, since + timedelta(days=length))
    found = due_date(start, Limit.parse(f"{number}D"), calendar=TABLE, suspensions=[pause])
    expected = number + (length if after < number else 0)
    assert found.natural == start + timedelta(days=expected)


@given(DAYS)
def test_rolling_is_idempotent(day: date) -> None:
    forward = roll_forward(day, calendar=TABLE)
    assert roll_forward(forward, calendar=TABLE) == forward == roll_back(forward, calendar=TABLE)
    assert next_working_day(day, calendar=TABLE) > day


@given(DAYS, st.integers(1, 30))
def test_counting_back_and_forth_meet(event: date, number: int) -> None:
    if event >= date(2023, 3, 1):
        limit = Limit.parse(f"{number}W")
        back = latest_before(event, limit, calendar=TABLE)
        assert working_days_between(back - timedelta(days=1), event - timedelta(days=1), calendar=TABLE) == number
