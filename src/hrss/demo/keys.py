"""Foreign keys of a table that comes whole: asked once of all rows, not row by row behind every row.

PostgreSQL looks a key up in a trigger for each row; at twenty million rows that is most of the loading. Where the
owner may set ``session_replication_role`` (the embedded server grants it; see docs/operations.md) the triggers rest
while the rows come in, and each key is then asked of the whole table in the same transaction. A table with triggers
of the house that must see each row keeps all of them; those of the boards need not, as cubes are counted anew after a
loading. Where the right is missing nothing changes but the time.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]

_MAY_REST = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
_SEES_ROWS = """
SELECT 1 FROM pg_trigger
WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O' AND tgtype & 4 = 4
  AND NOT starts_with(tgname, 'boards_') LIMIT 1
"""
_KEYS = """
SELECT conname::text, confrelid::regclass::text,
  (SELECT array_agg(attname::text ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS mine(number, place)
     JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
  (SELECT array_agg(attname::text ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS theirs(number, place)
     JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass ORDER BY conname
"""


def rest(connection: Connection, table: str) -> bool:
    """Let the triggers of ``table`` rest for this transaction, if that is allowed and none must see the rows."""
    may = connection.execute(_MAY_REST).fetchone()
    if not (may and may[0]) or connection.execute(_SEES_ROWS, [table]).fetchone():
        return False
    connection.execute("SET LOCAL session_replication_role = replica")
    return True


def wake(connection: Connection, table: str) -> None:
    """Let the triggers work again and ask every foreign key of all rows; ValueError names key and values."""
    connection.execute("SET LOCAL session_replication_role = origin")
    for name, parent, mine, theirs in connection.execute(_KEYS, [table]).fetchall():
        lost = connection.execute(_without_parent(table, str(parent), list(mine), list(theirs))).fetchone()
        if lost is not None:
            raise ValueError(f"{table}: {name} points at nothing in {parent}: {lost}")


def _without_parent(table: str, parent: str, mine: list[str], theirs: list[str]) -> sql.Composed:
    """A row whose key is given in full and leads nowhere (MATCH SIMPLE, as PostgreSQL has it)."""
    given = [sql.SQL("child.{}").format(sql.Identifier(one)) for one in mine]
    found = [sql.SQL("parent.{}").format(sql.Identifier(one)) for one in theirs]
    return sql.SQL(
        "SELECT {columns} FROM {table} AS child WHERE {filled}"
        " AND NOT EXISTS (SELECT 1 FROM {parent} AS parent WHERE {same}) LIMIT 1"
    ).format(
        columns=sql.SQL(", ").join(given),
        table=sql.Identifier(table),
        filled=sql.SQL(" AND ").join(one + sql.SQL(" IS NOT NULL") for one in given),
        parent=sql.Identifier(parent),
        same=sql.SQL(" AND ").join(a + sql.SQL(" = ") + b for a, b in zip(found, given, strict=True)),
    )
