"""Reading the cubes: sums of cells by place, month, kind or part, and counts of different people.

Each question is one statement that sees cells and deltas in one snapshot. Names of columns come from a fixed list;
values are always parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

_BY = {"region": "region_code", "month": "month", "kind": "kind", "part": "part"}
_COLUMNS = "region_code, month, kind, part, n, total"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to add up: one cube, places (codes of one level), first and last month, kinds and parts (none: all)."""

    cube: str
    places: tuple[str, ...]
    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """One answer: the values of what it was grouped by, how many, and the sum."""

    by: tuple[Any, ...]
    n: int
    total: int


@dataclass(slots=True)
class _Where:
    """A WHERE clause under construction, with its parameters."""

    clauses: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, clause: str, value: Any) -> None:
        self.clauses.append(clause)
        self.values.append(value)


def sums(wanted: Wanted, *by: str) -> tuple[Sum, ...]:
    """Add up cells, grouped ``by`` region, month, kind or part, in their order."""
    where = _where(wanted)
    columns = ", ".join(_BY[name] for name in by)
    some = f"SELECT {_COLUMNS} FROM {{}} WHERE {' AND '.join(where.clauses)}"  # noqa: S608 - fixed names
    both = f"{some.format('boards_cell')} UNION ALL {some.format('boards_delta')}"
    grouped = f"GROUP BY {columns} ORDER BY {columns}" if by else ""
    statement = (
        f"SELECT {columns}{', ' if by else ''}coalesce(sum(n), 0)::bigint, coalesce(sum(total), 0)::bigint"  # noqa: S608
        f" FROM ({both}) AS found {grouped}"
    )
    return tuple(Sum(tuple(row[:-2]), row[-2], row[-1]) for row in _ask(statement, where.values * 2))


def people(wanted: Wanted, *by: str) -> tuple[Sum, ...]:
    """Count different people of a set cube: townships are joined, so somebody who moved counts once.

    The statement unites bits chunk by chunk; ``total`` is always 0.
    """
    where = _where(wanted)
    columns = "".join(f"{_BY[name]}, " for name in by)
    condition = " AND ".join(where.clauses)
    statement = f"""
        WITH known AS (
          SELECT {columns} chunk, bits FROM boards_members WHERE {condition}
          UNION ALL SELECT {columns} slot / 8192, boards_bit(slot) FROM boards_seen WHERE {condition}
        ), united AS (SELECT {columns} chunk, bit_count(bit_or(bits)) AS people FROM known GROUP BY {columns} chunk)
        SELECT {columns} coalesce(sum(people), 0)::bigint FROM united
        {f"GROUP BY {columns[:-2]} ORDER BY {columns[:-2]}" if by else ""}
    """  # noqa: S608 - fixed names, values are parameters
    return tuple(Sum(tuple(row[:-1]), row[-1], 0) for row in _ask(statement, where.values * 2))


def _where(wanted: Wanted) -> _Where:
    where = _Where()
    where.add("cube = %s", wanted.cube)
    where.add("region_code = ANY(%s)", list(wanted.places))
    if wanted.first is not None:
        where.add("month >= %s", wanted.first)
    if wanted.last is not None:
        where.add("month <= %s", wanted.last)
    if wanted.kinds:
        where.add("kind = ANY(%s)", list(wanted.kinds))
    if wanted.parts:
        where.add("part = ANY(%s)", list(wanted.parts))
    return where


def _ask(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
