"""Reading PostgreSQL for the lake: ADBC, one snapshot for everything, read-only, as the system and under its policies.

The application role reads (no superuser, nothing bypassed): it says that the system acts, as every job does, and row-
level security lets the system see the county. What may leave is decided column by column: ids of people become
pseudonyms, days of people become months, everything else that is personal or sensitive stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import adbc_driver_postgresql.dbapi as adbc
import polars as pl
from django.db import connection as django_connection

from hrss.foundation.crypto import blind_index, ring_in_use
from hrss.foundation.datasets import Column, Dataset, Sensitivity

PERIOD = "period"
OPEN = frozenset({Sensitivity.PUBLIC, Sensitivity.INTERNAL})
_SQL_TYPES = {
    "text": "text",
    "code": "text",
    "uuid": "text",
    "integer": "bigint",
    "fen": "bigint",
    "boolean": "boolean",
}
_POLARS = {
    "text": pl.String,
    "code": pl.String,
    "uuid": pl.String,
    "integer": pl.Int64,
    "fen": pl.Int64,
    "boolean": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Cut:
    """The moment of a snapshot and its name in PostgreSQL."""

    at: datetime
    snapshot: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A column as it goes into the lake: its SQL and its type there."""

    column: Column
    sql: str
    type: Any


class Source:
    """One open snapshot of PostgreSQL."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def cut(self) -> Cut:
        """Give the moment of the snapshot."""
        self._cursor.execute("SELECT now(), pg_current_snapshot()::text")
        at, snapshot = self._cursor.fetchone()
        return Cut(at, snapshot)

    def fingerprints(self, dataset: Dataset) -> dict[str, str]:
        """Give each period's fingerprint: number of rows and the sum of their hashes; by day first, it is cheaper."""
        day = f"d.{dataset.date_column}"
        self._cursor.execute(
            f"SELECT {_period('day')} AS {PERIOD}, sum(rows)::bigint, sum(hashes)::text FROM"  # noqa: S608
            f" (SELECT {day} AS day, count(*) AS rows, sum(hash_record_extended(d, 0)) AS hashes"
            f" FROM ({dataset.sql}) AS d GROUP BY 1) AS days GROUP BY 1"
        )
        return {period: f"{count}:{total}" for period, count, total in self._cursor.fetchall()}

    def rows(self, dataset: Dataset, periods: Sequence[str] | None) -> pl.DataFrame:
        """Give the rows of the periods (all when None), with the period and the columns that may leave."""
        columns = ", ".join(f"{one.sql} AS {one.column.name}" for one in kept_columns(dataset))
        period = _period(f"d.{dataset.date_column}")
        listed = "" if periods is None else ", ".join(f"'{_safe(one)}'" for one in periods)
        where = "" if periods is None else f"WHERE {period} IN ({listed})"
        self._cursor.execute(f"SELECT {period} AS {PERIOD}, {columns} FROM ({dataset.sql}) AS d {where}")  # noqa: S608
        frame = pl.from_arrow(self._cursor.fetch_arrow_table())
        if not isinstance(frame, pl.DataFrame):
            raise TypeError(f"dataset {dataset.name} gave no table")
        return frame


@contextmanager
def opened() -> Iterator[Source]:
    """Open one snapshot, read-only, as the system."""
    with adbc.connect(_address()) as link, link.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(
            "SELECT set_config('hrss.kind', 'system', true), set_config('hrss.lake_key', $1, true)", (_pseudonym_key(),)
        )
        cursor.fetchall()
        yield Source(cursor)
        link.rollback()


def kept_columns(dataset: Dataset) -> tuple[Kept, ...]:
    """Give the columns that go into the lake: open ones as they are, ids of people as pseudonyms, days as months."""
    kept = []
    for column in dataset.columns:
        name = f"d.{column.name}"
        if column.sensitivity in OPEN:
            is_date = column.type == "date"
            kept.append(Kept(column, f"{name}::{'date' if is_date else _SQL_TYPES[column.type]}", _type(column)))
        elif column.sensitivity is Sensitivity.PERSONAL and column.type == "uuid":
            kept.append(Kept(column, _pseudonym(name), pl.Int64))
        elif column.sensitivity is Sensitivity.PERSONAL and column.type == "date":
            kept.append(Kept(column, f"date_trunc('month', {name})::date", pl.Date))
    return tuple(kept)


def definition_of(dataset: Dataset) -> str:
    """Give the digest of what makes a file: the SELECT and the columns that leave."""
    text = "\n".join((dataset.sql, *(f"{one.column.name} {one.sql}" for one in kept_columns(dataset))))
    return sha256(text.encode()).hexdigest()[:16]


def _type(column: Column) -> Any:
    return pl.Date if column.type == "date" else _POLARS[column.type]


def _pseudonym(name: str) -> str:
    digest = f"sha256(convert_to(current_setting('hrss.lake_key') || {name}, 'UTF8'))"
    return f"CASE WHEN {name} IS NULL THEN NULL ELSE ('x' || left(encode({digest}, 'hex'), 16))::bit(64)::bigint END"


def _period(day: str) -> str:
    """Rows lie by month from 2020 on and by year before; what has no day lies apart."""
    return (
        f"CASE WHEN {day} IS NULL THEN 'none' WHEN {day} < DATE '2020-01-01' THEN to_char({day}, 'YYYY')"
        f" ELSE to_char({day}, 'YYYY-MM') END"
    )


def _safe(period: str) -> str:
    if not period.replace("-", "").isalnum():
        raise ValueError(f"not a period: {period!r}")
    return period


def _pseudonym_key() -> str:
    return blind_index("analytics", ring=ring_in_use(), field="lake.pseudonym").hex()


def _address() -> str:
    """Give the application role's address as ADBC takes it."""
    known = django_connection.get_connection_params()
    login = f"{quote(str(known['user']), safe='')}:{quote(str(known['password']), safe='')}"
    place = f"host={quote(str(known.get('host', '')), safe='')}&port={known.get('port', '')}"
    return f"postgresql://{login}@/{known['dbname']}?{place}"
