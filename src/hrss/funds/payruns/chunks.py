"""Reading many rows a chunk at a time, by a growing key: memory stays small, no cursor stays open between chunks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

CHUNK = 20_000


def chunks(statement: str, *values: Any) -> Iterator[list[Any]]:
    """Give the rows of a SELECT; its last parameters are the key to go on after and how many, column one is the key."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, last, CHUNK])
            rows = cursor.fetchall()
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        last = rows[-1][0]
