"""The empty table of an item's bulk field: its own columns, as text so that numbers stay whole, choices to pick from.

What it makes is what ``read_table`` reads; it holds no data of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from hrss.casework.items.definition import ItemDefinition
from hrss.kernel.problem import Problem

_ROWS = 5000
_HINTS = {"id_number": "18 位，最后一位可能是字母 X", "phone": "11 位手机号码"}


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """One column of a bulk table as people are told about it."""

    title: str
    required: bool
    choices: tuple[str, ...]
    hint: str


def blank_columns(item: ItemDefinition) -> list[BlankColumn]:
    """Give the columns of an item's bulk table in order; Problem ``table.no_bulk`` (409) where it has none."""
    if not item.bulk:
        raise Problem("table.no_bulk", f"“{item.name}”不能用表格上传", remedy="请逐项填写", status=409)
    rows = item.form["properties"][item.bulk["field"]]["items"]
    return [_column(column, rows) for column in item.bulk["columns"]]


def blank_table(item: ItemDefinition) -> bytes:
    """Give the empty xlsx."""
    columns, buffer = blank_columns(item), BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, text = book.add_worksheet("花名册"), book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "num_format": "@", "bg_color": "#DBE9F8", "border": 1})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, max(12, 2 * len(column.title) + 4, 22 if column.hint.startswith("18") else 0), text)
        sheet.write_string(0, at, column.title, head)
        if column.choices:
            sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": list(column.choices)})
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _column(column: Mapping[str, Any], rows: Mapping[str, Any]) -> BlankColumn:
    schema = rows["properties"][column["field"]]
    date = "例如 2026-03-05" if schema.get("format") == "date" else ""
    return BlankColumn(
        title=str(column["title"]),
        required=column["field"] in rows.get("required", ()),
        choices=tuple(str(one["title"]) for one in schema.get("oneOf", ())),
        hint=str(schema.get("x-hint", "")) or _HINTS.get(str(schema.get("x-format", "")), date),
    )
