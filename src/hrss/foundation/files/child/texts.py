"""Plain text and CSV: readable text in UTF-8 or GB 18030, no control characters, no live formulas.

A cell that begins with ``=`` or ``@`` becomes a formula in the next clerk's spreadsheet; so does ``+`` or ``-``
before anything but a number.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import BinaryIO

from hrss.foundation.files.child.limits import Limits
from hrss.foundation.files.child.refusal import Refused

CHUNK = 256 * 1024
LONGEST_LINE = 64 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"[\s\"]*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?![\d.,\s]*%?$))")
_REMEDY = "请用记事本另存为 UTF-8 编码的文本后上传"


def check_text(stream: BinaryIO, kind: str, limits: Limits) -> None:
    """Check a text of ``kind`` ``txt`` or ``csv``."""
    encoding = _encoding(stream)
    lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        count = _check_rows(lines, limits) if kind == "csv" else _check_lines(lines, limits)
    finally:
        lines.detach()
    if count == 0:
        raise Refused("empty", "文件是空的", "请检查后重新上传")


def _encoding(stream: BinaryIO) -> str:
    """Find the encoding by reading all of it; Refused when it is neither of the two."""
    for name in ("utf-8-sig", "gb18030"):
        stream.seek(0)
        decoder = codecs.getincrementaldecoder(name)()
        try:
            while piece := stream.read(CHUNK):
                _check_control(decoder.decode(piece))
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            continue
        stream.seek(0)
        return name
    raise Refused("encoding", "文字编码无法识别", _REMEDY)


def _check_control(text: str) -> None:
    if _CONTROL.search(text):
        raise Refused("control", "文件里有不可见的控制字符，不是普通文本", _REMEDY)


def _check_lines(lines: io.TextIOWrapper, limits: Limits) -> int:
    count = 0
    while line := lines.readline(LONGEST_LINE + 1):
        count += 1
        if len(line) > LONGEST_LINE:
            raise Refused("line", f"第 {count} 行太长", _REMEDY)
        _check_count(count, limits)
    return count


def _check_rows(lines: io.TextIOWrapper, limits: Limits) -> int:
    csv.field_size_limit(LONGEST_LINE)
    count = 0
    try:
        for row in csv.reader(lines):
            count += 1
            _check_count(count, limits)
            for cell in row:
                if cell and cell[0] not in "0123456789" and _FORMULA.match(cell):
                    raise Refused(
                        "formula",
                        f"第 {count} 行有以 {cell.strip()[:1]} 开头的单元格，会被当作公式",
                        "请去掉公式，只留数值",
                    )
    except csv.Error as error:
        raise Refused(
            "csv", f"第 {count + 1} 行不符合 CSV 格式或单元格太长", "请用办公软件另存为 CSV 后上传"
        ) from error
    return count


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.rows:
        raise Refused("rows", f"超过 {limits.rows} 行", "请拆分成几个文件")
