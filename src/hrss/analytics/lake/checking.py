"""Checking rows before they go into the lake: types, nulls, keys, ranges, places. Bad rows are set aside with a reason.

The first fault of a row is named. Nothing is corrected and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from hrss.analytics.lake.source import PERIOD, kept_columns
from hrss.foundation.datasets import Dataset
from hrss.foundation.datasets.declaration import NUMBERS, REGION, ROW_KEY
from hrss.kernel.problem import Problem

REASON = "reason"
EARLIEST = date(1850, 1, 1)
COUNTY_DIGITS = 6
GREATEST = 10**13  # 一千亿元的分；更大的数一定是错的


@dataclass(frozen=True, slots=True)
class Checked:
    """Good rows, and bad ones as key, period and reason."""

    good: pl.DataFrame
    bad: pl.DataFrame


def check(dataset: Dataset, frame: pl.DataFrame, *, on: date, places: Collection[str]) -> Checked:
    """Part good rows from bad. Problem ``lake.types`` when a column is not of the declared type: nothing is written."""
    _check_types(dataset, frame)
    reason = pl.coalesce(*_faults(dataset, on=on, places=places), pl.lit(None, dtype=pl.String))
    marked = frame.with_columns(reason.alias(REASON))
    bad = marked.filter(pl.col(REASON).is_not_null())
    return Checked(
        marked.filter(pl.col(REASON).is_null()).drop(REASON),
        bad.select(pl.col(ROW_KEY).cast(pl.String).fill_null(""), PERIOD, REASON),
    )


def _check_types(dataset: Dataset, frame: pl.DataFrame) -> None:
    wrong = [
        one.column.name
        for one in kept_columns(dataset)
        if frame.schema[one.column.name] not in (one.type, pl.Null) and len(frame)
    ]
    if wrong:
        raise Problem(
            "lake.types",
            f"数据集“{dataset.title}”的列类型与声明不符：{'、'.join(wrong)}",
            rule="数据集的列按声明的类型入湖",
            remedy="请改数据集的声明或查询",
            status=500,
        )


def _faults(dataset: Dataset, *, on: date, places: Collection[str]) -> list[pl.Expr]:
    """Give one expression a fault: its words where the row has it, else null."""
    day = dataset.date_column
    names = {one.column.name for one in kept_columns(dataset)}
    faults = [_says(pl.col(name).is_null(), f"{dataset.by_name[name].meaning}为空") for name in (ROW_KEY, REGION, day)]
    faults.append(_says(pl.col(ROW_KEY).is_duplicated() & ~pl.col(ROW_KEY).is_first_distinct(), "行标识重复"))
    faults.append(_says(~pl.col(REGION).is_in(list(places)), "区划代码不在本县区划之内"))
    if dataset.needs_township:
        faults.append(_says(pl.col(REGION).str.len_chars() <= COUNTY_DIGITS, "没有乡镇（只记到县）"))
    faults += _told_twice(dataset, names)
    faults.append(_says(pl.col(day) > on, "日期在将来"))
    faults.append(_says(pl.col(day) < EARLIEST, "日期早得不可能"))
    if dataset.until_column in names:
        faults.append(_says(pl.col(dataset.until_column) < pl.col(day), "终止早于开始"))
    faults += [
        _says(pl.col(one.column.name).abs() > GREATEST, f"{one.column.meaning}大得不可能")
        for one in kept_columns(dataset)
        if one.column.type in NUMBERS
    ]
    return faults


def _told_twice(dataset: Dataset, names: Collection[str]) -> list[pl.Expr]:
    """The same thing told twice: the row with the smallest key stays, the others are set aside.

    Rows of one event date lie in one period, so reading a period alone finds what reading all finds.
    """
    same = [name for name in dataset.same if name in names]
    if not same or len(same) < len(dataset.same):
        return []
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in same)
    return [_says(known & (pl.col(ROW_KEY).rank("ordinal").over(same) > 1), "同一件事重复登记")]


def _says(fault: pl.Expr, words: str) -> pl.Expr:
    return pl.when(fault).then(pl.lit(words))
