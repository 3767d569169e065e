"""Columns as the database wants them: days, moments, sealed numbers, links by id.

Row numbers become ids here and only here; -1 becomes empty.
"""

from __future__ import annotations

from uuid import UUID

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.foundation.crypto import blind_index_many, ring_in_use, seal_many

DAY_MS = 86_400_000
MORNING_MS = 1 * 3_600_000  # nine o'clock in Shanghai, in UTC


def days(numbers: draws.AnyArray) -> pl.Series:
    """Give day numbers as dates; negative ones are empty."""
    column = pl.DataFrame({"day": np.asarray(numbers, dtype=np.int32)})
    return column.select(pl.when(pl.col("day") >= 0).then(pl.col("day").cast(pl.Date)).alias("day"))["day"]


def dates(numbers: draws.AnyArray) -> pl.Series:
    """Give day numbers as dates, also those before 1970; none is empty."""
    return pl.Series(np.asarray(numbers, dtype=np.int32)).cast(pl.Date)


def moments(numbers: draws.AnyArray, milliseconds: draws.AnyArray | int = MORNING_MS) -> pl.Series:
    """Give day numbers and a time of day (UTC) as moments; negative days are empty."""
    stamp = np.asarray(numbers, dtype=np.int64) * DAY_MS + milliseconds
    column = pl.DataFrame({"at": stamp, "known": np.asarray(numbers) >= 0})
    moment = pl.col("at").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    return column.select(pl.when(pl.col("known")).then(moment).alias("at"))["at"]


def links(ids: pl.Series, positions: draws.AnyArray) -> pl.Series:
    """Give the ids at positions; -1 is empty."""
    where = np.asarray(positions, dtype=np.int64)
    chosen = ids.gather(np.maximum(where, 0))
    return pl.DataFrame({"id": chosen, "known": where >= 0}).select(pl.when(pl.col("known")).then(pl.col("id")))["id"]


def dashed(ids: pl.Series) -> pl.Series:
    """Write ids the long way, as other tables hold them in text."""
    parts = [ids.str.slice(start, length) for start, length in ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))]
    text = parts[0]
    for part in parts[1:]:
        text = text + "-" + part
    return text


def new_ids(county: County, name: str, day: draws.AnyArray) -> pl.Series:
    """Make ids for rows that came about on the given days."""
    rng = county.rng("ids", name)
    spread = np.asarray(day, dtype=np.int64) * DAY_MS + rng.integers(0, 9 * 3_600_000, len(day)) + MORNING_MS
    return draws.uuids(rng, spread.clip(0))


def sealed(texts: pl.Series, owners: pl.Series, *, field: str) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Seal a column of numbers for their owners: cipher, blind index and the last four."""
    plain, ring = texts.to_list(), ring_in_use()
    ciphers = seal_many(plain, [UUID(hex=owner) for owner in owners.to_list()], ring=ring, field=field)
    indexes = blind_index_many(plain, ring=ring, field=field)
    return _bytea(ciphers), _bytea(indexes), texts.str.slice(-4)


def _bytea(values: list[bytes]) -> pl.Series:
    column = pl.Series(values, dtype=pl.Binary).bin.encode("hex")
    return pl.Series(["\\x"], dtype=pl.String) + column
