"""The table of stand-in rows for parts that are not built yet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.tables.columns import days, new_ids
from hrss.demo.tables.people import person_ids

COUNTY = "500236"


def tables(county: County) -> Iterator[Table]:
    """Give the table."""
    yield Table("demo_record", lambda: _rows(county))


def _rows(county: County) -> pl.DataFrame:
    frame = county["records"]
    person = frame["person"].to_numpy()
    village = np.where(person >= 0, county.column("persons", "village")[person], frame["village"].to_numpy())
    codes = np.append(county["villages"]["code"].to_numpy(), COUNTY)
    return pl.DataFrame(
        {
            "id": new_ids(county, "records", np.maximum(frame["started"].to_numpy(), 0)),
            "dataset": frame["dataset"],
            "region_code": pl.Series(codes[village].tolist()),
            "person_id": person_ids(county, person),
            "kind": frame["kind"],
            "level": frame["level"],
            "started_on": days(frame["started"].to_numpy()),
            "ended_on": days(frame["ended"].to_numpy()),
            "happened_on": days(frame["happened"].to_numpy()),
            "flag": frame.select(pl.when(pl.col("flag") >= 0).then(pl.col("flag") == 1))["flag"],
            "amount": frame["amount"],
            "label": frame["label"],
        }
    )
