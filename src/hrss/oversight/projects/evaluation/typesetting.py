"""The report as files: PDF by typst, Word by python-docx. Both say the same blocks; pictures in Word are PNG."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import orjson
import pylopdf_fonts_zh_cn
import typst
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from hrss.casework.documents.render import typeset

TEMPLATES: Final = Path(__file__).parent / "templates"
_MARK: Final = re.compile("⟦([0-9]+)⟧")
_PPI: Final = 220
_ONE_AT_A_TIME = Lock()
TITLE, BODY, HEADING, SECTION = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"  # GB/T 9704
_LIGHTS: Final = {
    "green": ("●", RGBColor(0x16, 0x65, 0x34)), "amber": ("▲", RGBColor(0x92, 0x40, 0x0E)),
    "red": ("■", RGBColor(0x99, 0x1B, 0x1B)), "grey": ("○", RGBColor(0x4B, 0x55, 0x63)),
}  # fmt: skip
_WIDTH: Final = 15.6  # cm of text on A4 between 2.8 and 2.6 cm


def pdf_of(content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Give the PDF/A-2b of a report."""
    return typeset(TEMPLATES / "evaluation.typ", content, at=at)


def word_of(content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Give the Word file of a report: headings that make a table of contents, real tables, pictures with words."""
    paper = Document()
    _page(paper)
    paper.core_properties.title = content["cover"]["title"]
    paper.core_properties.author = content["cover"]["authority"]
    paper.core_properties.created = paper.core_properties.modified = at.replace(tzinfo=None)
    _cover(paper, content["cover"])
    for block in content["blocks"]:
        _WRITE[block["kind"]](paper, block)
    for line in (content["cover"]["authority"], content["cover"]["made"]):
        _styled(paper.add_paragraph(), line, BODY, 16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def png_of(svg: str) -> bytes:
    """Draw an SVG as PNG with the fonts of the wheel."""
    with _ONE_AT_A_TIME:
        drawn = _compiler().compile(format="png", ppi=_PPI, sys_inputs={"data": orjson.dumps({"svg": svg}).decode()})
    if not isinstance(drawn, bytes):
        raise TypeError("typst gave no single picture")
    return drawn


@cache
def _compiler() -> typst.Compiler:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    return typst.Compiler(str(TEMPLATES / "picture.typ"), root=str(TEMPLATES), font_paths=fonts)


# Word -----------------------------------------------------------------------------------------------------------------


def _page(paper: WordDocument) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.different_first_page_header_footer = True
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", "宋体", 14)
    _field(foot, "PAGE")
    _run(foot, " —", "宋体", 14)


def _cover(paper: WordDocument, cover: Mapping[str, str]) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for _ in range(5):
        paper.add_paragraph()
    _styled(paper.add_paragraph(), cover["plan"], TITLE, 22, align=centre)
    _styled(paper.add_paragraph(), cover["rest"], TITLE, 24, align=centre)
    _styled(paper.add_paragraph(), f"（{cover['data']}）", BODY, 16, align=centre)
    for _ in range(10):
        paper.add_paragraph()
    _styled(paper.add_paragraph(), cover["authority"], BODY, 18, align=centre)
    _styled(paper.add_paragraph(), cover["made"], BODY, 16, align=centre)
    _break(paper)


def _break(paper: WordDocument) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _heading(paper: WordDocument, block: Mapping[str, Any]) -> None:
    level = 2 if block["kind"] == "h2" else 1
    if block["kind"] == "annex":
        _break(paper)
    made = paper.add_heading(level=level)
    _run(made, block["text"], SECTION if level == 2 else HEADING, 16)
    made.paragraph_format.first_line_indent = Pt(32)


def _text(paper: WordDocument, block: Mapping[str, Any]) -> None:
    made = paper.add_paragraph()
    form = made.paragraph_format
    form.first_line_indent, form.space_after = Pt(32), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    for at, part in enumerate(_MARK.split(block["text"])):
        run = _run(made, f"〔{part}〕" if at % 2 else part, BODY, 16)
        run.font.superscript = bool(at % 2) or None


def _table(paper: WordDocument, block: Mapping[str, Any]) -> None:
    _styled(paper.add_paragraph(), block["title"], HEADING, 11, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
    made = paper.add_table(rows=1, cols=len(block["headings"]))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, words in zip(made.rows[0].cells, block["headings"], strict=True):
        _cell(cell, words, font=HEADING)
        _shade(cell)
    _repeat(made.rows[0])
    for at, row in enumerate(block["rows"]):
        light = block["lights"][at] if block["lights"] else ""
        _row(made.add_row().cells, row, block["numbers"], light)
    widths = [_WIDTH * width / sum(block["widths"]) for width in block["widths"]]
    for line in made.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Cm(width)
    _styled(paper.add_paragraph(), f"注：{block['note']}" if block["note"] else "", BODY, 9)


def _row(cells: Any, row: list[str], numbers: list[int], light: str) -> None:
    for column, (cell, words) in enumerate(zip(cells, row, strict=True)):
        mark, colour = _LIGHTS[light] if light and column == len(row) - 1 else ("", None)
        side = WD_ALIGN_PARAGRAPH.RIGHT if column in numbers else WD_ALIGN_PARAGRAPH.LEFT
        middle = column != 1 and column not in numbers
        _cell(cell, f"{mark}{words}", align=WD_ALIGN_PARAGRAPH.CENTER if middle else side, colour=colour)


def _chart(paper: WordDocument, block: Mapping[str, Any]) -> None:
    made = paper.add_paragraph()
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.paragraph_format.keep_with_next = True
    picture = made.add_run().add_picture(io.BytesIO(png_of(block["svg"])), width=Cm(_WIDTH))
    picture._inline.docPr.set("descr", block["description"])
    _styled(paper.add_paragraph(), block["title"], HEADING, 11, align=WD_ALIGN_PARAGRAPH.CENTER)
    if block["note"]:
        _styled(paper.add_paragraph(), f"注：{block['note']}", BODY, 9)


_WRITE: Final = {
    "h1": _heading, "h2": _heading, "annex": _heading, "p": _text, "table": _table, "chart": _chart,
}  # fmt: skip


def _styled(
    made: Paragraph,
    words: str,
    font: str,
    size: float,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    keep: bool = False,
) -> None:
    made.alignment = align
    made.paragraph_format.keep_with_next = keep
    _run(made, words, font, size)


def _run(made: Paragraph, words: str, font: str, size: float) -> Any:
    run = made.add_run(words)
    run.font.name, run.font.size, run.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _cell(
    cell: _Cell, words: str, *, font: str = BODY, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
    colour: RGBColor | None = None,
) -> None:  # fmt: skip
    made = cell.paragraphs[0]
    made.alignment, made.paragraph_format.space_after = align, Pt(0)
    run = _run(made, words, font, 9.5)
    if colour is not None:
        run.font.color.rgb = colour


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E8EEF6")):
        shade.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """Let the heading row stand again on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _field(made: Paragraph, name: str) -> None:
    run = made.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)
    run.font.size = Pt(14)
