"""Reading in one round trip: a statement that answers one JSON value, and cursors that say where a page ended."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection
from django.utils import timezone

from hrss.foundation.scope.hot import fetch
from hrss.kernel.problem import Problem


def one_json(statement: str, parameters: Sequence[Any] | dict[str, Any]) -> Any:
    """Run a statement whose answer is one JSON value (as text) and give it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return _value_of(cursor.fetchall())


def hot_json(statement: str, parameters: Sequence[Any] | dict[str, Any]) -> Any:
    """Do the same by a statement planned once a connection (``scope.hot``)."""
    return _value_of(fetch(statement, parameters))


def _value_of(rows: Sequence[Sequence[Any]]) -> Any:
    if not rows or rows[0][0] is None:
        return None
    value = rows[0][0]
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def cursor_of(*parts: object) -> str:
    """Give an opaque cursor."""
    text = orjson.dumps([None if part is None else str(part) for part in parts])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def parts_of(cursor: str, count: int) -> list[str | None]:
    """Read a cursor back; Problem ``page.cursor`` for anything else."""
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise _bad_cursor() from error
    if not isinstance(parts, list) or len(parts) != count:
        raise _bad_cursor()
    return parts


def checked_limit(limit: int, *, most: int = 200) -> int:
    """Give a page size between 1 and ``most``."""
    return max(1, min(limit, most))


def day(text: str | None) -> date | None:
    """Give an ISO day."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """Give an ISO moment in local time."""
    return datetime.fromisoformat(text).astimezone(timezone.get_default_timezone()) if text else None


def _bad_cursor() -> Problem:
    return Problem("page.cursor", "页码不对", remedy="请从第一页重新打开", field="after", status=400)
