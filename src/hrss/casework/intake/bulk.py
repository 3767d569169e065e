"""The bulk lane: a firm's or a township's table of up to a million rows, checked in one pass, loaded whole or not.

Every bad cell is told at once with its row, its column and why. Nothing is written before everything is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.utils import timezone

from hrss.casework.intake.tables.checking import Column, check_column
from hrss.casework.intake.tables.reading import Sheet, read_sheet, tidy_title
from hrss.casework.items.definition import ItemDefinition
from hrss.kernel.problem import Problem, Problems

SHOWN = 200


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that is wrong: row as the program shows it, column title, what stands there, why it is wrong."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class BulkTable:
    """A checked table. ``frame`` has the item's bulk columns as text; ``wrong`` one line for each bad cell."""

    item_code: str
    field: str
    columns: tuple[str, ...]
    titles: tuple[str, ...]
    file_name: str
    sha256: str
    frame: pl.DataFrame
    row_numbers: pl.Series
    wrong: pl.DataFrame
    integers: frozenset[str]

    @property
    def rows(self) -> int:
        """How many rows with content there are."""
        return self.frame.height

    @property
    def bad(self) -> list[BadCell]:
        """All bad cells in the order of the table."""
        return [BadCell(*row) for row in self.wrong.select("row", "column", "value", "reason").iter_rows()]

    @property
    def bad_rows(self) -> int:
        """How many rows have a bad cell."""
        return self.wrong["row"].n_unique()

    def problems(self, *, limit: int = SHOWN) -> list[Problem]:
        """Give the first bad cells as problems of the form's table field."""
        return [
            Problem(
                "table.cell",
                f"第 {cell.row} 行“{cell.column}”：{cell.reason}",
                remedy="请在表格里改好这一格，再上传一次",
                field=f"{self.field}.{cell.row}",
            )
            for cell in [BadCell(*row) for row in self.wrong.head(limit).iter_rows()]
        ]

    def refuse_if_bad(self) -> None:
        """Raise Problems with the bad cells; the message counts all of them."""
        if self.wrong.height:
            raise Problems(self.problems())

    def records(self) -> list[dict[str, Any]]:
        """Give the rows as form data, empty cells left out (for tables that go into a case's form)."""
        return [
            {name: int(value) if name in self.integers else value for name, value in row.items() if value is not None}
            for row in self.frame.iter_rows(named=True)
        ]


def read_table(item: ItemDefinition, content: bytes, name: str, *, today: date | None = None) -> BulkTable:
    """Read and check a table for an item's bulk field.

    Problems: those of ``read_sheet``; ``table.columns`` where a needed column is missing; ``table.no_rows``.
    """
    if not item.bulk:
        raise Problem("table.no_bulk", f"“{item.name}”不能用表格上传", remedy="请逐项填写", status=409)
    specs = _specs(item)
    sheet = read_sheet(content, name, wanted=frozenset(title for spec in specs for title in spec.names))
    columns = _matched(specs, sheet)
    keep = _filled(columns)
    if not keep.any():
        raise Problem("table.no_rows", "表格里没有数据", remedy="从表头下面一行开始填写", field="file")
    if not keep.all():
        columns = [_kept(column, keep) for column in columns]
    numbers = pl.Series("row", sheet.rows).filter(keep)
    frame, complaints = _checked(item, columns, today or timezone.localdate())
    return BulkTable(
        item_code=item.code,
        field=item.bulk["field"],
        columns=tuple(spec.field for spec in specs),
        titles=tuple(spec.title for spec in specs),
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        frame=frame,
        row_numbers=numbers,
        wrong=_wrong(complaints, columns, numbers),
        integers=frozenset(spec.field for spec in specs if spec.schema["type"] == "integer"),
    )


@dataclass(frozen=True, slots=True)
class _Spec:
    field: str
    title: str
    names: tuple[str, ...]
    schema: Mapping[str, Any]
    required: bool


def _specs(item: ItemDefinition) -> list[_Spec]:
    rows = item.form["properties"][item.bulk["field"]]["items"]
    return [
        _Spec(
            one["field"],
            one["title"],
            tuple(tidy_title(name) for name in (one["title"], *one.get("also", ()))),
            rows["properties"][one["field"]],
            one["field"] in rows.get("required", ()),
        )
        for one in item.bulk["columns"]
    ]


