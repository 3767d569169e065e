"""Reading what people hand in – xlsx or csv, small or a million rows – into text columns and numbers.

Big plain workbooks go through the byte kernels, everything else through calamine; csv through Polars (UTF-8, GB18030).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineWorkbook

from hrss.casework.intake.tables.archive import open_workbook
from hrss.casework.intake.tables.xlsx import Raw, read_columns
from hrss.kernel.problem import Problem

BIG = 3_000_000
MAX_ROWS = 1_000_001
_HEADING_ROWS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table without its heading: titles, text columns, numbers (NaN where none), and each row's number as shown."""

    titles: tuple[str, ...]
    text: tuple[pl.Series, ...]
    numbers: tuple[NDArray[np.float64], ...]
    rows: NDArray[np.int32]
    epoch_1904: bool = False


def read_sheet(content: bytes, name: str, *, wanted: frozenset[str]) -> Sheet:
    """Read a file; ``wanted`` are heading texts that mark the heading row.

    Problems: ``table.empty|kind|not_xlsx|too_big|unsafe|encoding|heading``.
    """
    if not content:
        raise Problem("table.empty", "文件是空的", remedy="选择填好的表格", field="file")
    raw = _read_xlsx(content) if content[:2] == b"PK" else _read_csv(content, name)
    if len(raw.rows) > MAX_ROWS:
        raise Problem("table.too_big", "表格超过一百万行", remedy="拆成几个表格分别上传", field="file")
    return _without_heading(raw, wanted)


def _read_xlsx(content: bytes) -> Raw:
    book = open_workbook(content)
    raw = read_columns(book) if len(content) >= BIG else None
    return raw if raw is not None else _read_by_calamine(content, book.epoch_1904)


def _read_by_calamine(content: bytes, epoch_1904: bool) -> Raw:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise Problem(
            "table.not_xlsx", "这不是能打开的表格", remedy="用 Excel 或 WPS 另存为 .xlsx 后再传", field="file"
        ) from error
    width = max((len(row) for row in rows), default=0)
    text, numbers = [], []
    for place in range(width):
        cells = [row[place] if place < len(row) else "" for row in rows]
        text.append(pl.Series([_as_text(cell) for cell in cells], dtype=pl.String))
        numbers.append(np.array([_as_number(cell) for cell in cells], dtype=np.float64))
    return Raw(text, numbers, np.arange(1, len(rows) + 1, dtype=np.int32), epoch_1904)


def _as_text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    return str(cell)


def _as_number(cell: Any) -> float:
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else float("nan")


def _read_csv(content: bytes, name: str) -> Raw:
    if not name.lower().endswith((".csv", ".txt")):
        raise Problem("table.kind", "只能上传 xlsx 或 csv 表格", remedy="用 Excel 或 WPS 另存为 .xlsx", field="file")
    try:
        text = content if _is_utf8(content) else content.decode("gb18030").encode()
    except UnicodeDecodeError as error:
        raise Problem(
            "table.encoding", "看不懂文件的编码", remedy="另存为“CSV UTF-8”或者 .xlsx", field="file"
        ) from error
    try:
        frame = pl.read_csv(
            text.removeprefix(b"\xef\xbb\xbf"),
            has_header=False,
            infer_schema=False,
            truncate_ragged_lines=True,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError as error:
        raise Problem("table.csv", "csv 文件的格式不对", remedy="另存为 .xlsx 后再传", field="file") from error
    nothing = np.full(frame.height, np.nan)
    rows = np.arange(1, frame.height + 1, dtype=np.int32)
    return Raw(frame.get_columns(), [nothing] * frame.width, rows, False)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_heading(raw: Raw, wanted: frozenset[str]) -> Sheet:
    """Find the heading among the first rows: the one with most wanted titles."""
    height = len(raw.rows)
    best, place = 0, 0
    for row in range(min(_HEADING_ROWS, height)):
        found = len({tidy_title(column[row]) for column in raw.text} & wanted)
        if found > best:
            best, place = found, row
    if best == 0:
        raise Problem(
            "table.heading",
            "没有找到表头",
            rule="第一行写列名：" + "、".join(sorted(wanted)),
            remedy="下载模板，把数据填到模板里再传",
            field="file",
        )
    titles = tuple(tidy_title(column[place]) for column in raw.text)
    after = place + 1
    return Sheet(
        titles,
        tuple(column[after:] for column in raw.text),
        tuple(numbers[after:] for numbers in raw.numbers),
        raw.rows[after:],
        raw.epoch_1904,
    )


def tidy_title(title: str | None) -> str:
    """Give a heading without spaces, stars and remarks in brackets that say it must be filled."""
    text = "".join((title or "").split()).replace("*", "").replace("＊", "")
    return text.replace("（必填）", "").replace("(必填)", "").replace("(", "（").replace(")", "）")
