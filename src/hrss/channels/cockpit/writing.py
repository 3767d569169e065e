"""Writing a board as a workbook or as a PDF; numbers as on the board, with period and moment above."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from threading import Lock

import orjson
import pylopdf_fonts_zh_cn
import typst
import xlsxwriter

from hrss.channels.cockpit.tables import Table

TEMPLATE = Path(__file__).parent / "board.typ"
MOST_ROWS = 60  # of a table in the PDF; the workbook has all
_SHEET = re.compile(r"[\[\]:*?/\\]")
_ONE_AT_A_TIME = Lock()


def workbook(title: str, about: str, tables: list[Table]) -> bytes:
    """Give an xlsx: one sheet a table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#eef3f8", "border": 1})
        for at, table in enumerate(tables, start=1):
            sheet = book.add_worksheet(f"{at} {_SHEET.sub(' ', table.title)}"[:31])
            sheet.write_string(0, 0, f"{title}：{table.title}")
            sheet.write_string(1, 0, about)
            sheet.write_row(3, 0, table.headings, bold)
            for line, row in enumerate(table.rows, start=4):
                for column, cell in enumerate(row):
                    _write(sheet, line, column, cell)
            sheet.set_column(0, max(len(table.headings) - 1, 0), 18)
    return buffer.getvalue()


def paper(title: str, about: str, tables: list[Table], *, lead: str = "") -> bytes:
    """Give a PDF (A4) of the tables, long ones cut with a word that says so."""
    data = {
        "title": title,
        "about": about,
        "lead": lead,
        "tables": [
            {
                "title": table.title + (f"（前 {MOST_ROWS} 行）" if len(table.rows) > MOST_ROWS else ""),
                "headings": table.headings,
                "rows": table.rows[:MOST_ROWS],
            }
            for table in tables
            if table.rows
        ],
    }
    with _ONE_AT_A_TIME:
        pdf = _compiler().compile(format="pdf", sys_inputs={"data": orjson.dumps(data).decode()}, pdf_standards="a-2b")
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


def _write(sheet: xlsxwriter.workbook.Worksheet, line: int, column: int, cell: str) -> None:
    """Write a number as a number; texts that begin like a formula stay texts."""
    plain = cell.replace(",", "")
    if re.fullmatch(r"-?\d{1,15}(\.\d+)?", plain):
        sheet.write_number(line, column, float(plain))
    else:
        sheet.write_string(line, column, cell)
