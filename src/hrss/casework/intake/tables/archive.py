"""The zip directory of an xlsx, looked at before anything is unpacked: sizes, ratio, number of parts, no DTD.

facts/trust.md §6.8: a file of 849 KB can expand to 379 MB; what expands too far is refused unread.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from hrss.kernel.problem import Problem

MAX_UNPACKED = 1_200_000_000
MAX_RATIO = 100
MAX_PARTS = 200
_RULE = "上传表格的安全要求"


@dataclass(frozen=True, slots=True)
class Workbook:
    """An xlsx whose directory is in order: the archive and the names of the parts that matter."""

    archive: zipfile.ZipFile
    sheet: str
    strings: str
    epoch_1904: bool

    def size_of(self, part: str) -> int:
        """Unpacked size of a part."""
        return self.archive.getinfo(part).file_size


def open_workbook(content: bytes) -> Workbook:
    """Open an xlsx; Problems ``table.not_xlsx``, ``table.too_big``, ``table.unsafe``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _problem("not_xlsx", "这不是能打开的 xlsx 表格", "用 Excel 或 WPS 另存为 .xlsx 后再传") from error
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise _problem("too_big", "表格太大，不能一次处理", "拆成几个表格分别上传，每个不超过一百万行")
    if unpacked > 1_000_000 and unpacked > MAX_RATIO * max(len(content), 1):
        raise _problem("unsafe", "表格压缩得不正常，为安全起见没有打开", "用 Excel 或 WPS 另存一份再传")
    if "xl/workbook.xml" not in names:
        raise _problem("not_xlsx", "这不是能打开的 xlsx 表格", "用 Excel 或 WPS 另存为 .xlsx 后再传")
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    _refuse_dtd(book)
    sheet = _first_sheet(archive, book, names)
    strings = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in names else ""
    for part in (sheet, strings):
        if part:
            with archive.open(part) as file:
                _refuse_dtd(file.read(2048).decode("utf-8", "replace"))
    return Workbook(archive, sheet, strings, bool(re.search(r'date1904="(1|true)"', book)))


def _first_sheet(archive: zipfile.ZipFile, book: str, names: set[str]) -> str:
    """Give the part of the first visible sheet."""
    for sheet in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book):
        if re.search(r'state="(hidden|veryHidden)"', sheet):
            continue
        relation = re.search(r'r:id="([^"]+)"', sheet)
        target = _target(archive, relation[1]) if relation else ""
        if target in names:
            return target
    if "xl/worksheets/sheet1.xml" in names:
        return "xl/worksheets/sheet1.xml"
    raise _problem("not_xlsx", "表格里没有工作表", "把数据放在第一张工作表里")


def _target(archive: zipfile.ZipFile, relation: str) -> str:
    try:
        text = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return ""
    for element in re.findall(r"<Relationship\s[^>]*>", text):
        if f'Id="{relation}"' in element:
            found = re.search(r'Target="([^"]+)"', element)
            path = found[1] if found else ""
            return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return ""


def _refuse_dtd(text: str) -> None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _problem("unsafe", "表格里有不允许的内容，为安全起见没有打开", "用 Excel 或 WPS 另存一份再传")


def _problem(kind: str, message: str, remedy: str) -> Problem:
    return Problem(f"table.{kind}", message, rule=_RULE, remedy=remedy, field="file")
