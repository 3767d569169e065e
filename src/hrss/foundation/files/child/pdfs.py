"""PDF: a plain document. Refuses scripts, programs to launch, attached files, forms with scripts, and passwords.

Names may hide behind ``#xx`` and inside compressed object streams; both are undone before looking.
"""

from __future__ import annotations

import re
import zlib

from hrss.foundation.files.child.archives import Unpacked
from hrss.foundation.files.child.refusal import Refused

_FORBIDDEN = {
    b"JavaScript": ("script", "PDF 里有脚本"),
    b"JS": ("script", "PDF 里有脚本"),
    b"Launch": ("launch", "PDF 会启动其他程序"),
    b"EmbeddedFile": ("embedded", "PDF 里附带了其他文件"),
    b"EmbeddedFiles": ("embedded", "PDF 里附带了其他文件"),
    b"RichMedia": ("media", "PDF 里有多媒体程序"),
    b"XFA": ("xfa", "PDF 是动态表单"),
    b"SubmitForm": ("submit", "PDF 会向外发送数据"),
    b"ImportData": ("submit", "PDF 会读取外部数据"),
    b"GoToR": ("remote", "PDF 会打开其他文件"),
    b"GoToE": ("remote", "PDF 会打开其他文件"),
    b"Encrypt": ("encrypted", "PDF 有密码"),
}
_REMEDY = "请用“打印为 PDF”重新生成后上传"
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"\bstream\r?\n")
_END = b"endstream"
_TELLING = 6  # shorter names turn up by chance in compressed bytes


def check_pdf(data: bytes, unpacked: Unpacked) -> None:
    """Check a PDF."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise Refused("damaged", "PDF 不完整", _REMEDY)
    reached = 0
    for match in _STREAM.finditer(data):
        if match.start() < reached:
            continue
        before = data[reached : match.start()]
        end = data.find(_END, match.end())
        reached = len(data) if end < 0 else end
        _look_at_stream(before, data[match.end() : reached], unpacked)
    _look_at_names(data[reached:])


def _look_at_stream(before: bytes, body: bytes, unpacked: Unpacked) -> None:
    """Look at what stands before a stream (its dictionary among it) and at the stream itself."""
    _look_at_names(before)
    _look_at_names(body, shortest=_TELLING)
    if b"ObjStm" in _unescape(before):
        _look_at_names(_inflate(before, body, unpacked))


def _look_at_names(text: bytes, *, shortest: int = 0) -> None:
    for match in _NAME.finditer(text):
        found = _FORBIDDEN.get(_unescape(match[1]))
        if found and len(match[1]) >= shortest:
            raise Refused(found[0], found[1], _REMEDY)


def _unescape(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: bytes((int(match[1], 16),)), text)


def _inflate(header: bytes, body: bytes, unpacked: Unpacked) -> bytes:
    """Unpack an object stream; one under another filter cannot be looked into and is refused."""
    names = {_unescape(match[1]) for match in _NAME.finditer(header)}
    filters = {name for name in names if name.endswith(b"Decode")}
    if filters - {b"FlateDecode"}:
        raise Refused("hidden", "PDF 的内部结构无法检查", _REMEDY)
    if not filters:
        return body
    inflating, pieces = zlib.decompressobj(), []
    try:
        piece = inflating.decompress(body, 1 << 20)
        while piece:
            unpacked.add(len(piece))
            pieces.append(piece)
            piece = inflating.decompress(inflating.unconsumed_tail, 1 << 20)
    except zlib.error as error:
        raise Refused("damaged", "PDF 已损坏", _REMEDY) from error
    return b"".join(pieces)
