"""The figures of insurance, counted on the frames: stocks on a day, coverage, accounts, benefits."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.contributions import month_rows, years
from hrss.demo.county import County
from hrss.demo.insured_employees import START
from hrss.domains.insurance import amounts

DAY = START - 1  # the last day of 2020, for which the county published its figures


def counted(county: County) -> dict[str, float]:
    """Give every figure of insurance by the key of its aim."""
    residents = _on(county, "resident_pension", DAY)
    return {
        "insured.all_2020": float(len(np.union1d(_employees(county, DAY), residents["person"].to_numpy()))),
        "insured.coverage_2020": _share(county, "resident_pension", DAY),
        "insured.unemployment_2020": float(len(_on(county, "unemployment", DAY))),
        "insured.injury_2020": float(len(_on(county, "work_injury", DAY))),
        "insured.unemployment": float(len(_on(county, "unemployment", county.today))),
        "insured.injury": float(len(_on(county, "work_injury", county.today))),
        "insured.coverage": _share(county, "resident_pension", county.today),
        **_benefits(county),
    }


def _share(county: County, scheme: str, day: int) -> float:
    return len(_on(county, scheme, day)) / max(len(_due(county, scheme, day)), 1)


def _benefits(county: County) -> dict[str, float]:
    """Who draws today, months of contributions kept, and how the year of runs went."""
    drawing = county["awards"].filter(pl.col("known") < 0).group_by("benefit").len()
    count = dict(drawing.rows())
    lines = county["lines"]
    return {
        "insured.months": float(sum(len(month_rows(county, year)) for year in years(county))),
        "insured.pensioners": float(count.get(amounts.PENSION_BENEFIT, 0)),
        "insured.unemployed": float(count.get(amounts.UNEMPLOYMENT_BENEFIT, 0)),
        "paid.returned": lines.filter(pl.col("answer") != "paid").height / max(len(lines), 1),
    }


def _due(county: County, scheme: str, day: int) -> pl.DataFrame:
    rows = county["coverage"].filter(pl.col("scheme") == scheme, pl.col("since") <= day)
    return rows.filter((pl.col("until") < 0) | (pl.col("until") > day))


def _on(county: County, scheme: str, day: int) -> pl.DataFrame:
    return _due(county, scheme, day).filter(pl.col("insured_on").is_between(0, day))


def _employees(county: County, day: int) -> draws.Ints:
    jobs = county["spells"].filter(pl.col("organisation") >= 0, pl.col("since") <= day)
    return np.asarray(jobs.filter((pl.col("until") < 0) | (pl.col("until") > day))["person"].unique().to_numpy())
