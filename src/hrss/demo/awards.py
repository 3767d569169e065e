"""Who draws what: pensioners of the residents' scheme and the unemployed whom the fund pays, with where it was decided.

The funds began here twelve months ago: what ran then was taken over as a signed list, what was decided since came by a
case. The conditions are those of the law: sixty and paid up; a year paid, not by own will, registered.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import day_of_month, first_day, month_of
from hrss.demo.county import County
from hrss.domains.insurance import amounts
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.unemployment import unemployment_months

MONTHS: Final = 12
MIDDLE: Final = 15
CLAIMING: Final = 0.92  # of the unemployed who may
PAST, STOCK, CASE = "past", "stock", "case"
REEMPLOYED, USED_UP, DIED = "失业登记已经退出", "领取期满", "去世"
CLAIMS: Final = {amounts.PENSION_BENEFIT: "pension_claims", amounts.UNEMPLOYMENT_BENEFIT: "unemployment_claims"}


def this_month(county: County) -> int:
    """The month of today."""
    return int(month_of(np.array([county.today]))[0])


def window(county: County) -> tuple[int, int]:
    """Give the first and the last month the funds paid here: the twelve before this one."""
    return this_month(county) - MONTHS, this_month(county) - 1


def build(county: County) -> None:
    """Add the frames ``awards`` and, for the history of cases, a frame of claims for each benefit."""
    rows = pl.concat([_pensions(county), _unemployed(county)], how="diagonal_relaxed")
    first, last = rows["first"].to_numpy(), rows["last"].to_numpy()
    opened = first_day(np.array([window(county)[0]]))[0]
    came = np.where(rows["decided"].to_numpy() >= opened, CASE, STOCK)
    origin = np.where((came == STOCK) & (last >= 0) & (last < window(county)[0]), PAST, came)
    rows = rows.with_columns(origin=pl.Series(origin.tolist(), dtype=pl.String), first=pl.Series(first))
    county["awards"] = rows.sort("benefit", "person", maintain_order=True)
    for benefit, name in CLAIMS.items():
        here = county["awards"].with_row_index("award").filter(pl.col("benefit") == benefit, pl.col("origin") == CASE)
        county[name] = here.select("person", "registration", on="decided", award=pl.col("award").cast(pl.Int64))


def _pensions(county: County) -> pl.DataFrame:
    frame = county["residents"].with_row_index("member").filter(pl.col("claimed") >= 0)
    ended = frame["ended"].to_numpy()
    dead = ended >= 0
    return pl.DataFrame(
        {
            "person": frame["person"],
            "benefit": pl.repeat(amounts.PENSION_BENEFIT, len(frame), eager=True),
            "decided": frame["claimed"],
            "first": frame["first"],
            "last": np.where(dead, np.maximum(month_of(ended.clip(0)), frame["first"].to_numpy() - 1), -1),
            "known": np.where(dead, ended + 3, -1),
            "why": np.where(dead, DIED, "").tolist(),
            "account": frame["account"],
            "years": frame["years"],
            "one_child": frame["one_child"],
        }
    )


def _unemployed(county: County) -> pl.DataFrame:
    """The last registration of each person who may draw; how long follows from the months paid before it."""
    rng = county.rng("awards", "unemployment")
    rows = (
        county["registrations"].with_row_index("registration").sort("on").group_by("person", maintain_order=True).last()
    )
    rows = rows.filter(pl.col("situation") == "left_unit", ~pl.col("leave_reason").is_in(["resigned", "other"]))
    paid, counted = _months_paid(county, rows)
    on, until = rows["on"].to_numpy(), rows["until"].to_numpy()
    decided = draws.weekday(on + rng.integers(8, 27, len(rows)))
    still = (until < 0) | (until > decided)
    may = (paid >= 12) & still & (decided < county.today) & (rng.random(len(rows)) < CLAIMING)
    chosen = np.flatnonzero(may)
    rows, first, paid, counted = rows[chosen.tolist()], month_of(on[chosen]), paid[chosen], counted[chosen]
    months = _lasting(county, paid)
    planned, left = first + months - 1, until[chosen]
    stopped = (left >= 0) & (month_of(left.clip(0)) < planned)
    last = np.where(stopped, np.maximum(month_of(left.clip(0)), first - 1), planned)
    over = stopped | (planned < this_month(county))
    known = np.where(stopped, left + 2, first_day(planned + 1))
    return pl.DataFrame(
        {
            "person": rows["person"],
            "benefit": pl.repeat(amounts.UNEMPLOYMENT_BENEFIT, len(rows), eager=True),
            "decided": decided[chosen],
            "first": first,
            "last": last,
            "planned": planned,
            "known": np.where(over, known, -1),
            "why": np.where(stopped, REEMPLOYED, np.where(over, USED_UP, "")).tolist(),
            "paid_months": paid,
            "months": months,
            "counted": counted,
            "registered": on[chosen],
            "registration": rows["registration"].cast(pl.Int64),
        }
    )


def _months_paid(county: County, rows: pl.DataFrame) -> tuple[draws.Ints, draws.Ints]:
    """Give how many months of unemployment insurance each had paid before the registration, and the last month paid."""
    jobs = county["spells"].filter(pl.col("organisation") >= 0, pl.col("until") >= 0)
    begun, until, since = (jobs[name].to_numpy() for name in ("unemployment_from", "until", "since"))
    first = np.maximum(month_of(begun.clip(0)), month_of(since) + (day_of_month(since) > MIDDLE))
    last = month_of(until) - (day_of_month(until) < MIDDLE)
    count = np.where(begun >= 0, np.maximum(last - first + 1, 0), 0)
    total = np.zeros(len(county["persons"]), dtype=np.int64)
    newest = total.copy()
    np.add.at(total, jobs["person"].to_numpy(), count)
    np.maximum.at(newest, jobs["person"].to_numpy(), last)
    person = rows["person"].to_numpy()
    return total[person], newest[person]


def _lasting(county: County, paid: draws.Ints) -> draws.Ints:
    columns = {"paid_years": paid // 12, "unused": np.zeros_like(paid)}
    found: draws.Ints = batch(unemployment_months, columns, on=county.request.today, region=amounts.COUNTY)["amount"]
    return found
