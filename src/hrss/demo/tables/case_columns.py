"""What the tables of casework share: moments, days in Shanghai, when a case was first acted on, JSON."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import orjson
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.tables.columns import DAY_MS
from hrss.demo.walking import HOUR


def at_moments(milliseconds: draws.AnyArray) -> pl.Series:
    """Give milliseconds as moments; negative ones are empty."""
    frame = pl.DataFrame({"at": np.asarray(milliseconds, dtype=np.int64)})
    moment = pl.col("at").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    return frame.select(pl.when(pl.col("at") >= 0).then(moment).alias("at"))["at"]


def first_act(county: County, *verbs: str) -> draws.Ints:
    """The moment of the first action with one of these verbs of every case, -1 where there was none."""
    found = county["actions"].filter(pl.col("verb").is_in(verbs)).group_by("case").agg(pl.col("at").min())
    at = np.full(len(county["cases"]), -1, dtype=np.int64)
    at[found["case"].to_numpy()] = found["at"].to_numpy()
    return at


def local_day(milliseconds: draws.Ints) -> draws.Ints:
    """Give the day in Shanghai of moments; -1 stays -1."""
    return np.where(milliseconds >= 0, (milliseconds + 8 * HOUR) // DAY_MS, -1)


def as_json(value: Any) -> str:
    """Write a value as JSON text."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date) else list(value)
