"""Quick steps, pairs and the yearly sample over the history of the loaded county: what is planted is found.

The history is made by chance, so its pairs meet by chance and its steps take their time; what stands out is planted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from tests.oversight.conftest import TODAY

from hrss.foundation.datasets import dataset_of
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.oversight.monitoring.catalogue import rule_of
from hrss.oversight.monitoring.evaluating import evaluate

ROBOT = system_actor("test").for_purpose("statistics")


def asked(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with acting(ROBOT), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_five_in_a_hundred_decided_cases_are_drawn_and_always_the_same(county: None) -> None:
    draws = f"SELECT id, draw FROM ({dataset_of('monitoring.decided').sql}) d ORDER BY id"
    first = asked(draws)
    drawn = [draw for _, draw in first if draw < 5]
    assert asked(draws) == first
    assert {draw for _, draw in first} <= set(range(100))
    assert 0.035 < len(drawn) / len(first) < 0.065, (len(drawn), len(first))


def test_the_sample_of_a_quarter_is_the_drawn_money_cases(county: None) -> None:
    found = evaluate(rule_of("spot_check"), TODAY)
    wanted = asked(
        f"SELECT id FROM ({dataset_of('monitoring.decided').sql}) d WHERE draw < 5 AND grade = 'G2'"
        " AND decision = 'granted' AND decided_on > %s AND decided_on <= %s",
        TODAY - timedelta(days=92), TODAY,
    )  # fmt: skip
    assert set(found) == {key for (key,) in wanted}


def test_pairs_of_the_history_meet_by_chance(county: None) -> None:
    assert evaluate(rule_of("same_pair"), TODAY) == {}


def test_steps_of_the_history_take_their_time(county: None) -> None:
    assert evaluate(rule_of("steps_too_fast"), TODAY) == {}


@dataclass
class Work:
    """Cases and actions of one's own in front of the county's: the statements of the datasets read these."""

    cases: int = 0

    def start(self) -> None:
        with connection.cursor() as cursor:
            for table in ("case", "action"):
                cursor.execute(
                    f"CREATE TEMPORARY TABLE casework_{table} ON COMMIT DROP AS"
                    f" SELECT * FROM public.casework_{table} LIMIT 0"
                )

    def reviewed(self, by: UUID, after: timedelta, *, days_ago: int, item: str = "JY010") -> None:
        """One case: accepted, and reviewed so long after."""
        self.cases += 1
        key, begun = uuid4(), datetime(2026, 11, 23, 1, tzinfo=UTC) - timedelta(days=days_ago, minutes=self.cases)
        steps = (("accept", "handle", uuid4(), begun), ("review", "review", by, begun + after))
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO casework_case (id, item_code) VALUES (%s, %s)", [key, item])
            for ordinal, (verb, post, person, at) in enumerate(steps, 1):
                cursor.execute(
                    "INSERT INTO casework_action (id, case_id, ordinal, at, verb, post, actor_kind, actor_person_id)"
                    " VALUES (%s, %s, %s, %s, %s, %s, 'staff', %s)",
                    [self.cases * 10 + ordinal, key, ordinal, at, verb, post, person],
                )


def test_a_day_of_clicking_through_is_told_nine_clicks_and_a_step_nobody_knows_are_not(county: None) -> None:
    quick, few, new = uuid4(), uuid4(), uuid4()
    work = Work()
    work.start()
    for at in range(60):
        work.reviewed(uuid4(), timedelta(hours=3 + at % 9), days_ago=40 + at)
    for _ in range(12):
        work.reviewed(quick, timedelta(seconds=3), days_ago=2)
        work.reviewed(new, timedelta(seconds=3), days_ago=2, item="JY011")
    for _ in range(9):
        work.reviewed(few, timedelta(seconds=3), days_ago=3)
    for _ in range(12):
        work.reviewed(few, timedelta(seconds=50), days_ago=4)
    found = evaluate(rule_of("steps_too_fast"), TODAY)
    assert {key: (one.count, one.level) for key, one in found.items()} == {f"{quick} 2026-11-21": (12, "yellow")}
