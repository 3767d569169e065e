"""Asking: one aggregation over the lake, then disclosure control over the table before anything is shown.

Small counts are of people where the dataset knows people, else of rows. Sums and counts of people stand or fall with
the count of their cell. People are not additive over cells, so their totals are asked for and never added up. A
question about a part of the county is also a statement about the rest of it: a part so small is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from hrss.analytics.disclosure import K, protect
from hrss.analytics.exploring.question import FIRST_YEAR, PERSON, Question
from hrss.analytics.lake.reading import opened
from hrss.foundation.datasets.declaration import REGION
from hrss.kernel.problem import Problem

COUNTY_DIGITS = 6
MOST = 60  # rows or columns of a table
Label = str
Key = tuple[Label | None, Label | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the lake says of one entry: rows, different people behind them, the value asked for."""

    rows: int
    people: int
    value: int


NOTHING = Cell(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """A table under disclosure control: None is a hidden value. ``hidden`` counts hidden counts, margins included."""

    row_labels: tuple[Label, ...]
    column_labels: tuple[Label, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    hidden: int


def ask(question: Question) -> Answer:
    """Answer a question. Problems ``lake.empty``, ``exploring.too_many``, ``exploring.too_few``."""
    with opened([question.dataset.name]) as lake:
        found = _cells(lake, question)
        _check_size(lake, question, found.get((None, None), NOTHING).rows)
    rows, columns = _labels(found, 0), _labels(found, 1)
    shown = protect(
        [[found.get((row, column), NOTHING).rows for column in columns] for row in rows],
        k=K,
        people={
            (i, j): found.get((row, column), NOTHING).people
            for i, row in enumerate((*rows, None))
            for j, column in enumerate((*columns, None))
        },
    )

    def line(row: Label | None, counts: Sequence[int | None]) -> tuple[int | None, ...]:
        """Give the values of a row where its counts may be shown."""
        return tuple(_value(found, (row, column), count) for column, count in zip(columns, counts, strict=True))

    return Answer(
        tuple(rows),
        tuple(columns),
        tuple(line(row, counts) for row, counts in zip(rows, shown.cells, strict=True)),
        tuple(_value(found, (row, None), count) for row, count in zip(rows, shown.row_totals, strict=True)),
        line(None, shown.column_totals),
        _value(found, (None, None), shown.total),
        shown.hidden,
    )


def _value(found: Mapping[Key, Cell], key: Key, count: int | None) -> int | None:
    return None if count is None else found.get(key, NOTHING).value


def _cells(lake: duckdb.DuckDBPyConnection, question: Question) -> dict[Key, Cell]:
    """Give every entry; None stands for a total."""
    column = question.columns.sql if question.columns else "'合计'"
    people = f'count(DISTINCT "{PERSON}")' if PERSON in question.dataset.by_name else "count(*)"
    asked, values = _asked(question)
    statement = f"""
        SELECT CASE WHEN grouping(asked_row) = 0 THEN asked_row END,
               CASE WHEN grouping(asked_column) = 0 THEN asked_column END, count(*), {people}, {question.measure.sql}
        FROM (SELECT *, coalesce(({question.rows.sql})::varchar, '未填') AS asked_row,
                     coalesce(({column})::varchar, '未填') AS asked_column {asked}) AS asked
        GROUP BY CUBE (asked_row, asked_column)
    """  # noqa: S608 - declared columns only, values are parameters
    rows = lake.execute(statement, values).fetchall()
    return {(row, across): Cell(int(count), int(heads), int(value or 0)) for row, across, count, heads, value in rows}


def _asked(question: Question) -> tuple[str, list[Any]]:
    """Give the FROM and WHERE of the rows asked about."""
    schema, _, table = question.dataset.name.partition(".")
    day = f'"{question.dataset.date_column}"'
    where = f'FROM "{schema}"."{table}" WHERE year({day}) BETWEEN ? AND ? AND starts_with("{REGION}", ?)'
    return where, [question.first_year, question.last_year, question.region]


def _check_size(lake: duckdb.DuckDBPyConnection, question: Question, rows: int) -> None:
    """Refuse a question about few rows, and one about all but few: the difference would tell of the few."""
    schema, _, table = question.dataset.name.partition(".")
    day = f'"{question.dataset.date_column}"'
    whole = lake.execute(
        f'SELECT count(*) FROM "{schema}"."{table}" WHERE year({day}) >= ? AND starts_with("{REGION}", ?)',  # noqa: S608
        [FIRST_YEAR, question.region[:COUNTY_DIGITS]],
    ).fetchone()
    rest = (whole[0] if whole else 0) - rows
    if rows < K or 0 < rest < K:
        raise Problem(
            "exploring.too_few",
            f"符合条件的不足 {K} 行，不能显示" if rows < K else f"没有选到的只有不足 {K} 行，用差额能推出来，不能显示",
            rule=f"少于 {K} 的分组不公开",
            remedy="请放宽年份或地区",
        )


def _labels(found: Mapping[Key, Cell], side: int) -> list[Label]:
    labels = sorted({label for key in found if (label := key[side]) is not None})
    if len(labels) > MOST:
        raise Problem("exploring.too_many", f"分组太多（{len(labels)} 个）", remedy=f"请换一个不超过 {MOST} 个值的分组")
    return labels
