"""The plan's five years month by month: how many were hired in town, how many left, retired or died.

新增就业 is hirings less natural attrition (retired or died at work); the yearly figures sum to the aim and then go on
to today at the pace of the last year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from hrss.demo import draws, plan
from hrss.demo.county import County, day_number

YEARLY: Final = {2021: 0.202, 2022: 0.200, 2023: 0.200, 2024: 0.1995, 2025: 0.1985}  # of the five-year figure
SEASON: Final = (0.6, 0.7, 1.5, 1.2, 1.0, 1.1, 1.2, 1.0, 1.1, 0.9, 0.9, 0.8)
RETIRE_YEARLY, DIE_YEARLY = 1_900, 280
STOCK_AT_START: Final = 188_500  # in town on 2021-01-01
STAY: Final = 0.10  # yearly rate of leaving a new job


@dataclass(frozen=True, slots=True)
class Flow:
    """Days of the gross hirings in town, sorted; and how many retire and die at work in and after the plan."""

    days: draws.Ints
    lasting: draws.Bools
    retire: tuple[int, int]
    die: tuple[int, int]


def flow(county: County) -> Flow:
    """Lay out the hirings of 2021 to today."""
    rng = county.rng("work", "flow")
    scaled = county.request.scaled
    since_plan = _years_after(county)
    net = plan.figure("work.new_urban")
    retire = scaled(RETIRE_YEARLY * 5), scaled(RETIRE_YEARLY * since_plan)
    die = scaled(DIE_YEARLY * 5), scaled(DIE_YEARLY * since_plan)
    yearly = draws.apportion(np.array(list(YEARLY.values())), scaled(net) + retire[0] + die[0])
    days = [
        _days(rng, year, int(count), day_number(date(year, 12, 31))) for year, count in zip(YEARLY, yearly, strict=True)
    ]
    rest = scaled(net * YEARLY[2025] * since_plan) + retire[1] + die[1]
    days += _after_plan(county, rng, rest)
    hired = np.sort(np.concatenate(days))
    stays = rng.random(len(hired)) < np.exp(-STAY * (county.today - hired) / 365.25)
    return Flow(hired, stays, retire, die)


def _years_after(county: County) -> float:
    return max(0.0, (county.today - day_number(date(2025, 12, 31))) / 365.25)


def _after_plan(county: County, rng: np.random.Generator, count: int) -> list[draws.Ints]:
    years = list(range(2026, county.request.today.year + 1))
    if not years:
        return []
    lengths = np.array([_weight(year, county.today) for year in years])
    parts = draws.apportion(lengths, count)
    return [_days(rng, year, int(part), county.today) for year, part in zip(years, parts, strict=True)]


def _weight(year: int, last: int) -> float:
    ends = [day_number(date(year, month, 1)) for month in range(1, 13)]
    return float(sum(season for season, start in zip(SEASON, ends, strict=True) if start <= last))


def _days(rng: np.random.Generator, year: int, count: int, last: int) -> draws.Ints:
    """Spread a year's hirings over its months by season, none after ``last``."""
    starts = np.array([day_number(date(year + month // 12, month % 12 + 1, 1)) for month in range(13)])
    ends = np.minimum(starts[1:], last + 1)
    room = np.maximum(ends - starts[:-1], 0) / (starts[1:] - starts[:-1])
    months = np.repeat(np.arange(12), draws.apportion(np.array(SEASON) * room, count))
    return np.asarray(starts[months] + (rng.random(count) * (ends - starts[:-1])[months]).astype(np.int64))
