"""Who is insured through an employer: every job with one pays for pension, a part also for unemployment and injury.

The stocks at the end of 2020 are those the county published; from there they grow as the plan's targets ask, a little
off them on purpose. A job that came into a scheme stays in it to its end. Nobody is insured without a job.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import PLAN_FIRST, PLAN_LAST, County, day_number
from hrss.demo.personas import is_cast

FIRST_KEPT: Final = day_number(date(2006, 1, 1))  # contributions are kept since accounts take eight per cent
OPEN: Final = 2**31
START, LAST = day_number(PLAN_FIRST), day_number(PLAN_LAST)
PAST_SHARE: Final = 0.35  # of the jobs that had ended before the plan
LOWEST_PAY: Final = 2_200


@dataclass(frozen=True, slots=True)
class Reach:
    """How many should be in a scheme and how many are, at the end of 2020 and of 2025 (full scale)."""

    scheme: str
    due: tuple[int, int]
    insured: tuple[int, int]
    source: str


REACHES: Final = (
    Reach("unemployment", (54_890, 63_300), (50_500, 60_450), "专栏2：5.05→6.02万；正文95%以上"),
    Reach("work_injury", (67_170, 81_500), (66_500, 80_300), "专栏2：6.65→8.09万，示意未达；正文99%以上"),
)
COLUMN: Final = {"unemployment": "unemployment_from", "work_injury": "injury_from"}


def build(county: County) -> None:
    """Add pay and the days of insurance to the spells, and the frame ``coverage`` of who should be in which scheme."""
    county.add("spells", pay=_pay(county))
    jobs = county["spells"].with_row_index("row").filter(pl.col("organisation") >= 0)
    parts = []
    for reach in REACHES:
        due, insured = _cover(county, jobs, reach)
        whole = np.full(len(county["spells"]), -1, dtype=np.int64)
        whole[jobs["row"].to_numpy()] = insured
        county.add("spells", **{COLUMN[reach.scheme]: whole})
        listed = np.flatnonzero(due >= 0)
        parts.append(
            pl.DataFrame(
                {
                    "person": jobs["person"].gather(listed),
                    "since": due[listed],
                    "until": jobs["until"].gather(listed),
                    "insured_on": insured[listed],
                }
            ).with_columns(scheme=pl.lit(reach.scheme))
        )
    county["coverage"] = pl.concat(parts)


def scaled_stock(county: County, ends: tuple[int, int], day: int) -> int:
    """Give the stock of a day on the line through both ends of the plan."""
    share = (day + 1 - START) / (LAST + 1 - START)
    return county.request.scaled(ends[0] + (ends[1] - ends[0]) * share)


def _pay(county: County) -> draws.Ints:
    """Monthly pay of today in fen, lognormal about 4,300 yuan, never under the county's minimum wage; 0 without one."""
    spells = county["spells"]
    drawn = np.round(county.rng("insured", "pay").lognormal(8.33, 0.33, len(spells)) / 50) * 50
    pay = np.maximum(drawn, LOWEST_PAY).astype(np.int64) * 100
    return np.where(spells["organisation"].to_numpy() >= 0, pay, 0)


def _checkpoints(county: County) -> list[int]:
    years = [day_number(date(year, 12, 31)) for year in range(2020, county.request.today.year)]
    return [*years, county.today]


def _cover(county: County, jobs: pl.DataFrame, reach: Reach) -> tuple[draws.Ints, draws.Ints]:
    """Give since when each job should be in the scheme and since when it is (-1 never)."""
    rng = county.rng("insured", reach.scheme)
    since, until = jobs["since"].to_numpy(), jobs["until"].to_numpy()
    until = np.where(until < 0, OPEN, until)
    eager = _eagerness(county, rng, jobs)
    past = (until < START) & (rng.random(len(jobs)) < PAST_SHARE)
    insured = np.where(past, np.maximum(since, FIRST_KEPT), -1)
    due = insured.copy()
    before = START - 1
    for day in _checkpoints(county):
        active = (since <= day) & (until > day)
        joins = np.maximum(since, before + rng.integers(0, max(day - before, 1), len(jobs)))
        joins = np.maximum(since, FIRST_KEPT) if day == START - 1 else joins
        _top_up(
            rng, insured, active, eager * np.where(due >= 0, 6.0, 1.0), joins, scaled_stock(county, reach.insured, day)
        )
        due = np.where((insured >= 0) & (due < 0), insured, due)
        _top_up(rng, due, active, eager, joins, scaled_stock(county, reach.due, day))
        before = day
    return due, insured


def _eagerness(county: County, rng: np.random.Generator, jobs: pl.DataFrame) -> draws.Floats:
    """Employers differ; who came to be registered as unemployed, or plays the laid-off, had mostly been insured."""
    employers = np.exp(1.6 * rng.normal(0, 1, len(county["organisations"])))
    registered = np.zeros(len(county["persons"]), dtype=bool)
    registered[county.column("registrations", "person")] = True
    lost = registered[jobs["person"].to_numpy()] & (jobs["until"].to_numpy() >= 0)
    cast = is_cast(county)[jobs["person"].to_numpy()]
    return np.asarray(employers[jobs["organisation"].to_numpy()] * np.where(lost, 40.0, 1.0) * np.where(cast, 1e6, 1.0))


def _top_up(
    rng: np.random.Generator, entered: draws.Ints, active: draws.Bools, pull: draws.Floats, joins: draws.Ints, aim: int
) -> None:
    """Let active jobs enter until as many are in as aimed at."""
    free = active & (entered < 0)
    lacking = min(aim - int((active & (entered >= 0)).sum()), int(free.sum()))
    if lacking > 0:
        chosen = draws.take(rng, np.arange(len(entered)), pull * free, lacking)
        entered[chosen] = joins[chosen]
