"""The figures of insurance, counted on the frames: stocks on a day, coverage, accounts, benefits."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.insured_employees import START

DAY = START - 1  # the last day of 2020, for which the county published its figures


def counted(county: County) -> dict[str, float]:
    """Give every figure of insurance by the key of its aim."""
    residents = _on(county, "resident_pension", DAY)
    return {
        "insured.all_2020": float(len(np.union1d(_employees(county, DAY), residents["person"].to_numpy()))),
        "insured.coverage_2020": len(residents) / max(len(_due(county, "resident_pension", DAY)), 1),
        "insured.unemployment_2020": float(len(_on(county, "unemployment", DAY))),
        "insured.injury_2020": float(len(_on(county, "work_injury", DAY))),
    }


def _due(county: County, scheme: str, day: int) -> pl.DataFrame:
    rows = county["coverage"].filter(pl.col("scheme") == scheme, pl.col("since") <= day)
    return rows.filter((pl.col("until") < 0) | (pl.col("until") > day))


def _on(county: County, scheme: str, day: int) -> pl.DataFrame:
    return _due(county, scheme, day).filter(pl.col("insured_on").is_between(0, day))


def _employees(county: County, day: int) -> draws.Ints:
    jobs = county["spells"].filter(pl.col("organisation") >= 0, pl.col("since") <= day)
    return np.asarray(jobs.filter((pl.col("until") < 0) | (pl.col("until") > day))["person"].unique().to_numpy())
