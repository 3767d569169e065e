"""Taking measures: the number, the number by division, the rows; always as the actor in scope, in one statement each.

Rows leave only with the columns the reader may see: the rest is masked, never dropped, so that the count stays true.
The caller leaves the read event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from hrss.foundation.datasets.declaration import ROW_KEY, Dataset, Sensitivity
from hrss.foundation.datasets.filters import Clause
from hrss.foundation.datasets.measures import Query

MASK: Final = "＊"
_ORDER: Final = tuple(Sensitivity)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number and how many rows made it."""

    value: int
    rows: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows newest first, as mappings in column order, and the place to go on from."""

    dataset: Dataset
    rows: tuple[dict[str, Any], ...]
    next: tuple[date, str] | None


def number(query: Query) -> Reading:
    """Take the measure."""
    value, rows = _fetch(query.number())[0]
    return Reading(int(value), int(rows))


def by_region(query: Query, *digits: int) -> dict[tuple[date, str], Reading]:
    """Take the measure for every window and division, by the window's last day and the division's code."""
    found = _fetch(query.by_region(digits))
    return {(end, code): Reading(int(value), int(rows)) for end, code, value, rows in found}


def rows(
    query: Query,
    *,
    after: tuple[date, str] | None = None,
    limit: int = 50,
    up_to: Sensitivity = Sensitivity.INTERNAL,
) -> Page:
    """Give the rows behind the number; columns more sensitive than ``up_to`` are masked."""
    names = query.dataset.names
    found = _fetch(query.rows(after=after, limit=limit + 1))
    shown = [dict(zip(names, row, strict=True)) for row in found[:limit]]
    last = shown[-1] if len(found) > limit else None
    place = (last[query.dataset.date_column], str(last[ROW_KEY])) if last else None
    return Page(query.dataset, tuple(masked(query.dataset, row, up_to=up_to) for row in shown), place)


def all_rows(
    query: Query, *, up_to: Sensitivity = Sensitivity.SENSITIVE, batch: int = 2000
) -> Iterator[dict[str, Any]]:
    """Give every row, page by page."""
    place: tuple[date, str] | None = None
    while True:
        page = rows(query, after=place, limit=batch, up_to=up_to)
        yield from page.rows
        if page.next is None:
            return
        place = page.next


def masked(dataset: Dataset, row: dict[str, Any], *, up_to: Sensitivity) -> dict[str, Any]:
    """Mask the values of columns more sensitive than ``up_to``; empty ones stay empty."""
    limit = _ORDER.index(up_to)
    hidden = {column.name for column in dataset.columns if _ORDER.index(column.sensitivity) > limit}
    return {name: MASK if name in hidden and value is not None else value for name, value in row.items()}


def _fetch(clause: Clause) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(clause.sql, clause.values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
