"""Row-level security of people, proved with the application role by direct SQL."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from tests.foundation.people.builders import BAIDI, COUNTY, TUXIANG, make_person, nobody, public, sql, staff, village

from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import ActorKind, system_actor

TABLES = (
    "person", "household", "householdmember", "phone", "bankaccount", "address",
    "changerequest", "changesignature", "personmerge", "personhistory",
)  # fmt: skip


def names() -> set[str]:
    return {row[0] for row in sql("SELECT name FROM people_person")}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_forces_row_level_security(table: str) -> None:
    statement = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s"
    assert sql(statement, f"people_{table}") == [(True, True)]


def test_without_an_actor_there_are_no_rows() -> None:
    make_person()
    nobody()
    assert sql("SELECT current_user::text") == [("hrss_app",)]
    assert names() == set()
    assert sql("SELECT count(*) FROM people_person WHERE name = '王小明'") == [(0,)]


def test_each_actor_sees_their_own_part() -> None:
    here = make_person("白帝人")
    lives_here = make_person("吐祥人住白帝", region=village(TUXIANG), residence=village(BAIDI))
    there = make_person("吐祥人", region=village(TUXIANG))
    expected = {
        staff(region=BAIDI): {"白帝人", "吐祥人住白帝"},
        staff(region=TUXIANG): {"吐祥人住白帝", "吐祥人"},
        staff(region=COUNTY): {"白帝人", "吐祥人住白帝", "吐祥人"},
        staff(region=village(BAIDI, 1)): set(),
        public(there.id): {"吐祥人"},
        public(here.id, acting_for_person=there.id): {"白帝人", "吐祥人"},
        system_actor("tests"): {"白帝人", "吐祥人住白帝", "吐祥人"},
    }
    assert lives_here.id
    for actor, seen in expected.items():
        with acting(actor):
            assert names() == seen, actor.kind is ActorKind.STAFF and actor.regions


def test_a_clerk_cannot_write_outside_the_region() -> None:
    there = make_person("吐祥人", region=village(TUXIANG))
    here = make_person("白帝人")
    with acting(staff(region=BAIDI)):
        assert sql("UPDATE people_person SET nation = '土家族' WHERE id = %s RETURNING id", there.id) == []
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            sql(
                "UPDATE people_person SET region_code = %s, residence_code = %s WHERE id = %s",
                village(TUXIANG), village(TUXIANG), here.id,
            )  # fmt: skip
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql("DELETE FROM people_person WHERE id = %s", here.id)


def test_history_is_written_by_trigger_only() -> None:
    person = make_person()
    clerk = staff()
    with acting(clerk):
        sql("UPDATE people_person SET nation = '土家族' WHERE id = %s", person.id)
        rows = sql("SELECT before, actor_account, actor_person, operation FROM people_personhistory")
        assert [(json.loads(row[0]), *row[1:]) for row in rows] == [
            ({"nation": "汉族"}, clerk.account, clerk.person, "update")
        ]
        for statement in (
            "INSERT INTO people_personhistory (table_name, row_id, region_code, operation, before, actor_kind)"
            " VALUES ('x', gen_random_uuid(), '500236117', 'update', '{}', '')",
            "UPDATE people_personhistory SET before = '{}'",
            "DELETE FROM people_personhistory",
            "TRUNCATE people_personhistory",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                sql(statement)
    with acting(staff(region=TUXIANG)):
        assert sql("SELECT count(*) FROM people_personhistory") == [(0,)]
    with acting(clerk):
        assert Person.objects.get(id=person.id).version == 2


def test_name_and_number_together_are_refused_by_the_database() -> None:
    person, other = make_person(), make_person("李四")
    with acting(staff()):
        with pytest.raises(IntegrityError, match="双改"), transaction.atomic():
            sql("UPDATE people_person SET name = '张三', id_index = '\\x01' WHERE id = %s", person.id)
        sql("UPDATE people_person SET name = '张三' WHERE id = %s", person.id)
        with pytest.raises(IntegrityError, match="双改"), transaction.atomic():
            sql("UPDATE people_person SET id_index = '\\x01' WHERE id = %s", person.id)
        with pytest.raises(IntegrityError, match="四岗"), transaction.atomic():
            sql("UPDATE people_person SET birth_date = '1950-01-01' WHERE id = %s", person.id)
        with pytest.raises(IntegrityError, match="四岗"), transaction.atomic():
            sql("UPDATE people_person SET merged_into_id = %s WHERE id = %s", other.id, person.id)
        with pytest.raises(IntegrityError, match="编号"), transaction.atomic():
            sql("UPDATE people_person SET id = gen_random_uuid() WHERE id = %s", person.id)


def test_one_number_one_record_across_the_county() -> None:
    there, here = make_person(region=village(TUXIANG)), make_person("另一个")
    with acting(staff()), pytest.raises(IntegrityError, match="id_index"), transaction.atomic():
        sql("UPDATE people_person SET id_index = %s WHERE id = %s", bytes(there.id_index), here.id)


def test_comparisons_of_the_search_are_leakproof() -> None:
    """What the search relies on: PostgreSQL may use these operators before the policy has been checked."""
    wanted = ["text_ge", "text_lt", "text_gt", "texteq", "byteaeq", "uuid_gt", "uuid_eq"]
    rows = dict(sql("SELECT proname, proleakproof FROM pg_proc WHERE proname = ANY (%s)", wanted))
    assert rows == dict.fromkeys(wanted, True)
