"""What may be asked: dimensions and measures of a dataset, by its declared columns.

Personal and sensitive columns are neither dimensions nor measures; people are only counted. It refuses a dimension or
measure that is not on the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from hrss.foundation.datasets import Column, Dataset, Sensitivity
from hrss.foundation.datasets.declaration import NUMBERS, REGION
from hrss.kernel.problem import Problem

OPEN = frozenset({Sensitivity.PUBLIC, Sensitivity.INTERNAL})
PERSON = "person_id"
FIRST_YEAR = 2021  # 更早的年份不能选
Choice = TypeVar("Choice")
_DIMENSION_TYPES = frozenset({"code", "boolean", "text"})
_UNFIT = frozenset({"number", "occupation", "name"})  # 一行一个值，不能作分组


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to group: its code, words and SQL over the lake's table."""

    code: str
    title: str
    sql: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """One thing to count or sum: its code, words, SQL, and whether it is money in fen."""

    code: str
    title: str
    sql: str
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: dataset, rows and columns of the table (columns may be none), measure, years, place."""

    dataset: Dataset
    rows: Dimension
    columns: Dimension | None
    measure: Measurement
    first_year: int
    last_year: int
    region: str


def dimensions_of(dataset: Dataset) -> dict[str, Dimension]:
    """Give the dimensions of a dataset: year, quarter, month, township, and every open column with few values."""
    day = f'"{dataset.date_column}"'
    found = [
        Dimension("year", "年", f"strftime({day}, '%Y')"),
        Dimension("month", "月", f"strftime({day}, '%Y-%m')"),
        Dimension("township", "乡镇（街道）", f'left("{REGION}", 9)'),
        *(
            Dimension(column.name, _words(column), f'"{column.name}"')
            for column in dataset.columns
            if _is_dimension(column)
        ),
    ]
    return {one.code: one for one in found}


def measures_of(dataset: Dataset) -> dict[str, Measurement]:
    """Give the measures of a dataset: rows, different people, sums of open number columns."""
    found = [Measurement("rows", "行数", "count(*)")]
    if PERSON in dataset.by_name:
        found.append(Measurement("people", "人数（去重）", f'count(DISTINCT "{PERSON}")'))
    found += [
        Measurement(
            f"sum.{column.name}", f"{_words(column)}合计", f'sum("{column.name}")::hugeint', column.type == "fen"
        )
        for column in dataset.columns
        if column.type in NUMBERS and column.sensitivity in OPEN
    ]
    return {one.code: one for one in found}


def chosen(choices: Mapping[str, Choice], code: str, what: str) -> Choice:
    """Give a choice. Problem ``exploring.choice`` when it is not on the list."""
    if code not in choices:
        words = {"rows": "作行", "columns": "作列"}.get(what, "来数")
        raise Problem("exploring.choice", f"不能用“{code}”{words}", remedy="请从列表中选择", field=what)
    return choices[code]


def _is_dimension(column: Column) -> bool:
    fits = column.type in _DIMENSION_TYPES and column.sensitivity in OPEN
    return fits and column.name not in _UNFIT and not column.name.endswith("_code")


def _words(column: Column) -> str:
    return column.meaning.split("（")[0].split("，")[0]
