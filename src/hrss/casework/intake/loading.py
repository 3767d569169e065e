"""Loading checked rows: COPY on two connections into a table of this batch alone, which then becomes its partition.

Until the verb's transaction attaches it nobody sees a row; whatever breaks before leaves none behind.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import polars as pl
import psycopg
from django.db import connection
from psycopg import sql

from hrss.casework.intake.bulk import BulkTable
from hrss.casework.models import BulkBatch
from hrss.foundation.audit import record
from hrss.foundation.scope import acting
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import uuid7
from hrss.kernel.outcome import Outcome

CONNECTIONS = 2


@verb("casework.load_rows")
def load_rows(
    table: BulkTable,
    *,
    actor: Actor,
    batch_id: UUID | None = None,
    region_code: str = "",
    organisation_id: UUID | None = None,
) -> Outcome:
    """Load every row of a table, or none. Problems: the table's bad cells, all of them counted.

    The stage is filled outside the verb's transaction by connections of their own; only the take-over is in it.
    """
    table.refuse_if_bad()
    batch = BulkBatch.objects.create(
        id=batch_id or uuid7(),
        item_code=table.item_code,
        region_code=region_code or (actor.regions[0] if actor.regions else ""),
        organisation_id=organisation_id or actor.acting_for_organisation,
        account=actor.account,
        file_name=table.file_name,
        sha256=table.sha256,
        rows=table.rows,
    )
    stage = open_stage(batch.id, actor=actor)
    try:
        fill_stage(stage, table)
        taken = _take(batch.id)
    except BaseException:
        drop_stage(batch.id)
        raise
    if taken != table.rows:
        raise RuntimeError(f"batch {batch.id}: {table.rows} rows were checked, {taken} loaded")
    record(
        actor,
        "casework.load_rows",
        subject_kind="batch",
        subject_id=batch.id,
        region=batch.region_code,
        detail={"rows": taken, "item": table.item_code, "sha256": table.sha256},
    )
    return Outcome("batch", str(batch.id), data={"rows": taken})


def open_stage(batch_id: UUID, *, actor: Actor) -> str:
    """Make the stage of a batch, visible to the connections that fill it; gives its name."""
    with _connect() as own, own.cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.kind', %s, false)", [actor.kind.value])
        cursor.execute("SELECT casework_open_stage(%s)", [batch_id])
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError("no stage was made")
    return str(row[0])


def drop_stage(batch_id: UUID) -> None:
    """Drop the stage of a batch that came to nothing."""
    with _connect() as own:
        own.execute("SELECT casework_drop_stage(%s)", [batch_id])


def fill_stage(stage: str, table: BulkTable) -> None:
    """Fill a stage on two connections at once, each its half of the rows as CSV bytes."""
    frame = table.frame.select(table.row_numbers.alias("row_number"), pl.all())
    step = -(-frame.height // CONNECTIONS) or 1
    parts = [frame.slice(start, step) for start in range(0, frame.height, step)]
    columns = ["row_number", *(f"c{number:02d}" for number in range(1, len(table.columns) + 1))]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in [pool.submit(_copy, stage, columns, part) for part in parts]:
            done.result()


def _copy(stage: str, columns: list[str], part: pl.DataFrame) -> None:
    buffer = io.BytesIO()
    part.write_csv(buffer, include_header=False)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(stage), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with _connect() as own, own.cursor().copy(statement) as copy:
        copy.write(buffer.getbuffer())


def _take(batch_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_stage(%s)", [batch_id])
        return int(cursor.fetchone()[0])


def _connect() -> psycopg.Connection[Any]:
    """Open a connection of the application role beside Django's own."""
    parameters = {
        key: value
        for key, value in connection.get_connection_params().items()
        if key not in ("cursor_factory", "context", "prepare_threshold")
    }
    return psycopg.connect(**parameters, autocommit=True)


def rows_of(batch_id: UUID, *, actor: Actor) -> pl.DataFrame:
    """Give the rows of a batch within the actor's scope, as text columns ``c01`` …"""
    columns = ["row_number", *(f"c{number:02d}" for number in range(1, 17))]
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {} FROM casework_bulkrow WHERE batch_id = %s ORDER BY row_number").format(
                sql.SQL(", ").join(map(sql.Identifier, columns))
            ),
            [batch_id],
        )
        return pl.DataFrame(
            cursor.fetchall(), schema=dict.fromkeys(columns, pl.String) | {"row_number": pl.Int32}, orient="row"
        )
