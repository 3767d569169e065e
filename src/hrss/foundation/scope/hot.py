"""Statements of the busiest pages: planned once a connection, bound on the server, several in one round trip.

Planning a page's statement under row-level security costs several times its execution, and a cursor costs more than
the round trip. Parameters that stand where PostgreSQL cannot tell a type need a cast in the statement. It refuses
nothing; what it runs is counted and logged as any other statement (``wire``, ``docs/adr/0050``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import debug_transaction

from hrss.foundation.scope.wire import Asked, Ticket, Wire, wire_of

Parameters = Sequence[Any] | Mapping[str, Any]
Rows = list[tuple[Any, ...]]

_PLACE = re.compile(r"%(?:%|s|\((\w+)\)s)")


def fetch(statement: str, parameters: Parameters) -> Rows:
    """Run a statement with an answer and give its rows."""
    return together((statement, parameters))[0]


def together(*asked: tuple[str, Parameters]) -> list[Rows]:
    """Run several statements in one round trip and give the rows of each."""
    wire = _wire()
    with connection.wrap_database_errors:
        if connection.queries_logged:
            _count(*asked)
        results = wire.ask([_bound(*one) for one in asked])
        return [wire.rows_of(result) for result in results]


def run(statement: str, parameters: Parameters) -> None:
    """Run a statement without an answer that is asked for."""
    together((statement, parameters))


def later(statement: str, parameters: Parameters) -> None:
    """Run a statement before the next one, or with COMMIT; it must stand in a transaction."""
    wire = _wire()
    if connection.queries_logged:
        _count((statement, parameters))
    wire.put_off.append(Ticket(_bound(statement, parameters)))


def soon(statement: str, parameters: Parameters) -> Callable[[], Rows]:
    """Ask along with the next statement; the function given back gives the rows (and asks now where none came)."""
    wire = _wire()
    if connection.queries_logged:
        _count((statement, parameters))
    ticket = Ticket(_bound(statement, parameters))
    wire.put_off.append(ticket)

    def rows() -> Rows:
        with connection.wrap_database_errors:
            if ticket.result is None:
                wire.catch_up()
            return wire.rows_of(ticket.result)

    return rows


def begin(statement: str, parameters: Parameters) -> None:
    """Open the transaction Django has announced with a first statement, at the next round trip."""
    wire = _wire()
    if connection.queries_logged:
        _count((statement, parameters))
    wire.begin(_bound(statement, parameters))


def _wire() -> Wire:
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    raw: Any = connection.connection
    if raw.closed:
        with connection.wrap_database_errors:
            raise psycopg.OperationalError("the connection is closed")
    return wire_of(raw)


def _count(*asked: tuple[str, Parameters]) -> None:
    for statement, _ in asked:
        with debug_transaction(connection, statement):
            pass


def _bound(statement: str, parameters: Parameters) -> Asked:
    query, names = numbered(statement)
    return query, [parameters[name] for name in names] if isinstance(parameters, Mapping) else parameters


@lru_cache(maxsize=1024)
def numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """Give the statement with PostgreSQL's own places ($1) and the names of the parameters in their order."""
    names: list[str] = []
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "%%":
            return "%"
        if found[1] is None:
            count += 1
            return f"${count}"
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return _PLACE.sub(place, statement).encode(), tuple(names)
