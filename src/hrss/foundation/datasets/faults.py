"""Bad rows: what cannot be placed or cannot be is left out of every number and shown with its reason, by one condition.

What is merely late or placed too high stays in the number and is told. Nothing is corrected here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hrss.foundation.datasets.declaration import REGION, Dataset

LATE_DAYS: Final = 60
_PLACE: Final = r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of bad row; ``excluded`` ones count in no number."""

    code: str
    title: str
    remedy: str
    excluded: bool
    sql: str


def faults(dataset: Dataset) -> tuple[Fault, ...]:
    """Give the faults rows of this dataset can have."""
    day, until, recorded = (
        f"d.{name}" for name in (dataset.date_column, dataset.until_column, dataset.recorded_column)
    )
    found = [
        Fault(
            "no_place",
            "所在地不是区划代码",
            "在业务里更正所在地",
            True,
            f"d.{REGION} IS NULL OR d.{REGION} !~ '{_PLACE}'",
        ),
        Fault("no_day", "没有发生日期", "在业务里补登日期", True, f"{day} IS NULL"),
        Fault("future", "发生日期晚于今天", "核对日期", True, f"{day} > hrss_today()"),
        _without_township(dataset),
    ]
    if dataset.until_column:
        found.append(Fault("backwards", "终止早于开始", "核对起止日期", True, f"{until} < {day}"))
    if dataset.recorded_column:
        late = f"{recorded} > {day} + {LATE_DAYS}"
        found.append(Fault("late", f"发生后 {LATE_DAYS} 天以上才登记", "已计入；会改动以前月份", False, late))
    return tuple(found)


def _without_township(dataset: Dataset) -> Fault:
    """A row that says only the county: left out where the dataset needs a township, told where the county may do."""
    condition = f"length(d.{REGION}) = 6"
    if dataset.needs_township:
        return Fault("no_township", "没有乡镇（只记到县）", "在业务里补登乡镇和村", True, condition)
    return Fault("too_high", "没有落到乡镇（只记到县）", "补登乡镇和村，县数含、乡镇数不含", False, condition)


def validity(dataset: Dataset) -> str:
    """Give the condition every counted row meets."""
    wrong = " OR ".join(f"coalesce({fault.sql}, false)" for fault in faults(dataset) if fault.excluded)
    return f"NOT ({wrong})"
