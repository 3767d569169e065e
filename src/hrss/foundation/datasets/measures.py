"""Measures: a dataset, conditions, an aggregate; compiled once, the same condition gives the number and the rows.

It refuses to sum what is no number and to take a stock of a dataset that does not say how long a row held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from hrss.foundation.datasets.declaration import NUMBERS, REGION, ROW_KEY, Dataset
from hrss.foundation.datasets.faults import validity
from hrss.foundation.datasets.filters import Clause, Condition, Filter, check, compiled
from hrss.foundation.datasets.registry import dataset_of
from hrss.kernel.problem import Problem


class Aggregate(StrEnum):
    """How rows become a number."""

    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    SUM = "sum"


class Time(StrEnum):
    """Which rows count: events within the window, what held on its last day, or what the conditions alone say."""

    FLOW = "flow"
    STOCK = "stock"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted. ``column`` is what is summed or counted once each; empty for plain counts."""

    dataset: str
    where: tuple[Filter, ...] = ()
    aggregate: Aggregate = Aggregate.COUNT
    column: str = ""
    time: Time = Time.FLOW


@dataclass(frozen=True, slots=True)
class Query:
    """A compiled measure over one or more windows: number, numbers by division and rows share one condition."""

    dataset: Dataset
    measure: Measure
    windows: tuple[Window, ...]
    condition: Clause

    @property
    def expression(self) -> str:
        """The aggregate over the rows."""
        if self.measure.aggregate is Aggregate.SUM:
            return f"coalesce(sum(d.{self.measure.column}), 0)"
        if self.measure.aggregate is Aggregate.COUNT_DISTINCT:
            return f"count(DISTINCT d.{self.measure.column})"
        return "count(*)"

    def number(self) -> Clause:
        """Give the statement of the number and of how many rows made it."""
        return Clause(f"SELECT {self.expression}, count(*) {self._from()}", self._values())

    def by_region(self, digits: Sequence[int]) -> Clause:
        """Give the statement of window end, division, number and rows, for divisions of so many digits."""
        lengths = ", ".join(f"({int(one)})" for one in digits)
        return Clause(
            f"SELECT w.end_on, left(d.{REGION}, n.digits), {self.expression}, count(*)"
            f" {self._from(f', (VALUES {lengths}) AS n(digits)')} AND length(d.{REGION}) >= n.digits"
            " GROUP BY 1, 2 ORDER BY 1, 2",
            self._values(),
        )

    def grouped(self, column: str, at_least: int, marks: Sequence[Sequence[Filter]] = ()) -> Clause:
        """Give the statement of key, one place and the number for every value of a column whose number is so high.

        ``marks`` are further conditions; for each the statement counts the rows of the key that meet all of them.
        """
        if column not in self.dataset.by_name:
            raise ValueError(f"dataset {self.dataset.name} has no column {column}")
        marked = [_all_of([compiled(self.dataset, one) for one in mark]) for mark in marks]
        counts = "".join(f", count(*) FILTER (WHERE {one.sql})" for one in marked)
        return Clause(
            f"SELECT d.{column}, min(d.{REGION}), {self.expression}{counts} {self._from()} GROUP BY d.{column}"
            f" HAVING {self.expression} >= %s ORDER BY 1",
            (*(value for one in marked for value in one.values), *self._values(), at_least),
        )

    def crossed(self, *columns: str) -> Clause:
        """Give the statement of the number for every combination of values of columns: the columns, then the number."""
        if missing := [one for one in columns if one not in self.dataset.by_name]:
            raise ValueError(f"dataset {self.dataset.name} has no column {missing[0]}")
        names = ", ".join(f"d.{one}" for one in columns)
        return Clause(
            f"SELECT {names}, {self.expression} {self._from()} GROUP BY {names} ORDER BY {names}", self._values()
        )

    def rows(self, *, after: tuple[date, str] | None, limit: int) -> Clause:
        """Give the statement of the rows, newest first, by event day and row key; ``after`` is the last one seen."""
        day, key = f"d.{self.dataset.date_column}", f"d.{ROW_KEY}::text"
        place = Clause(f" AND ({day}, {key}) < (%s, %s)", after) if after else Clause("", ())
        names = ", ".join(f"d.{name}" for name in self.dataset.names)
        return Clause(
            f"SELECT {names} {self._from()}{place.sql} ORDER BY {day} DESC, {key} DESC LIMIT %s",
            (*self._values(), *place.values, limit),
        )

    def _from(self, more: str = "") -> str:
        windows = ", ".join("(%s::date, %s::date)" for _ in self.windows)
        return (
            f"FROM (VALUES {windows}) AS w(start_on, end_on), ({self.dataset.sql}) AS d{more}"
            f" WHERE {self.condition.sql}"
        )

    def _values(self) -> tuple[Any, ...]:
        return (*(day for window in self.windows for day in (window.start, window.end)), *self.condition.values)


def query_of(measure: Measure, *windows: Window, region: str = "", known_by: date | None = None) -> Query:
    """Compile a measure for windows and a division (empty: everything in the actor's scope).

    ``known_by`` leaves out what was recorded after that day, where the dataset tells.
    """
    dataset = dataset_of(measure.dataset)
    check_measure(measure)
    clauses = [Clause(validity(dataset), ()), _time(dataset, measure)]
    if known_by is not None and dataset.recorded_column:
        clauses.append(Clause(f"d.{dataset.recorded_column} <= %s", (known_by,)))
    if region:
        clauses.append(Clause(f"starts_with(d.{REGION}, %s)", (region,)))
    clauses += [compiled(dataset, one) for one in measure.where]
    return Query(dataset, measure, windows, _all_of(clauses))


def check_measure(measure: Measure) -> None:
    """Refuse a measure that cannot be meant. Problem ``datasets.measure|filter|unknown``."""
    dataset = dataset_of(measure.dataset)
    for one in measure.where:
        for condition in (one,) if isinstance(one, Condition) else one.conditions:
            check(dataset, condition)
    if measure.aggregate is Aggregate.COUNT:
        _need(not measure.column, measure, "计数不写列", "去掉 column")
    else:
        column = dataset.by_name.get(measure.column)
        _need(column is not None, measure, f"没有列“{measure.column}”", f"可用的列：{'、'.join(dataset.names)}")
        summable = column is not None and column.type in NUMBERS
        _need(measure.aggregate is not Aggregate.SUM or summable, measure, "这一列不能求和", "换一个数字列")
    stock = measure.time is Time.STOCK
    _need(not stock or bool(dataset.until_column), measure, "数据集没有写明何时终止，不能取时点数", "改用时期数")


def _all_of(clauses: Sequence[Clause]) -> Clause:
    values: tuple[Any, ...] = tuple(value for clause in clauses for value in clause.values)
    return Clause(" AND ".join(clause.sql for clause in clauses) or "true", values)


def _time(dataset: Dataset, measure: Measure) -> Clause:
    day = f"d.{dataset.date_column}"
    if measure.time is Time.EVER:
        return Clause("true", ())
    if measure.time is Time.FLOW:
        return Clause(f"{day} >= w.start_on AND {day} <= w.end_on", ())
    until = f"d.{dataset.until_column}"
    return Clause(f"{day} <= w.end_on AND ({until} IS NULL OR {until} > w.end_on)", ())


def _need(fits: bool, measure: Measure, message: str, remedy: str) -> None:
    if not fits:
        raise Problem(
            "datasets.measure",
            f"“{measure.dataset}”上的度量不成立：{message}",
            rule="度量 = 数据集 + 条件 + 汇总方式",
            remedy=remedy,
            field="measure",
        )
