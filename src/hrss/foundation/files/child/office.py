"""Office documents (xlsx, docx): the right parts inside, no macros, no embedded objects, no DTD, no live links.

XML is read by expat with a handler that stops at the first DOCTYPE, whatever the encoding.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO
from xml.parsers import expat

from hrss.foundation.files.child.archives import Unpacked, open_archive, read_entry
from hrss.foundation.files.child.limits import Limits
from hrss.foundation.files.child.refusal import Refused

MAIN_PART = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
_MACROS = re.compile(r"vbaproject|macrosheets/|dialogsheets/|/activex/|vbadata", re.IGNORECASE)
_EMBEDDED = re.compile(r"/embeddings/|oleobject", re.IGNORECASE)
_MACRO_TYPES = (b"macroEnabled", b"ms-office.vbaProject", b"ms-excel.addin", b"ms-excel.sheet.binary")
_DDE = re.compile(rb"<(?:\w+:)?ddeLink|<w:instrText[^>]*>\s*DDE|w:instr=\"\s*DDE", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF")


def check_office(stream: BinaryIO, kind: str, limits: Limits, packed: int, unpacked: Unpacked | None = None) -> None:
    """Check an office document of ``kind`` (``xlsx``, ``docx``)."""
    counter = unpacked or Unpacked(limits, packed)
    archive = open_archive(stream, limits)
    names = {entry.filename for entry in archive.infolist()}
    if "[Content_Types].xml" not in names or MAIN_PART[kind] not in names:
        raise Refused("content", f"不是有效的 {kind} 文件", f"请用办公软件另存为 .{kind} 后上传")
    for name in names:
        if _MACROS.search(name):
            raise Refused("macro", "文件里有宏", f"请另存为不带宏的 .{kind} 后上传")
        if _EMBEDDED.search(name):
            raise Refused("embedded", "文件里嵌入了其他文件", "请删除嵌入对象后上传")
    for entry in archive.infolist():
        if not entry.is_dir():
            _check_part(archive, entry, counter)


def check_xml(pieces: Iterable[bytes]) -> None:
    """Read XML to the end; Refused at a DTD or where it is not well formed."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused("damaged", "内部 XML 已损坏") from error


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, counter: Unpacked) -> None:
    pieces = read_entry(archive, entry, counter)
    if entry.filename.casefold().endswith(_XML) or entry.filename == "[Content_Types].xml":
        watched = _watch(pieces, entry.filename)
        check_xml(watched)
        return
    first = True
    for piece in pieces:
        if first and piece.startswith(_CONTAINERS):
            raise Refused("embedded", "文件里嵌入了其他文件", "请删除嵌入对象后上传")
        first = False


def _watch(pieces: Iterable[bytes], name: str) -> Iterable[bytes]:
    """Look for live links and macro types while the pieces go by; a little of the last piece is kept for the seam."""
    tail = b""
    for piece in pieces:
        seen = tail + piece
        if _DDE.search(seen):
            raise Refused("dde", "文件里有动态数据链接", "请删除外部链接后上传")
        if name == "[Content_Types].xml" and any(kind in seen for kind in _MACRO_TYPES):
            raise Refused("macro", "文件里有宏", "请另存为不带宏的文件后上传")
        tail = seen[-200:]
        yield piece


def _refuse_dtd(*_: object) -> None:
    raise Refused("dtd", "内部 XML 带有文档类型定义（DTD）")
