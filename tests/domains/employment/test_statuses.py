"""Statuses come from events: order, several jobs, death."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrss.domains.employment.statuses import ENDS_REGISTRATION, STATUS_AFTER, EventKind, Happening, Status, status_on

DAY = date(2025, 3, 1)


def story(*kinds: EventKind | tuple[EventKind, str]) -> list[Happening]:
    pairs = [kind if isinstance(kind, tuple) else (kind, "") for kind in kinds]
    return [Happening(DAY + timedelta(days=n), n, kind, employer) for n, (kind, employer) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], Status.INACTIVE),
        ([(EventKind.HIRED, "a")], Status.EMPLOYED),
        ([(EventKind.HIRED, "a"), (EventKind.LEFT, "a")], Status.SEEKING),
        ([(EventKind.HIRED, "a"), (EventKind.HIRED, "b"), (EventKind.LEFT, "a")], Status.EMPLOYED),
        ([(EventKind.HIRED, "a"), (EventKind.LEFT, "a"), EventKind.REGISTERED], Status.UNEMPLOYED),
        ([EventKind.REGISTERED, (EventKind.HIRED, "a")], Status.EMPLOYED),
        ([EventKind.REGISTERED, EventKind.LOST_CONTACT], Status.INACTIVE),
        ([(EventKind.HIRED, "a"), EventKind.SOUGHT], Status.EMPLOYED),
        ([(EventKind.HIRED, "a"), EventKind.DIED, (EventKind.HIRED, "b")], Status.DECEASED),
    ],
)
def test_status_after_a_story(events: list[EventKind | tuple[EventKind, str]], expected: Status) -> None:
    assert status_on(story(*events), date(2026, 1, 1)) is expected


def test_events_after_the_day_do_not_count() -> None:
    assert status_on(story(EventKind.REGISTERED, (EventKind.HIRED, "a")), DAY) is Status.UNEMPLOYED


KINDS = st.lists(st.tuples(st.sampled_from(list(EventKind)), st.sampled_from(["a", "b"])), max_size=12)


@given(KINDS)
def test_death_is_final_whatever_follows(kinds: list[tuple[EventKind, str]]) -> None:
    events = story(*kinds)
    died = [event for event in events if event.kind is EventKind.DIED]
    assert (status_on(events, date(2030, 1, 1)) is Status.DECEASED) == bool(died)


@given(KINDS)
def test_order_of_the_rows_does_not_matter(kinds: list[tuple[EventKind, str]]) -> None:
    events = story(*kinds)
    assert status_on(reversed(events), date(2030, 1, 1)) is status_on(events, date(2030, 1, 1))


def test_every_kind_has_a_status_and_all_that_end_a_registration_do_not_leave_it_open() -> None:
    assert set(STATUS_AFTER) == set(EventKind)
    assert all(STATUS_AFTER[kind] is not Status.UNEMPLOYED for kind in ENDS_REGISTRATION)
