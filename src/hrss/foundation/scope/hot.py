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
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
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
    ours, wire = _connected()
    with ours.wrap_database_errors:
        results = wire.ask([_bound(ours, *one) for one in asked])
        return [wire.rows_of(result) for result in results]


def run(statement: str, parameters: Parameters) -> None:
    """Run a statement without an answer that is asked for."""
    together((statement, parameters))


def later(statement: str, parameters: Parameters) -> None:
    """Run a statement before the next one, or with COMMIT; it must stand in a transaction."""
    ours, wire = _connected()
    wire.put_off.append(Ticket(_bound(ours, statement, parameters)))


def soon(statement: str, parameters: Parameters) -> Callable[[], Rows]:
    """Ask along with the next statement; the function given back gives the rows (and asks now where none came)."""
    ours, wire = _connected()
    ticket = Ticket(_bound(ours, statement, parameters))
    wire.put_off.append(ticket)

    def rows() -> Rows:
        with ours.wrap_database_errors:
            if ticket.result is None:
                wire.catch_up()
            return wire.rows_of(ticket.result)

    return rows


def begin(statement: str, parameters: Parameters) -> None:
    """Open the transaction Django has announced with a first statement, at the next round trip."""
    ours, wire = _connected()
    wire.begin(_bound(ours, statement, parameters))


def _connected() -> tuple[BaseDatabaseWrapper, Wire]:
    """Give this thread's connection and its wire: looked up once, for the look-up is dear."""
    ours = connections[DEFAULT_DB_ALIAS]
    ours.ensure_connection()
    ours.validate_no_broken_transaction()
    raw: Any = ours.connection
    if raw.closed:
        with ours.wrap_database_errors:
            raise psycopg.OperationalError("the connection is closed")
    return ours, wire_of(raw)


def _bound(ours: BaseDatabaseWrapper, statement: str, parameters: Parameters) -> Asked:
    if ours.queries_logged:
        with debug_transaction(ours, statement):
            pass
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
