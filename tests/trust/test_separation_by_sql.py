"""A clerk with the application's own password: every table and column of money attacked by plain SQL.

The list is made from the catalogue, so a new column is attacked the day it is there. What may be written (notes, and
what a state machine in the database allows) is told by name; after each attack the books are as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from tests.funds.conftest import Office, commit, fill, make_staff, open_office
from tests.funds.payruns_office import MONTH, paid_out
from tests.funds.stock import entitle, make_payee, row
from tests.trust.separation.trying import REFUSED, attempt, undone

from hrss.foundation.scope import acting
from hrss.funds.ledger.services import propose_transfer
from hrss.kernel.actor import Function, system_actor

PARTS = ("ledger", "signing", "payables", "payruns", "banking", "recovery")
# Words people may correct, and where a line stands with the bank: neither moves a fen.
HARMLESS = {
    ("ledger_proposal", "note"), ("payables_payment", "note"), ("payables_payment", "answered_on"),
    ("payruns_run", "problem"), ("payables_entitlement", "stop_reason"), ("payables_entitlement", "stop_evidence"),
}  # fmt: skip
VALUES = {
    "bigint": "{0} + 1", "integer": "{0} + 1", "smallint": "{0} + 1", "text": "{0} || 'x'", "uuid": "gen_random_uuid()",
    "date": "{0} + 1", "timestamp with time zone": "{0} + interval '1 day'", "boolean": "NOT {0}", "bytea": "'\\x00'",
    "jsonb": "'{{}}'",
}  # fmt: skip
OUT_OF_BOUNDS = [
    "SET ROLE hrss_owner", "SET SESSION AUTHORIZATION hrss_owner", "SET LOCAL session_replication_role = replica",
    "CREATE ROLE thief SUPERUSER", "ALTER ROLE hrss_app BYPASSRLS",
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO hrss_app",
    "CREATE OR REPLACE FUNCTION signing_persons(text, text) RETURNS bigint LANGUAGE sql AS 'SELECT 3::bigint'",
    "COPY payables_payment TO '/tmp/out.csv'", "DROP FUNCTION signing_guard() CASCADE",
]  # fmt: skip


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND relname ~ %s ORDER BY 1",
            [f"^({'|'.join(PARTS)})_"],
        )
        return [name for (name,) in cursor.fetchall()]


def columns(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY 1", [table]
        )
        return list(cursor.fetchall())


def attacks() -> Iterator[str]:
    yield from OUT_OF_BOUNDS
    for table in tables():
        yield from (
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            f"DROP TABLE {table} CASCADE",
            f"CREATE RULE thief AS ON INSERT TO {table} DO INSTEAD NOTHING",
            f"CREATE TRIGGER thief BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION hrss_refuse_change()",
            f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1",
        )
        for column, kind in columns(table):
            if (table, column) not in HARMLESS and kind in VALUES:
                yield f'UPDATE {table} SET "{column}" = ' + VALUES[kind].format(f'"{column}"')


def state_of_money() -> str:
    """A fingerprint of every row and column that is not harmless, seen with nothing hidden."""
    prints = []
    with acting(system_actor("tests")), connection.cursor() as cursor:
        for table in tables():
            kept = [f'"{name}"' for name, _ in columns(table) if (table, name) not in HARMLESS]
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM (SELECT {', '.join(kept)} FROM {table}) t"
            )
            prints.append(f"{table} {cursor.fetchone()[0]}")
    return "\n".join(prints)


@pytest.fixture
def books(db: None, tmp_path: Path) -> Office:
    """Books with everything in them: a paid run, a signed transfer, one that waits."""
    office = open_office()
    fill(office, "resident_pension", income=9_000_000, fiscal=9_000_000, expenditure=9_000_000)
    entitle(office, [row(make_payee(f"领款人{n}"), first=MONTH) for n in range(2)])
    paid_out(office, tmp_path)
    propose_transfer(
        actor=office.accountant, fund="resident_pension", giver="fiscal", taker="expenditure", fen=7, on=MONTH.first_day
    )
    commit()
    return office


@pytest.mark.parametrize("function", [Function.FINANCE, Function.HANDLER])
def test_no_statement_changes_money(books: Office, function: Function) -> None:
    clerk = books.accountant if function is Function.FINANCE else make_staff("经办", function)
    before, tried, broken = state_of_money(), 0, []
    for statement in attacks():
        with undone():
            with acting(clerk):
                answer = attempt(partial(run, statement))
            if answer is not REFUSED and state_of_money() != before:
                broken.append(statement)
        tried += 1
    assert tried >= 250
    assert "\n".join(broken) == ""
