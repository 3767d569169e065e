"""What is asked for (scale, seed, day) and what has been built of it: named frames, one per kind of thing.

A layer reads the frames of earlier layers and adds its own. Positions (row numbers) link frames while the county is
built; ids are only for the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.kernel.problem import Problem

EPOCH = date(1970, 1, 1)
FIRST_DAY = date(2020, 1, 1)  # earliest history kept: deaths, spells and cases before it are not made
SMALLEST = 0.003
PLAN_FIRST, PLAN_LAST = date(2021, 1, 1), date(2025, 12, 31)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True)
class Request:
    """Which county: ``scale`` is the share of the people (1 = all 1.07 million), ``today`` anchors ages and cases."""

    scale: float
    seed: int
    today: date

    def __post_init__(self) -> None:
        if not SMALLEST <= self.scale <= 1:
            raise Problem(
                "demo.scale",
                f"示范县的比例应在 {SMALLEST} 到 1 之间，不是 {self.scale}",
                remedy="比例太小配不齐各村各岗位的人；一般用 0.02",
                field="scale",
            )

    def scaled(self, full: float, *, least: int = 0) -> int:
        """Give the whole number that a full-scale figure comes to."""
        return max(least, round(full * self.scale))


@dataclass(slots=True)
class County:
    """The county while it is built: the request and the frames made so far, by name."""

    request: Request
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pl.DataFrame:
        try:
            return self.frames[name]
        except KeyError:
            raise KeyError(f"no layer before this one built {name!r}; built: {', '.join(self.frames)}") from None

    def __setitem__(self, name: str, frame: pl.DataFrame) -> None:
        self.frames[name] = frame

    def column(self, frame: str, name: str) -> draws.AnyArray:
        """Give one column as a NumPy array."""
        return self[frame][name].to_numpy()

    def add(self, frame: str, **columns: draws.AnyArray | pl.Series) -> None:
        """Add columns to a frame."""
        self[frame] = self[frame].with_columns(**{name: pl.Series(values) for name, values in columns.items()})

    def rng(self, *path: str) -> np.random.Generator:
        """Give the random stream of one purpose in this county."""
        return draws.stream(self.request.seed, *path)

    @property
    def today(self) -> int:
        """Today as a day number."""
        return day_number(self.request.today)
