"""Clocks of the cases of five years: acceptance within five working days, the promised day, how each was met."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from hrss.casework.deadlines import clocks
from hrss.casework.deadlines.counting import Counted, count
from hrss.casework.items.definition import LimitRule
from hrss.demo import draws, history
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.tables.case_columns import as_json, first_act, local_day
from hrss.demo.tables.columns import days, new_ids
from hrss.kernel.limits import Limit


def _counted(starts: draws.Ints, limit: Limit) -> list[Counted]:
    """Count one limit from many days; each different day is counted once."""
    known = {day: count(as_date(day), limit) for day in np.unique(starts).tolist()}
    return [known[day] for day in starts.tolist()]


def due_days(county: County) -> pl.Series:
    """The promised day of every accepted case that is not suspended."""
    accepted = local_day(first_act(county, "accept"))
    due: list[date | None] = [None] * len(accepted)
    for code, item in history.items().items():
        here = np.flatnonzero((county["cases"]["item"] == code).to_numpy() & (accepted >= 0))
        here = here[county["cases"]["state"].gather(here).to_numpy() != "suspended"]
        if item.promised.text == "-":
            continue
        for at, counted in zip(here.tolist(), _counted(accepted[here], item.promised.limit), strict=True):
            due[at] = counted.due_on
    return pl.Series(due, dtype=pl.Date)


def clock_rows(county: County) -> pl.DataFrame:
    """Give the acceptance and the promised clock of every case."""
    submitted = local_day(county["cases"]["submitted"].to_numpy())
    accepted, decided = local_day(first_act(county, "accept")), local_day(first_act(county, "decide"))
    taken_in = np.where(accepted >= 0, accepted, local_day(first_act(county, "refuse_acceptance", "notify_correction")))
    everyone = np.arange(len(submitted))
    parts = [_rows_of(county, everyone, "acceptance", clocks.ACCEPTANCE, submitted, taken_in)]
    for code, item in history.items().items():
        here = np.flatnonzero((county["cases"]["item"] == code).to_numpy() & (accepted >= 0))
        if item.promised.text != "-":
            parts.append(_rows_of(county, here, "promised", item.promised, accepted[here], decided[here]))
    frame = pl.concat(parts)
    return frame.with_columns(id=new_ids(county, "clocks", frame["start_on"].cast(pl.Int32).to_numpy()))


def _rows_of(
    county: County, here: draws.Ints, kind: str, rule: LimitRule, starts: draws.Ints, met: draws.Ints
) -> pl.DataFrame:
    counted = _counted(starts, rule.limit)
    state = county["cases"]["state"].gather(here).to_numpy()
    gone = np.isin(state, ("withdrawn", "terminated", "rejected")) & (met < 0)
    paused = state == "suspended"
    due = [
        None if kind == "promised" and stands else one.due_on
        for one, stands in zip(counted, paused.tolist(), strict=True)
    ]
    starts_as_dates = [as_date(day) for day in starts.tolist()]
    warn = [day and clocks.warning_day(start, day) for start, day in zip(starts_as_dates, due, strict=True)]
    return pl.DataFrame(
        {
            "case_id": county["cases"]["id"].gather(here),
            "kind": pl.repeat(kind, len(here), eager=True),
            "about": pl.repeat("", len(here), eager=True),
            "limit": pl.repeat(rule.text, len(here), eager=True),
            "extended": pl.repeat(False, len(here), eager=True),
            "start_on": pl.Series(starts_as_dates, dtype=pl.Date),
            "due_on": pl.Series(due, dtype=pl.Date),
            "warn_on": pl.Series(warn, dtype=pl.Date),
            "met_on": days(met),
            "cancelled": pl.Series(gone.tolist()),
            "source": pl.repeat(rule.source[:200], len(here), eager=True),
            "trace": pl.Series([as_json(one.trace) for one in counted]),
            "provisional": pl.Series([one.provisional for one in counted]),
        }
    )
