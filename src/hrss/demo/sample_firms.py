"""Sample enterprises of the unemployment early warning with their monthly reports, 24 months back, and what is planted.

Most firms come and go as firms do. Planted, and told in the frame: dismissals planned at three levels, one firm that
shrinks, some that are late, some silent, one correction. A detector is measured against the column ``planted``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County, day_number
from hrss.demo.employers import FIRM
from hrss.demo.personas import person_of
from hrss.kernel.months import YearMonth

MONTHS: Final = 24
FIRMS: Final = 60  # at full scale; a small county has its largest thirty
FEWEST: Final = 30
LEAST_PEOPLE: Final = 60
DUE_DAY: Final = 10
SEASON: Final = (1.6, 1.9, 1.2, 1.0, 0.9, 0.9, 1.0, 1.0, 1.0, 0.9, 0.9, 1.2)  # 春节前后进出多
PLANTED: Final = ("planned_red", "planned_orange", "planned_yellow", "shrinking", "silent", "silent", "late", "late")


def build(county: County) -> None:
    """Add the frames ``sample`` (firm, since, planted) and ``reports`` (firm, month, version, numbers)."""
    rng = county.rng("sample firms")
    firms = _firms(county)
    planted = [*PLANTED, *[""] * (len(firms) - len(PLANTED))]
    last = YearMonth.of(county.request.today) - 1
    first = last - (MONTHS - 1)
    since = day_number(first.first_day)
    county["sample"] = pl.DataFrame({"firm": firms, "since": [since] * len(firms), "planted": planted})
    rows = [row for firm, what in zip(firms, planted, strict=True) for row in _reports(county, rng, firm, what, last)]
    county["reports"] = pl.DataFrame(rows, orient="row")


def _firms(county: County) -> list[int]:
    """The largest firms in business; the one whose clerk plays a part reports too, and has nothing planted."""
    open_firms = county["organisations"].with_row_index("position").filter(
        pl.col("kind") == FIRM, pl.col("closed") < 0
    ).sort("headcount", "position", descending=True)  # fmt: skip
    wanted = max(FEWEST, county.request.scaled(FIRMS))
    chosen = [int(one) for one in open_firms["position"].head(wanted + 1).to_list()]
    own = _firm_of_clerk(county)
    return [*[one for one in chosen if one != own][:wanted], own]


def _firm_of_clerk(county: County) -> int:
    spells = county["spells"].filter(pl.col("person") == person_of(county, "firm_clerk"), pl.col("until") < 0)
    return int(spells["organisation"][0])


def _reports(
    county: County, rng: np.random.Generator, firm: int, planted: str, last: YearMonth
) -> list[dict[str, int | str]]:
    """The months of one firm; a small county's firms are taken as if they had their full size."""
    people = max(LEAST_PEOPLE, int(county.column("organisations", "headcount")[firm]))
    rows: list[dict[str, int | str]] = []
    for step in range(MONTHS - 1, -1, -1):
        month = last - step
        hires, leavers = _moves(rng, people, month)
        planned, reason = 0, ""
        if step == 0:
            hires, leavers, planned, reason = _planted(planted, people, hires, leavers)
        row = _row(firm, month, people, hires, leavers, planned, reason)
        people = int(row["headcount"])
        if step == 0 and planted == "silent":
            continue
        rows += _versions(row, month, county.today, corrected=step == 2 and planted == "planned_yellow")
        if step == 1 and planted == "late":
            rows[-1]["reported"] = min(int(rows[-1]["due"]) + 6, county.today)
    return rows


def _moves(rng: np.random.Generator, people: int, month: YearMonth) -> tuple[int, int]:
    """A firm renews about two in a hundred a month; never a tenth, so that what is planted stands out."""
    pace = people * 0.02 * SEASON[month.month - 1]
    most = max(2, people // 14)
    return int(min(rng.poisson(pace), most)), int(min(rng.poisson(pace), most))


def _planted(what: str, people: int, hires: int, leavers: int) -> tuple[int, int, int, str]:
    if what.startswith("planned"):
        share = {"planned_red": 0.5, "planned_orange": 0.25, "planned_yellow": 0.12}[what]
        left = people + hires - leavers
        return hires, leavers, int(left * share) + 1, "订单减少，拟缩减一条生产线"
    if what == "shrinking":
        return 0, people // 4, 0, "合同到期集中离开"
    return hires, leavers, 0, ""


def _row(
    firm: int, month: YearMonth, people: int, hires: int, leavers: int, planned: int, reason: str
) -> dict[str, int | str]:
    due = (month + 1).first_day + timedelta(days=DUE_DAY - 1)
    return {
        "firm": firm, "month": day_number(month.first_day), "version": 1, "before": people, "hires": hires,
        "leavers": leavers, "headcount": people + hires - leavers, "planned": planned, "reason": reason,
        "correction": "", "due": day_number(due), "reported": day_number(due) - 1 - firm % 7, "replaced": -1,
    }  # fmt: skip


def _versions(
    row: dict[str, int | str], month: YearMonth, today: int, *, corrected: bool
) -> list[dict[str, int | str]]:
    """One version, or two where the first was wrong; nobody reports later than today."""
    row["reported"] = min(int(row["reported"]), today)
    if not corrected:
        return [row]
    wrong = row | {"hires": int(row["hires"]) + 30, "headcount": int(row["headcount"]) + 30}
    wrong["replaced"] = int(row["reported"]) + 3
    right = row | {"version": 2, "reported": int(row["reported"]) + 3, "correction": "新进人数多填了三十人"}
    return [wrong, right]


def silent_firms(county: County) -> draws.Ints:
    """Give the rows of the sample whose last month is overdue today."""
    last = YearMonth.of(county.request.today) - 1
    due: date = (last + 1).first_day + timedelta(days=DUE_DAY - 1)
    if county.request.today <= due:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero((county["sample"]["planted"] == "silent").to_numpy())
