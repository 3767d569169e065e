"""Looking at bad rows: how many of each fault, and which, masked as any rows are."""

from __future__ import annotations

from typing import Any

from django.db import connection

from hrss.foundation.datasets.declaration import ROW_KEY, Dataset, Sensitivity
from hrss.foundation.datasets.faults import Fault, faults
from hrss.foundation.datasets.running import masked


def count_faults(dataset: Dataset) -> dict[str, int]:
    """Count the bad rows by fault, in one statement."""
    kinds = faults(dataset)
    counts = ", ".join(f"count(*) FILTER (WHERE {fault.sql})" for fault in kinds)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM ({dataset.sql}) AS d")  # noqa: S608 - declared names only
        return dict(zip((fault.code for fault in kinds), cursor.fetchone(), strict=True))


def faulty_rows(
    dataset: Dataset, fault: Fault, *, limit: int = 50, up_to: Sensitivity = Sensitivity.INTERNAL
) -> tuple[dict[str, Any], ...]:
    """Give the bad rows of one fault, masked as any rows are."""
    names = ", ".join(f"d.{name}" for name in dataset.names)
    statement = f"SELECT {names} FROM ({dataset.sql}) AS d WHERE {fault.sql} ORDER BY d.{ROW_KEY} LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [limit])
        found = [dict(zip(dataset.names, row, strict=True)) for row in cursor.fetchall()]
    return tuple(masked(dataset, row, up_to=up_to) for row in found)
