"""Putting whole tables into PostgreSQL by COPY, two connections at a time, as the owner role.

A table goes in whole or not at all, in one transaction: row-level security is lifted for the owner only and put back
in the same transaction, secondary indexes are made after the rows, checks stay on, foreign keys hold when it is in
(``demo.keys``). What a trigger would have refused row by row is checked over the whole table before it is committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import psycopg
from django.db import connections
from psycopg import sql

from hrss.demo import keys

CONNECTIONS: Final = 2
SLICE: Final = 60_000  # rows a piece of COPY
WORTH_NEW_INDEXES: Final = 20_000  # rows from which making indexes afterwards is faster

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table to fill. ``frame`` makes the columns when their turn comes; the names are the database's.

    A table too large to hold gives its rows as frames one after the other. ``after`` names tables that must be in
    before although no foreign key says so; ``numbered`` says that ids were given and the counter must follow them.

    ``without_triggers`` is for history that was lived through elsewhere; ``checks`` are queries that must then give no
    row: what the triggers guard, asked of all rows at once.
    """

    name: str
    frame: Callable[[], pl.DataFrame | Iterable[pl.DataFrame]]
    without_triggers: bool = False
    checks: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A table that is in: rows and seconds."""

    name: str
    rows: int
    seconds: float


def connect() -> Connection:
    """Open a connection as the owner, acting as the system."""
    parameters = connections["owner"].get_connection_params()
    wanted = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if parameters.get(name)}
    connection = psycopg.connect(**wanted, autocommit=True)
    connection.execute(
        "SELECT set_config('hrss.kind', 'system', false), set_config('synchronous_commit', 'off', false)"
    )
    connection.execute("SET maintenance_work_mem = '256MB'")
    return connection


def fill(tables: Sequence[Table], *, told: Callable[[Filled], None]) -> list[Filled]:
    """Fill the tables, each after those its foreign keys point at; ``told`` hears of every table that is in."""
    needs = _needs([table.name for table in tables])
    for table in tables:
        needs[table.name] |= set(table.after)
    waiting, done = list(tables), set[str]()
    results: list[Filled] = []
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        running: dict[Future[Filled], Table] = {}
        while waiting or running:
            ready = [table for table in waiting if needs[table.name] <= done]
            for table in ready[: CONNECTIONS - len(running)]:
                waiting.remove(table)
                running[pool.submit(_fill_alone, table)] = table
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                done.add(running.pop(future).name)
                results.append(future.result())
                told(results[-1])
    return results


def empty(names: Sequence[str]) -> None:
    """Empty the tables and all that point at them (the owner only; append-only guards are lifted for the moment)."""
    with connect() as connection, connection.transaction():
        for name in _reached(connection, names):
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
        listed = sql.SQL(", ").join(map(sql.Identifier, names))
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(listed))
        for name in _reached(connection, names):
            connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))


def _needs(names: list[str]) -> dict[str, set[str]]:
    with connect() as connection:
        rows = connection.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid <> confrelid"
        ).fetchall()
    needs: dict[str, set[str]] = {name: set() for name in names}
    for child, parent in rows:
        if child in needs and parent in needs:
            needs[child].add(parent)
    return needs


def _reached(connection: Connection, names: Sequence[str]) -> list[str]:
    rows = connection.execute(
        "WITH RECURSIVE hit(id) AS (SELECT unnest(%s::text[])::regclass::oid"
        " UNION SELECT conrelid FROM pg_constraint JOIN hit ON confrelid = id WHERE contype = 'f')"
        " SELECT id::regclass::text FROM hit",
        [list(names)],
    )
    return [name for (name,) in rows]


def _fill_alone(table: Table) -> Filled:
    """Fill a table in a thread of the pool and close what Django opened for the thread."""
    try:
        return _fill_one(table)
    finally:
        connections.close_all()


def _fill_one(table: Table) -> Filled:
    started = time.perf_counter()
    given = table.frame()
    frames = [given] if isinstance(given, pl.DataFrame) else given
    with connect() as connection, connection.transaction():
        many = not isinstance(given, pl.DataFrame) or len(given) >= WORTH_NEW_INDEXES
        indexes = _make_room(connection, table, many=many)
        resting = many and keys.rest(connection, table.name)
        rows = sum(_copy(connection, table.name, frame) for frame in frames)
        _close_up(connection, table, indexes, resting=resting)
    return Filled(table.name, rows, time.perf_counter() - started)


def _make_room(connection: Connection, table: Table, *, many: bool) -> list[str]:
    """Lift row-level security from the owner, triggers where asked, and secondary indexes where it pays."""
    name = sql.Identifier(table.name)
    connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
    if table.without_triggers:
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    if not many:
        return []
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
        " AND NOT EXISTS (SELECT 1 FROM pg_inherits p WHERE p.inhrelid = i.indexrelid)",
        [table.name],
    ).fetchall()
    for index, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
    return [definition for _, definition in found]


def _copy(connection: Connection, name: str, frame: pl.DataFrame) -> int:
    """Write the rows of a frame; gives how many."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, frame.columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in _pieces(frame):
            copy.write(piece)
    return len(frame)


def _pieces(frame: pl.DataFrame) -> Iterator[bytes]:
    for start in range(0, len(frame), SLICE):
        yield frame.slice(start, SLICE).write_csv(include_header=False).encode()


def _close_up(connection: Connection, table: Table, indexes: list[str], *, resting: bool) -> None:
    name = sql.Identifier(table.name)
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys are checked here, not at COMMIT
    for definition in indexes:
        connection.execute(definition.encode())
    if resting:
        keys.wake(connection, table.name)
    if table.numbered:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest((SELECT max(id) FROM {}), 1))").format(
                name
            ),
            [table.name],
        )
    connection.execute(sql.SQL("ANALYZE {}").format(name))
    for check in table.checks:
        fault = connection.execute(check.encode()).fetchone()
        if fault is not None:
            raise ValueError(f"{table.name}: rows that the database would have refused, such as {fault}")
    if table.without_triggers:
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
    if _is_protected(connection, table.name):
        connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(name))


def _is_protected(connection: Connection, name: str) -> bool:
    row = connection.execute("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [name]).fetchone()
    return bool(row and row[0])
