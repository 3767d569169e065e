"""Statements of the busiest pages: planned once a connection, bound on the server.

Planning a page's statement under row-level security costs several times its execution. Parameters that stand where
PostgreSQL cannot tell a type need a cast in the statement. It refuses nothing; what it runs is counted and logged as
any other statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

Parameters = Sequence[Any] | Mapping[str, Any]


def fetch(statement: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    """Run a statement with an answer and give its rows."""
    with _cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def run(statement: str, parameters: Parameters) -> None:
    """Run a statement without an answer."""
    with _cursor() as cursor:
        cursor.execute(statement, parameters)


def _cursor() -> CursorWrapper:
    connection.ensure_connection()
    raw: Any = psycopg.Cursor(connection.connection)
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
