"""Cubes: the same as their rows after every statement, gone with a rollback, nobody can write them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from tests.channels.staffed import TOWN, VILLAGE, prepare, somebody

from hrss.domains.employment.models import EmploymentSpell, StatusEvent, UnemploymentRegistration
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.oversight.boards import cubes
from hrss.oversight.boards.keeping import keep
from hrss.oversight.boards.models import CubeCheck
from hrss.oversight.boards.reading import Wanted, people, sums

SYSTEM = system_actor("test")
COUNTY = "500236"
VILLAGES = (VILLAGE, "500236117002", "500236127001")
KINDS = ("employer", "self", "flexible")
SITUATIONS = ("left_unit", "graduate", "other")


def wrong() -> dict[str, int]:
    with acting(SYSTEM):
        return {code: cubes.differing(code) for code, cube in cubes.CUBES.items() if not cube.is_set}


@pytest.fixture
def crowd(db: None) -> list[UUID]:
    prepare()
    return [somebody("民" + "甲乙丙丁戊己庚辛壬癸子丑"[number], region=VILLAGES[number % 3]).id for number in range(12)]


def some_day(dice: random.Random) -> date:
    return date(2023, 1, 1) + timedelta(days=dice.randrange(900))


def start_spell(dice: random.Random, crowd: list[UUID]) -> None:
    since = some_day(dice)
    EmploymentSpell.objects.create(
        person_id=dice.choice(crowd), region_code=dice.choice(VILLAGES), kind=dice.choice(KINDS), since=since,
        until=since + timedelta(days=dice.randrange(200)) if dice.random() < 0.4 else None,
    )  # fmt: skip


def register(dice: random.Random, crowd: list[UUID]) -> None:
    person = dice.choice(crowd)
    if UnemploymentRegistration.objects.filter(person_id=person, ended_on=None).exists():
        return
    day = some_day(dice)
    UnemploymentRegistration.objects.create(
        person_id=person, region_code=dice.choice(VILLAGES), registered_on=day, situation=dice.choice(SITUATIONS),
        last_contact_on=day,
    )  # fmt: skip


def many_spells(dice: random.Random, crowd: list[UUID]) -> None:
    rows = [
        EmploymentSpell(person_id=one, region_code=dice.choice(VILLAGES), kind="flexible", since=some_day(dice))
        for one in crowd
    ]
    EmploymentSpell.objects.bulk_create(rows)


def end_some(dice: random.Random, crowd: list[UUID]) -> None:
    EmploymentSpell.objects.filter(until=None, person_id__in=dice.sample(crowd, 4)).update(until=date(2026, 1, 5))
    UnemploymentRegistration.objects.filter(ended_on=None, person_id__in=dice.sample(crowd, 4)).update(
        ended_on=date(2026, 2, 1)
    )


def move_some(dice: random.Random, crowd: list[UUID]) -> None:
    EmploymentSpell.objects.filter(person_id__in=dice.sample(crowd, 5)).update(region_code=dice.choice(VILLAGES))


def drop_some(dice: random.Random, crowd: list[UUID]) -> None:
    EmploymentSpell.objects.filter(person_id=dice.choice(crowd)).delete()


def someone_dies(dice: random.Random, crowd: list[UUID]) -> None:
    Person.objects.filter(id=dice.choice(crowd)).update(death_date=date(2026, 3, dice.randrange(1, 28)))


def then_fold(dice: random.Random, crowd: list[UUID]) -> None:
    cubes.fold()


ACTS: tuple[Callable[[random.Random, list[UUID]], None], ...] = (
    start_spell, start_spell, register, many_spells, end_some, move_some, drop_some, someone_dies, then_fold,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_a_cube_says_what_its_rows_say_after_any_acts(seed: int, crowd: list[UUID]) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        with acting(SYSTEM):
            dice.choice(ACTS)(dice, crowd)
    assert set(wrong().values()) == {0}
    cubes.fold()
    assert set(wrong().values()) == {0}
    with acting(SYSTEM):
        found = sums(Wanted("employment.spells", (COUNTY,), parts=("start",)))[0].n
        assert found == EmploymentSpell.objects.count()


def test_a_county_is_the_sum_of_its_villages(crowd: list[UUID]) -> None:
    dice = random.Random(1)
    with acting(SYSTEM):
        for _ in range(20):
            start_spell(dice, crowd)
        whole = sums(Wanted("employment.spells", (COUNTY,)), "month", "kind", "part")
        parts = sums(Wanted("employment.spells", VILLAGES), "month", "kind", "part")
        assert whole == parts
        towns = sums(Wanted("employment.spells", (TOWN, "500236127")), "region")
        assert sum(one.n for one in towns) == sum(one.n for one in whole)


def test_a_rolled_back_batch_leaves_nothing(crowd: list[UUID]) -> None:
    with acting(SYSTEM):
        before = sums(Wanted("employment.spells", (COUNTY,)))
        with pytest.raises(RuntimeError), transaction.atomic():
            many_spells(random.Random(2), crowd)
            assert sums(Wanted("employment.spells", (COUNTY,))) != before
            raise RuntimeError
        assert sums(Wanted("employment.spells", (COUNTY,))) == before


def test_different_people_are_counted_once_across_months_and_places(crowd: list[UUID]) -> None:
    dice = random.Random(3)
    rows = [
        (
            dice.choice(crowd),
            dice.choice(VILLAGES),
            date(2025, dice.randrange(1, 13), 5),
            dice.choice(("hired", "left")),
        )
        for _ in range(60)
    ]
    with acting(SYSTEM):
        for turn, (person, region, day, kind) in enumerate(rows):
            StatusEvent.objects.create(person_id=person, region_code=region, on=day, kind=kind, source="case")
            if turn == 30:
                cubes.fold()
        towns = (TOWN, "500236127")
        wanted = Wanted("employment.found_work", towns, date(2025, 3, 1), date(2025, 8, 1))
        expected = {p for p, _, d, k in rows if 3 <= d.month <= 8 and k == "hired"}
        assert people(wanted)[0].n == len(expected)
        by_town = {one.by[0]: one.n for one in people(wanted, "region")}
        for town in towns:
            assert by_town.get(town, 0) == len(
                {p for p, r, d, k in rows if 3 <= d.month <= 8 and k == "hired" and r.startswith(town)}
            )
        before = people(Wanted("employment.found_work", towns), "month", "kind")
        cubes.rebuild("employment.found_work")
        assert people(Wanted("employment.found_work", towns), "month", "kind") == before


def test_rebuilding_gives_the_same(crowd: list[UUID]) -> None:
    dice = random.Random(4)
    with acting(SYSTEM):
        for _ in range(15):
            start_spell(dice, crowd)
            register(dice, crowd)
        before = sums(Wanted("employment.spells", VILLAGES), "region", "month", "kind", "part")
        cubes.rebuild_all()
        assert sums(Wanted("employment.spells", VILLAGES), "region", "month", "kind", "part") == before


def test_the_nightly_check_keeps_what_it_found(crowd: list[UUID]) -> None:
    with acting(SYSTEM):
        many_spells(random.Random(5), crowd)
    cubes.fold()
    assert cubes.check_all() == {}
    assert CubeCheck.objects.filter(differing=0).count() == len(wrong())


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["boards_cell", "boards_delta", "boards_members", "boards_seen", "boards_slot"])
def test_the_application_cannot_write_a_figure(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE, TRUNCATE')", [table])
        assert cursor.fetchone() == (False,)


def test_a_fraud_by_the_owner_is_found_at_night(real_db: str) -> None:
    prepare()
    ids = [somebody("民" + "甲乙丙"[number]).id for number in range(3)]
    with acting(SYSTEM):
        many_spells(random.Random(6), ids)
    cubes.fold()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE boards_cell SET n = n + 1 WHERE cube = 'employment.spells' AND region_code = %s", [COUNTY]
        )
    found = cubes.check_all()
    assert list(found) == ["employment.spells"]
    assert CubeCheck.objects.filter(differing__gt=0).get().differing == found["employment.spells"]
    cubes.rebuild("employment.spells")
    assert cubes.check_all() == {}


@pytest.mark.django_db
def test_every_cube_has_its_functions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'boards\\_rebuild\\_%%'")
        names = {row[0].removeprefix("boards_rebuild_") for row in cursor.fetchall()}
    assert names == {cube.function_name for cube in cubes.CUBES.values()}


def test_the_way_back_takes_everything_away() -> None:
    made = keep("a.b", table="t", cells="SELECT 1 FROM {rows}")
    undone = " ".join(made.reverse_sql)
    for line in made.sql:
        what = line.split("CREATE ")[1].split("(")[0].split(" AFTER")[0]
        assert f"DROP {what}" in undone
