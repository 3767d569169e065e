"""The sample of enterprises, their monthly reports, and who was reminded of a month nobody reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import polars as pl

from hrss.demo.bulk import Table
from hrss.demo.county import County, day_number
from hrss.demo.sample_firms import DUE_DAY, silent_firms
from hrss.demo.tables.columns import dates, days, links, moments, new_ids
from hrss.kernel.months import YearMonth


def tables(county: County) -> Iterator[Table]:
    """Give the three tables."""
    yield Table("employment_samplefirm", lambda: _sample(county))
    yield Table("employment_firmreport", lambda: _reports(county), without_triggers=True)
    yield Table("employment_reportreminder", lambda: _reminders(county), without_triggers=True)


def _places(county: County, firms: pl.Series) -> pl.Series:
    return county["villages"]["code"].gather(county["organisations"]["village"].gather(firms))


def _sample(county: County) -> pl.DataFrame:
    frame = county["sample"]
    since = frame["since"].to_numpy()
    return pl.DataFrame(
        {
            "id": new_ids(county, "sample", since),
            "organisation_id": links(county["organisations"]["id"], frame["firm"].to_numpy()),
            "region_code": _places(county, frame["firm"]),
            "since": dates(since),
            "created_at": moments(since),
        }
    )


def _reports(county: County) -> pl.DataFrame:
    frame = county["reports"]
    numbers = ("version", "before", "hires", "leavers", "headcount", "planned", "reason", "correction")
    return pl.DataFrame(
        {
            "id": new_ids(county, "reports", frame["reported"].to_numpy()),
            "organisation_id": links(county["organisations"]["id"], frame["firm"].to_numpy()),
            "region_code": _places(county, frame["firm"]),
            "month": dates(frame["month"].to_numpy()),
            **{name: frame[name] for name in numbers},
            "due_on": dates(frame["due"].to_numpy()),
            "reported_at": moments(frame["reported"].to_numpy()),
            "replaced_at": moments(frame["replaced"].to_numpy()),
        }
    )


def _reminders(county: County) -> pl.DataFrame:
    """The silent ones of the last month, and the late ones of the month before, as the job would have noticed them."""
    last = YearMonth.of(county.request.today) - 1
    sample = county["sample"]
    late = np.flatnonzero((sample["planted"] == "late").to_numpy())
    noticed = [(int(row), last) for row in silent_firms(county)] + [(int(row), last - 1) for row in late]
    firms = pl.Series([sample["firm"][row] for row, _ in noticed], dtype=pl.Int64)
    sent = [(month + 1).first_day + timedelta(days=DUE_DAY) for _, month in noticed]
    sent_numbers = np.array([day_number(day) for day in sent], dtype=np.int64)
    return pl.DataFrame(
        {
            "id": new_ids(county, "reminders", sent_numbers),
            "organisation_id": links(county["organisations"]["id"], firms.to_numpy()),
            "region_code": _places(county, firms),
            "month": days(np.array([day_number(month.first_day) for _, month in noticed], dtype=np.int64)),
            "kind": ["late"] * len(noticed),
            "sent_at": moments(sent_numbers),
        }
    )