def _matched(specs: list[_Spec], sheet: Sheet) -> list[Column]:
    """Give the columns in the item's order; a column the table does not have is empty where it may be."""
    height = len(sheet.rows)
    found: list[Column] = []
    missing: list[str] = []
    for spec in specs:
        place = next((sheet.titles.index(name) for name in spec.names if name in sheet.titles), None)
        if place is None:
            if spec.required:
                missing.append(spec.title)
            empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
            found.append(Column(spec.field, spec.title, spec.schema, empty, np.full(height, np.nan)))
            continue
        text = sheet.text[place].str.strip_chars()
        text = text.set(text == "", None) if (text == "").any() else text
        found.append(Column(spec.field, spec.title, spec.schema, text, sheet.numbers[place], sheet.epoch_1904))
    if missing:
        raise Problem(
            "table.columns",
            f"表格缺少这些列：{'、'.join(missing)}",
            rule="列名要和模板一致",
            remedy="下载模板，把数据填到模板里再传",
            field="file",
        )
    return found


def _filled(columns: list[Column]) -> pl.Series:
    keep = columns[0].text.is_not_null()
    for column in columns[1:]:
        keep = keep | column.text.is_not_null()
    return keep


def _kept(column: Column, keep: pl.Series) -> Column:
    return Column(
        column.field,
        column.title,
        column.schema,
        column.text.filter(keep),
        column.numbers[keep.to_numpy()],
        column.epoch_1904,
    )


Complaints = list[tuple[int, pl.Series, str]]


def _checked(item: ItemDefinition, columns: list[Column], today: date) -> tuple[pl.DataFrame, Complaints]:
    complaints: Complaints = []
    values: dict[str, pl.Series] = {}
    with ThreadPoolExecutor(2) as pool:
        checked = list(pool.map(lambda column: check_column(column, today=today), columns))
    for place, (column, (value, found)) in enumerate(zip(columns, checked, strict=True)):
        values[column.field] = value
        complaints += [(place, mask, reason) for mask, reason in found]
    complaints += list(_between(item, columns, values))
    complaints += list(_repeated(item, columns, values))
    return pl.DataFrame([series.alias(name) for name, series in values.items()]), complaints


def _between(
    item: ItemDefinition, columns: list[Column], values: Mapping[str, pl.Series]
) -> Iterator[tuple[int, pl.Series, str]]:
    """Rules between columns: required (perhaps only where another says so), and one date after another."""
    rows = item.form["properties"][item.bulk["field"]]["items"]
    required = set(rows.get("required", ()))
    for place, column in enumerate(columns):
        condition = column.schema.get("x-show-if")
        if column.field in required:
            empty = column.text.is_null()
            if condition is not None:
                empty = empty & values[condition["field"]].is_in(condition["in"]).fill_null(False)
            yield place, empty, "请填写"
        other = str(column.schema.get("x-after", ""))
        if other in values:
            earlier = values[column.field] <= values[other]
            title = next(one.title for one in columns if one.field == other)
            yield place, earlier, f"要晚于“{title}”"


def _repeated(
    item: ItemDefinition, columns: list[Column], values: Mapping[str, pl.Series]
) -> Iterator[tuple[int, pl.Series, str]]:
    for name in item.bulk.get("unique", ()):
        place = next(at for at, column in enumerate(columns) if column.field == name)
        series = values[name]
        again = series.is_not_null() & ~series.is_first_distinct()
        if again.any():
            yield place, again, "和前面的行重复"


def _wrong(complaints: Complaints, columns: list[Column], numbers: pl.Series) -> pl.DataFrame:
    """Give one line for each bad cell, the first reason only, in the order of the table."""
    parts = []
    for place, mask, reason in complaints:
        places = mask.fill_null(False).arg_true()
        if not len(places):
            continue
        parts.append(
            pl.DataFrame(
                {
                    "row": numbers.gather(places).cast(pl.Int32),
                    "column": pl.Series([columns[place].title]).new_from_index(0, len(places)),
                    "value": columns[place].text.gather(places).fill_null(""),
                    "reason": pl.Series([reason]).new_from_index(0, len(places)),
                    "place": pl.Series([place], dtype=pl.Int32).new_from_index(0, len(places)),
                }
            )
        )
    if not parts:
        return pl.DataFrame(schema={"row": pl.Int32, "column": pl.String, "value": pl.String, "reason": pl.String})
    frame = pl.concat(parts).unique(["row", "place"], keep="first", maintain_order=True)
    return frame.sort("row", "place", maintain_order=True).drop("place")
