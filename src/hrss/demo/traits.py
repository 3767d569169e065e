"""Schooling of each person, by year of birth, sex and town or country."""

from __future__ import annotations

from typing import Final

import numpy as np

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.population import FEMALE, age_in_years

LEVELS: Final = ("", "文盲", "小学", "初中", "高中", "中专", "大专", "本科", "研究生")
YEARS: Final = (1930, 1945, 1955, 1965, 1975, 1985, 1995, 2005)
# Shares of 文盲 … 研究生 by year of birth (design, shaped on the 2020 census of neighbouring counties).
SHARES: Final = np.array(
    [
        (0.52, 0.42, 0.05, 0.008, 0.001, 0.001, 0.000, 0.000),
        (0.30, 0.55, 0.12, 0.020, 0.005, 0.004, 0.001, 0.000),
        (0.16, 0.52, 0.25, 0.050, 0.010, 0.008, 0.002, 0.000),
        (0.06, 0.40, 0.42, 0.080, 0.020, 0.015, 0.005, 0.000),
        (0.03, 0.28, 0.51, 0.090, 0.030, 0.040, 0.019, 0.001),
        (0.01, 0.11, 0.52, 0.130, 0.060, 0.100, 0.066, 0.004),
        (0.005, 0.03, 0.36, 0.180, 0.105, 0.170, 0.140, 0.010),
        (0.004, 0.02, 0.22, 0.240, 0.130, 0.200, 0.178, 0.008),
    ]
)
STILL_AT: Final = ((6.5, 0), (12.5, 2), (15.5, 3), (18.5, 4))  # under this age, schooling so far


def build(county: County) -> None:
    """Add ``education`` (position in LEVELS) to the persons."""
    rng = county.rng("traits", "education")
    year = 1970 + county.column("persons", "birth") / 365.2425
    cumulative = np.cumsum(SHARES, axis=1)
    bounds = np.stack([np.interp(year, YEARS, cumulative[:, level]) for level in range(SHARES.shape[1] - 1)])
    luck = rng.random(len(year))
    schooled = np.where(county.column("persons", "urban"), luck**0.62, luck)
    old_women = (county.column("persons", "sex") == FEMALE) & (year < 1972)
    schooled = np.where(old_women, schooled**1.35, schooled)
    level = 1 + (schooled[None, :] > bounds).sum(axis=0)
    county.add("persons", education=_so_far(level, age_in_years(county)))


def _so_far(level: draws.Ints, age: draws.Floats) -> draws.Ints:
    for below, so_far in reversed(STILL_AT):
        level = np.where(age < below, np.minimum(level, so_far), level)
    return np.where(age < STILL_AT[0][0], 0, level)
