"""The rules about the work of staff at their bounds, and on a day that is past: S02, S03, S04, S06, S09 and P08.

Each scene plants what a rule looks for on one day, in tables of its own that stand in front of the county's. A little
less raises nothing. A replay of the day counts what that day knew, whatever came afterwards.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.foundation.people.builders import load_county

from hrss.oversight.monitoring import queries
from hrss.oversight.monitoring.catalogue import rule_of, rules
from hrss.oversight.monitoring.evaluating import evaluate
from hrss.oversight.monitoring.models import Alert

TODAY = timezone.localdate()
PAST = TODAY - timedelta(days=40)
TABLES = ("audit_event", "casework_case", "casework_action")


@dataclass
class Book:
    """The log and the cases of a test, and two members of staff everything is about."""

    who: UUID = field(default_factory=uuid4)
    other: UUID = field(default_factory=uuid4)
    people: list[UUID] = field(default_factory=list)
    serial: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def events(self, outcome: str, who: UUID, day: date, rows: list[dict[str, Any]]) -> None:
        """Write what a member of staff did on a day."""
        common = {"outcome": outcome, "actor_person": who, "day": day, "actor_kind": "staff", "action": "test"}
        common |= {"post_function": "handler", "purpose": "query", "detail": "{}"}
        self.insert("audit_event", [{"id": next(self.serial)} | common | row for row in rows])

    def case(self, day: date, *steps: tuple[str, UUID, int], item: str = "JY010", **more: Any) -> None:
        """Write a case of a day with its steps: post, who, seconds after the step before."""
        key, at = more.pop("id", None) or uuid4(), datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        facts = {"id": key, "number": key.hex[:24], "item_code": item, "township": "500236001", "submitted_at": at}
        self.insert("casework_case", [facts | more])
        actions = []
        for ordinal, (post, who, seconds) in enumerate(steps, 1):
            at += timedelta(seconds=seconds)
            actions.append(
                {"id": next(self.serial), "case_id": key, "ordinal": ordinal, "at": at, "verb": post, "post": post,
                 "actor_kind": "staff", "actor_person_id": who}
            )  # fmt: skip
        self.insert("casework_action", actions)

    @staticmethod
    def insert(table: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            names = list(rows[0])
            statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
            with connection.cursor() as cursor:
                cursor.executemany(statement, [[row[name] for name in names] for row in rows])


@pytest.fixture
def book(db: None) -> Book:
    load_county()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT * FROM public.{table} LIMIT 0")
    return Book()


# What is planted; each gives the subject an alert would be about ----------------------------------------------------


def refused(book: Book, day: date, times: int) -> str:
    book.events("refused", book.who, day, [{}] * times)
    return f"{book.who} {day}"


def taken(book: Book, day: date, rows: int) -> str:
    counts = ({"rows": rows - 700}, {"rows": 400}, {"shown": ["x"] * 300})
    book.events("read", book.who, day, [{"detail": json.dumps(one)} for one in counts])
    return f"{book.who} {day}"


def looked(book: Book, day: date, people: int) -> str:
    found = [uuid4() for _ in range(people)]
    book.people += found
    book.events("read", book.who, day, [{"person_id": one} for one in found])
    return f"{book.who} {day}"


def looked_beside_others(book: Book, day: date, people: int) -> str:
    for _ in range(5):
        book.events("read", uuid4(), day, [{"person_id": uuid4()} for _ in range(12)])
    return looked(book, day, people)


def clicked(book: Book, day: date, steps: int) -> str:
    _usual(book, day)
    for _ in range(steps):
        book.case(day, ("handle", uuid4(), 0), ("review", book.who, 30))
    return f"{book.who} {day}"


def clicked_slower(book: Book, day: date, seconds: int) -> str:
    _usual(book, day)
    for _ in range(10):
        book.case(day, ("handle", uuid4(), 0), ("review", book.who, seconds))
    return f"{book.who} {day}"


def _usual(book: Book, day: date) -> None:
    for back in range(50):
        book.case(day - timedelta(days=40 + back), ("handle", uuid4(), 0), ("review", uuid4(), 10_000))


def met(book: Book, day: date, times: int, *, of: int = 40) -> str:
    """The first person meets the second so many times of 40; the others meet them 20 times of 60."""
    third, fourth = uuid4(), uuid4()
    meetings = [(book.who, book.other)] * times + [(book.who, third)] * (of - times)
    meetings += [(uuid4(), second) for second in (book.other, third, fourth) for _ in range(20)]
    for first, second in meetings:
        book.case(day, ("handle", first, 0), ("review", second, 9_000))
    return f"{book.who} {book.other}"


def met_by_chance(book: Book, day: date, own: int) -> str:
    return met(book, day, 30, of=own)


def drawn(book: Book, day: date, draw: int, **more: Any) -> str:
    """A decided case that drew this number; the number is worked out here once more."""
    at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    key = next(one for one in iter(uuid4, None) if _draw(one, at) == draw)
    facts = {"grade": "G2", "decision": "granted", "decided_at": at} | more
    book.case(day, id=key, **facts)
    return str(key)


def not_drawn_kind(book: Book, day: date, kind: int) -> str:
    return drawn(book, day, 0, **({}, {"grade": "G1"}, {"decision": "refused"})[kind])


def _draw(key: UUID, at: datetime) -> int:
    return int(hashlib.md5(f"{key}{at:%Y%m%d%H%M%S%f}".encode(), usedforsecurity=False).hexdigest()[:7], 16) % 100


@dataclass(frozen=True)
class Scene:
    """A rule, what is planted, the amount that raises it with the number it gives, and one that does not."""

    risk: str
    rule: str
    plant: Callable[[Book, date, int], str]
    enough: int
    short: int
    number: int


SCENES = (
    Scene("S02", "steps_too_fast", clicked, 10, 9, 10),
    Scene("S02", "steps_too_fast", clicked_slower, 30, 31, 10),
    Scene("S03", "looks_without_case", looked, 30, 29, 3000),  # nobody else: against one
    Scene("S03", "looks_without_case", looked_beside_others, 36, 35, 300),
    Scene("S04", "mass_taking", taken, 2000, 1999, 2000),
    Scene("S06", "tried_again", refused, 10, 9, 10),
    Scene("S09", "spot_check", drawn, 4, 5, 1),
    Scene("S09", "spot_check", not_drawn_kind, 0, 1, 1),
    Scene("S09", "spot_check", not_drawn_kind, 0, 2, 1),
    Scene("P08", "same_pair", met, 30, 29, 4),  # (30 - 40 × 21/62) / √(40 × 21/62 × 41/62 × (1 + 40/60)) = 4.26
    Scene("P08", "same_pair", met_by_chance, 49, 50, 3),  # 30 of 49: 3.002; of 50: 2.88
)
IDS = [f"{one.risk}-{one.plant.__name__}-{one.short}" for one in SCENES]
per_scene = pytest.mark.parametrize("scene", SCENES, ids=IDS)


def found(rule: str, day: date) -> dict[str, int]:
    return {subject: signal.count for subject, signal in evaluate(rule_of(rule), day, known_by=day).items()}


def test_every_rule_about_staff_has_a_scene() -> None:
    watched = {"S02", "S03", "S04", "S06", "S09", "P08"}
    assert {one.rule for one in SCENES} == {one.code for one in rules() if watched.intersection(one.covers)}
    assert {one.risk for one in SCENES} == watched


@per_scene
def test_what_reaches_the_bound_is_told(book: Book, scene: Scene) -> None:
    subject = scene.plant(book, PAST, scene.enough)
    assert found(scene.rule, PAST) == {subject: scene.number}


@per_scene
def test_a_little_less_is_not(book: Book, scene: Scene) -> None:
    scene.plant(book, PAST, scene.short)
    assert found(scene.rule, PAST) == {}


@per_scene
def test_a_replay_counts_what_its_day_knew(book: Book, scene: Scene) -> None:
    subject = scene.plant(book, PAST, scene.enough)
    rule, before = rule_of(scene.rule), PAST - timedelta(days=1)
    alert = Alert(
        rule=rule.code, rule_version=rule.version, subject=subject, opened_on=PAST, count_at_opening=scene.number
    )
    for person in book.people:
        book.case(PAST + timedelta(days=1), applicant_person_id=person)  # too late to be the reason of a look
    again = scene.plant(book, PAST + timedelta(days=5), scene.enough)
    assert found(scene.rule, PAST) == {subject: scene.number}
    assert queries.replay(alert, rule).agrees
    assert found(scene.rule, before) == {}
    later = found(scene.rule, PAST + timedelta(days=5))
    assert again in later and (again != subject or later[subject] != scene.number), "what came later is seen later"
