"""Documents: PDF/A with embedded fonts and a title, the same bytes for the same facts, a QR that leads to the code."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import UTC, datetime
from uuid import UUID

import pypdf
import pytest
from tests.casework.conftest import Office
from tests.casework.test_flow import applied

from hrss.casework import services
from hrss.casework.documents.render import qr_svg, render
from hrss.casework.models import Document
from hrss.foundation.files.services import open_file
from hrss.foundation.scope import acting

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FACTS = {
    "title": "失业登记确认单",
    "number": "5002361202611240000012-CON",
    "code": "K7Q2A-9XFDM-3MPAB-8T6WC",
    "authority": "奉节县人力资源和社会保障局",
    "subject": "冉小英",
    "item_name": "失业登记",
    "case_number": "5002361202611240000012",
    "submitted_words": "2026年11月24日",
    "issued_words": "2026年11月24日",
    "rows": [["申请人", "冉小英"], ["认定类别", "#set page(width: 1cm) \\ $x$ *粗* <a> @b"]],
    "reasons": "毕业超过两年",
    "basis": ["《社会保险法》第五十条"],
    "remedy": "可以在六十日内申请行政复议",
    "points": ["补交毕业证"],
    "due_words": "2026年12月1日",
}
URL = "http://127.0.0.1:8000/verify/K7Q2A9XFDM3MPAB8T6WC"


@pytest.mark.parametrize("template", ["confirmation", "decision", "notice", "receipt"])
def test_a_document_is_an_archivable_pdf(template: str) -> None:
    content = render(template, FACTS, verify_url=URL, issued_at=AT)
    assert content == render(template, FACTS, verify_url=URL, issued_at=AT)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "失业登记确认单"
    assert b"pdfaid:part" in content
    text = re.sub(r"\s", "", reader.pages[0].extract_text())
    assert "冉小英" in text
    assert "六十日内申请行政复议" in text
    fonts = {str(font) for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert fonts, "fonts are in the file"
    assert len(content) < 200_000


def test_facts_are_text_never_markup() -> None:
    content = render("confirmation", FACTS, verify_url=URL, issued_at=AT)
    text = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text())
    assert "#setpage(width:1cm)" in text


def test_refusals_and_grants_say_so() -> None:
    texts = []
    for granted in (True, False):
        content = render("decision", {**FACTS, "granted": granted}, verify_url=URL, issued_at=AT)
        texts.append(re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()))
    assert "准予办理" in texts[0]
    assert "不予办理" in texts[1]


def test_the_qr_holds_the_address() -> None:
    assert qr_svg(URL).startswith("<svg")
    assert qr_svg(URL) != qr_svg(URL + "X")


def test_the_stored_file_is_the_document(office: Office, person: UUID) -> None:
    case_id = applied(person)
    services.accept(case_id, actor=office.handler)
    services.decide(case_id, actor=office.county_reviewer, granted=True)
    with acting(office.handler):
        document = Document.objects.get(case_id=case_id)
    card, stream = open_file(document.file_id, actor=office.handler)
    content = stream.read()
    assert hashlib.sha256(content).hexdigest() == document.sha256 == card.sha256
    assert len(content) == document.size
    text = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text())
    assert "就业见习报名确认单" in text
