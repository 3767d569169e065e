"""Who signs money in the demonstration: the accountant, two reviewers, two who approve, the inspector.

Three different people each time. It refuses a county without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from hrss.demo.county import County
from hrss.demo.tables.access import staff_account_ids
from hrss.demo.tables.columns import dashed

MAKES, REVIEWS_RUN, APPROVES_RUN = "xian.finance1", "xian.insurance.reviewer1", "xian.insurance.approver1"
REVIEWS_ENTRY, APPROVES_ENTRY, CONFIRMS = "xian.finance3", "xian.finance4", "xian.inspector1"
RUN: Final = (MAKES, REVIEWS_RUN, APPROVES_RUN)
ENTRY: Final = (MAKES, REVIEWS_ENTRY, APPROVES_ENTRY)
STEPS: Final = ("made", "reviewed", "approved")


@dataclass(frozen=True, slots=True)
class Signer:
    """One member of staff as signatures name them; ids the long way."""

    person: str
    account: str
    name: str
    function: str


def signer(county: County, login: str) -> Signer:
    """Give the member of staff with a login."""
    staff = county["staff"].with_row_index("row")
    row = staff.filter(pl.col("login") == login).row(0, named=True)
    person = dashed(county["persons"]["id"].gather([row["person"]]))[0]
    account = dashed(staff_account_ids(county).gather([row["row"]]))[0]
    return Signer(person, account, county["persons"]["name"][row["person"]], row["function"])
