"""Rendering: template and facts in, PDF/A-2b out. Fonts come from the wheel, never from the machine.

The same facts on the same day give the same bytes, so a digest can be checked again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import orjson
import pylopdf_fonts_zh_cn
import segno
import typst

TEMPLATES = Path(__file__).parent / "templates"
PACKAGE = Path(__file__).parents[2]  # where typst looks for "/casework/documents/templates/base.typ"


def render(template: str, facts: Mapping[str, Any], *, verify_url: str, issued_at: datetime) -> bytes:
    """Give the PDF of a template (``confirmation``, ``decision``, ``notice``, ``receipt``).

    ``facts`` needs title, number, code, authority, subject, item_name, case_number, submitted_words, issued_words,
    rows, reasons, basis, remedy, points, granted, due_words; missing texts are empty.
    """
    data = _BLANK | dict(facts) | {"verify_url": verify_url, "qr": qr_svg(verify_url)}
    return typeset(TEMPLATES / f"{template}.typ", data, at=issued_at)


def typeset(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Give the PDF/A-2b of any typst file that reads ``sys.inputs.data``; it may use templates of the package."""
    with _ONE_AT_A_TIME:
        pdf = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": orjson.dumps(data).decode()},
            pdf_standards="a-2b",
            timestamp=int(at.timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf


def qr_svg(text: str) -> str:
    """Give a QR code as SVG text, error correction M."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=2, xmldecl=False, svgns=True)
    return buffer.getvalue().decode()


_ONE_AT_A_TIME = Lock()
_BLANK: dict[str, Any] = {
    "title": "",
    "number": "",
    "code": "",
    "authority": "",
    "subject": "",
    "item_name": "",
    "case_number": "",
    "submitted_words": "",
    "issued_words": "",
    "due_words": "",
    "rows": [],
    "reasons": "",
    "basis": [],
    "remedy": "",
    "points": [],
    "granted": True,
}


@cache
def _fonts() -> typst.Fonts:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


@cache
def _compiler(path: Path) -> typst.Compiler:
    if not path.is_file():
        raise ValueError(f"no document template {path.stem!r}")
    return typst.Compiler(str(path), root=str(PACKAGE), font_paths=_fonts())
