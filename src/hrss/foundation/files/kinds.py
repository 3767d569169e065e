"""Which kinds of file are accepted, and how each is known by its name, its declared type and its first bytes."""

from __future__ import annotations

from dataclasses import dataclass

from hrss.kernel.problem import Problem

RULE = "ASVS 5.2.2：文件内容必须与扩展名相符"
ACCEPTED = "可上传 PDF、JPG、PNG、XLSX、DOCX、CSV、TXT 或装有这些文件的 ZIP"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its name, the media type it is served with, suffixes, further declared types, first bytes."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    also: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = (b"PK\x03\x04",)
KINDS = (
    Kind("pdf", "application/pdf", ("pdf",), ("application/x-pdf",), (b"%PDF-",)),
    Kind("jpeg", "image/jpeg", ("jpg", "jpeg"), ("image/jpg", "image/pjpeg"), (b"\xff\xd8\xff",)),
    Kind("png", "image/png", ("png",), ("image/x-png",), (b"\x89PNG\r\n\x1a\n",)),
    Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), ("application/wps-office.xlsx", "application/zip"), _ZIP),
    Kind(
        "docx",
        f"{_OFFICE}.wordprocessingml.document",
        ("docx",),
        ("application/wps-office.docx", "application/zip"),
        _ZIP,
    ),
    Kind("zip", "application/zip", ("zip",), ("application/x-zip-compressed", "application/x-zip"), _ZIP),
    Kind("csv", "text/csv", ("csv",), ("application/vnd.ms-excel", "application/csv", "text/plain")),
    Kind("txt", "text/plain", ("txt",), ()),
)
_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
_ANY = ("", "application/octet-stream", "binary/octet-stream")
_OLD = {
    "xls": "请另存为 .xlsx 后上传",
    "doc": "请另存为 .docx 或 PDF 后上传",
    "wps": "请另存为 .docx 或 PDF 后上传",
    "et": "请另存为 .xlsx 后上传",
    "xlsm": "请另存为不带宏的 .xlsx 后上传",
    "docm": "请另存为不带宏的 .docx 后上传",
    "heic": "请在手机相机设置中选择“兼容性最佳”，或截图后上传",
    "rar": "请改用 ZIP 压缩后上传",
    "7z": "请改用 ZIP 压缩后上传",
}
_FOREIGN_STARTS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"GIF8", b"Rar!")
_BINARY_STARTS = (*(mark for kind in KINDS for mark in kind.magic), *_FOREIGN_STARTS)


def kind_of(name: str, *, declared: str, head: bytes) -> Kind:
    """Find the kind of a file by name, declared type and first bytes, which must agree.

    Raises Problem ``files.kind`` for kinds not accepted and ``files.mismatch`` when the three disagree.
    """
    suffix = name.rpartition(".")[2].casefold() if "." in name else ""
    kind = _BY_SUFFIX.get(suffix)
    if kind is None:
        what = f"不接受 .{suffix[:12]} 文件" if suffix else "文件名没有扩展名"
        raise Problem("files.kind", what, rule=RULE, remedy=_OLD.get(suffix, ACCEPTED), field="file", status=415)
    plain = declared.partition(";")[0].strip().casefold()
    if plain not in (*_ANY, kind.media_type, *kind.also):
        raise _mismatch(f"文件名是 .{suffix}，浏览器却说它是 {plain[:60]}")
    if kind.magic and not head.startswith(kind.magic):
        raise _mismatch(f"文件名是 .{suffix}，内容却不是")
    if not kind.magic and head.startswith(_BINARY_STARTS):
        raise _mismatch(f"文件名是 .{suffix}，内容却不是文本")
    return kind


def _mismatch(what: str) -> Problem:
    return Problem("files.mismatch", what, rule=RULE, remedy="请用原来的软件重新保存后上传", field="file", status=415)
