"""Writing Parquet files: one a dataset and period, named by its content, complete or not there."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl
from django.conf import settings

from hrss.foundation.datasets.declaration import REGION


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is there: its path below the lake, digest, bytes, rows and townships."""

    file: str
    sha256: str
    size: int
    rows: int
    townships: int


def folder() -> Path:
    """Give the folder of the lake."""
    return Path(settings.HRSS_LAKE)


def write(dataset: str, period: str, frame: pl.DataFrame) -> Written:
    """Write the rows of one period; the file has its final name only when it is complete."""
    place = folder() / dataset / f"period={period}"
    place.mkdir(parents=True, exist_ok=True)
    draft = place / ".draft"
    frame.write_parquet(draft, compression="zstd", compression_level=3, statistics=True)
    content = draft.read_bytes()
    digest = sha256(content).hexdigest()
    final = place / f"{digest[:16]}.parquet"
    draft.rename(final)
    townships = frame[REGION].str.slice(0, 9).n_unique() if len(frame) else 0
    return Written(str(final.relative_to(folder())), digest, len(content), len(frame), townships)
