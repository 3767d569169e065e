"""The pay runs of the year: number, days, sums, and the steps each took with whoever took them."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.awards import window
from hrss.demo.county import County
from hrss.demo.paying import pay_days
from hrss.demo.tables.case_columns import at_moments
from hrss.demo.tables.columns import DAY_MS, new_ids
from hrss.demo.tables.signers import RUN, signer
from hrss.kernel.months import YearMonth

MINUTE: Final = 60_000
# The steps of a run: state, minutes after nine on the pay day, who (index into the three, -1 the system).
WAY: Final = (
    ("open", 0, 0), ("frozen", 4, -1), ("made", 31, 0), ("reviewed", 83, 1), ("approved", 140, 2), ("filing", 151, 0),
    ("filed", 153, -1), ("sent", 154, -1),
)  # fmt: skip
ANSWERED, CLOSED = 52, 53  # minutes after nine on the next working day


def runs(county: County) -> pl.DataFrame:
    """Give run (number of the month), fund, group number, pay day, day of the answer, month and counts of every run."""
    if "runs" not in county.frames:
        lines = county["lines"]
        found = lines.group_by("run", "fund", maintain_order=True).agg(
            lines=pl.len(),
            total=pl.col("amount").sum(),
            returned=(pl.col("answer") != "paid").sum(),
            back=pl.col("amount").filter(pl.col("answer") != "paid").sum(),
        )
        day = pay_days(county)[found["run"].to_numpy()]
        month = window(county)[0] + found["run"].to_numpy()
        numbers = [
            f"{fund}-{YearMonth.from_index(index).year}{YearMonth.from_index(index).month:02d}-01".upper()
            for fund, index in zip(found["fund"].to_list(), month.tolist(), strict=True)
        ]
        county["runs"] = found.with_columns(
            day=pl.Series(day),
            answered=pl.Series(_next_weekday(day)),
            month=pl.Series(month),
            number=pl.Series(numbers),
            id=new_ids(county, "runs", day),
        )
    return county["runs"]


def _next_weekday(day: draws.Ints) -> draws.Ints:
    weekday = (day + 1 + 3) % 7  # of the day after, Monday 0
    return np.asarray(day + 1 + np.where(weekday >= 5, 7 - weekday, 0))


def steps(county: County) -> pl.DataFrame:
    """Give every transition with whoever caused it."""
    people = [signer(county, login) for login in RUN]
    rows = []
    for run in runs(county).iter_rows(named=True):
        before = ""
        for state, minutes, who in WAY:
            rows.append((run["id"], before, state, who, clock(run["day"], minutes)))
            before = state
        rows.append((run["id"], before, "answered", -1, clock(run["answered"], ANSWERED)))
        rows.append((run["id"], "answered", "closed", -1, clock(run["answered"], CLOSED)))
    names = ("run_id", "from_state", "to_state", "who", "at")
    frame = pl.DataFrame(rows, schema=list(names), orient="row").sort("at", maintain_order=True)
    causes: list[int] = frame["who"].to_list()
    return frame.drop("who", "at").with_columns(
        actor_kind=pl.Series(["staff" if one >= 0 else "system" for one in causes]),
        actor_person=pl.Series([people[one].person if one >= 0 else None for one in causes], dtype=pl.String),
        at=at_moments(frame["at"].to_numpy()),
    )


def clock(day: int, minutes: int) -> int:
    """Milliseconds of so many minutes after nine in Shanghai."""
    return day * DAY_MS + 3_600_000 + minutes * MINUTE
