"""Loading for real: whole, once, safe to repeat, and with the database's own guards back in place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import polars as pl
import pytest
from django.conf import settings as project
from django.db import IntegrityError, connections, transaction
from psycopg.errors import ForeignKeyViolation

from hrss.demo import bulk, keys
from hrss.demo import load as loading
from hrss.demo.bulk import Table
from hrss.demo.models import Load
from hrss.foundation.crypto import blind_index, open_sealed, ring_in_use
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.funds.benefits import EntitlementFacts, benefit_of
from hrss.funds.payables.models import Payment
from hrss.funds.soundness.looking import look
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.id_numbers import check_id_number
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.rules.engine import replay

SCALE, TODAY = 0.003, date(2026, 11, 24)
YESTERDAY_OF_TESTS = TODAY - timedelta(days=1)  # not today: the scenes of today are another test


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setattr(project, "HRSS_HOME", tmp_path)
    monkeypatch.setattr(project, "HRSS_AGENCIES", tmp_path / "agencies")
    return tmp_path


@pytest.fixture
def loaded(real_db: str, home: Path) -> Iterator[loading.Loaded]:
    """A loaded county of three in a thousand."""
    yield loading.load(SCALE, today=YESTERDAY_OF_TESTS)


def scalar(query: str, *, alias: str = "owner") -> object:
    with connections[alias].cursor() as cursor:
        if alias == "owner":
            cursor.execute("SELECT set_config('hrss.kind', 'system', false)")
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.slow
def test_the_whole_of_loading(loaded: loading.Loaded, home: Path) -> None:
    """One loading, many questions: loading is the slow part."""
    assert loaded.fresh and [figure for figure in loaded.figures if not figure.is_near] == []
    _rows_are_there(loaded)
    _guards_are_back()
    _numbers_open_and_are_found(home)
    _scope_works()
    _the_funds_are_sound()
    _every_run_computes_again()
    _it_is_not_loaded_twice()
    _another_county_is_refused()
    _a_torn_loading_is_begun_again()


def _rows_are_there(loaded: loading.Loaded) -> None:
    for table, rows in loaded.tables.items():
        assert int(str(scalar(f"SELECT count(*) FROM {table}"))) >= rows, table
    assert scalar("SELECT count(*) FROM people_householdmember WHERE relation = 'head' AND until IS NULL") != 0
    assert scalar("SELECT count(DISTINCT function) FROM access_post") == 12


def _guards_are_back() -> None:
    weak = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity AND relkind = 'r'"
    assert scalar(weak) == 0
    off = "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled = 'D'"
    assert scalar(off) == 0
    names = "', '".join(index.name for index in Person._meta.indexes)
    found = scalar(f"SELECT count(*) FROM pg_indexes WHERE indexname IN ('{names}')")
    assert found == len(Person._meta.indexes)
    assert scalar("SELECT count(*) FROM people_person", alias="default") == 0, "nobody acts: nothing is seen"


def _numbers_open_and_are_found(home: Path) -> None:
    accounts = json.loads((home / "demo" / "accounts.json").read_text())
    woman = accounts["people"]["laid_off"]
    number = check_id_number(woman["id_number"]).text
    ring = ring_in_use()
    with acting(system_actor("test")):
        person = Person.objects.get(id_index=blind_index(number, ring=ring, field="people.id_number"))
        assert person.name == woman["name"]
        assert open_sealed(person.id_cipher, ring=ring, field="people.id_number", owner=person.id) == number
    assert len(accounts["hires"]) >= 300 and accounts["firm"]["clerk"] in accounts["people"]
    assert all((home / "agencies" / f"{name}.sqlite").exists() for name in ("police", "civil", "market"))


def _scope_works() -> None:
    post = PostRef("1", Function.HANDLER, "*", "500236117")
    with acting(Actor(ActorKind.STAFF, posts=(post,), purpose="test")):
        seen = set(Person.objects.values_list("township", "residence_township"))
    assert seen and all("500236117" in places for places in seen)


def _the_funds_are_sound() -> None:
    assert [(one.invariant, one.found, one.examples) for one in look() if one.found] == []
    assert scalar("SELECT count(*) FROM ledger_entry") != 0
    closed = "SELECT count(*) FROM payruns_run r WHERE state = 'closed' AND EXISTS (SELECT 1 FROM payruns_runstep s"
    assert scalar(f"{closed} WHERE s.run_id = r.id AND s.to_state = 'closed')") == scalar(
        "SELECT count(*) FROM payruns_run"
    )
    numbered = "SELECT count(*) FROM ledger_voucher v GROUP BY fund, month HAVING max(number) <> count(*)"
    with connections["owner"].cursor() as cursor:
        cursor.execute(numbered)
        assert cursor.fetchall() == []


def _every_run_computes_again() -> None:
    """The rules give every stored amount again from the stored facts, and the database the signed digest."""
    with acting(system_actor("test")):
        lines = Payment.objects.select_related("facts", "basis").order_by("id")
        for line in lines.iterator():
            assert replay(line.explanation).amount == line.amount
            facts = EntitlementFacts(
                line.entitlement_id, line.person_id, line.benefit, YearMonth.from_index(line.month), line.facts.facts
            )
            if line.ordinal % 40 == 1:
                [found] = benefit_of(line.benefit).compute(facts.month, [facts]).values()
                assert (found.fen, found.versions, found.rule) == (line.amount, line.basis.versions, line.rule)
                assert found.explanation == line.explanation
    seal = "SELECT count(*) FROM payruns_run r CROSS JOIN LATERAL payruns_seal(r.id) s WHERE s.digest = r.digest"
    assert scalar(seal) == scalar("SELECT count(*) FROM payruns_run")


def _it_is_not_loaded_twice() -> None:
    before = scalar("SELECT max(id) FROM demo_load")
    again = loading.load(SCALE, today=TODAY)
    assert not again.fresh and again.seconds < 5 and again.figures
    assert scalar("SELECT max(id) FROM demo_load") == before


def _another_county_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        loading.load(0.004, today=TODAY)
    assert caught.value.code == "demo.other_county" and "--data" in caught.value.remedy


def _a_torn_loading_is_begun_again() -> None:
    Load.objects.using("owner").update(finished_at=None)
    again = loading.load(SCALE, today=YESTERDAY_OF_TESTS)
    assert again.fresh and scalar("SELECT count(*) FROM demo_load") == 1
    assert scalar("SELECT count(*) FROM people_person") == again.tables["people_person"]


def test_people_nobody_made_here_are_left_alone(real_db: str, home: Path) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.kind', 'system', false)")
        cursor.execute(
            "INSERT INTO people_person (id, region_code, residence_code, name, pinyin, sex, birth_date, nation,"
            " education, hukou, away_to, id_cipher, id_index, id_tail, version) VALUES (gen_random_uuid(), '500236',"
            " '', '某人', 'mouren', 1, '1990-01-01', '汉族', 'unknown', 'rural', '', '', '\\x01', '0000', 1)"
        )
    with pytest.raises(Problem) as caught:
        loading.load(SCALE, today=TODAY)
    assert caught.value.code == "demo.not_ours"


def test_a_table_with_a_row_the_database_would_refuse_is_not_committed(real_db: str) -> None:
    bad = Table("demo_load", _one_load, checks=("SELECT id FROM demo_load WHERE seed = 13",))
    with pytest.raises(ValueError, match="would have refused"):
        bulk.fill([bad], told=lambda filled: None)
    assert scalar("SELECT count(*) FROM demo_load") == 0


def _one_load() -> pl.DataFrame:
    return pl.DataFrame({"scale": [0.5], "seed": [13], "today": [TODAY], "tables": ["{}"], "report": ["[]"]})


@pytest.mark.parametrize("may", [True, False], ids=["keys asked at once", "keys asked row by row"])
def test_a_row_that_points_at_nobody_is_not_committed(real_db: str, may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same is refused with the right to let triggers rest and without it, and the next writer meets the keys."""
    monkeypatch.setattr(bulk, "WORTH_NEW_INDEXES", 1)
    if not may:
        monkeypatch.setattr(keys, "_MAY_REST", "SELECT false")
    lost = Table("people_phone", _phone_of_nobody)
    with pytest.raises((ValueError, ForeignKeyViolation), match="person"):
        bulk.fill([lost], told=lambda filled: None)
    assert scalar("SELECT count(*) FROM people_phone") == 0
    with pytest.raises(IntegrityError), transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.kind', 'system', true)")
        row = _phone_of_nobody().row(0, named=True)
        cursor.execute(
            f"INSERT INTO people_phone ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values())
        )


def _phone_of_nobody() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "id": [str(uuid4())],
            "person_id": [str(uuid4())],
            "region_code": ["500236117001"],
            "cipher": ["\\x01"],
            "index": ["\\x01"],
            "tail": ["0000"],
            "is_primary": [True],
        }
    )


def test_keys_rest_only_where_nothing_must_see_the_rows(real_db: str) -> None:
    with bulk.connect() as link, link.transaction(force_rollback=True):
        assert keys.rest(link, "people_phone")
        assert link.execute("SHOW session_replication_role").fetchone() == ("replica",)
        keys.wake(link, "people_phone")
        assert link.execute("SHOW session_replication_role").fetchone() == ("origin",)
        assert not keys.rest(link, "ledger_entry")  # its triggers hold the sums
