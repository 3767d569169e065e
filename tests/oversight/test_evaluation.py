"""The report: gathered from kept figures, typeset, kept with digests, issued by two persons on released figures."""

from __future__ import annotations

import io
import os
from pathlib import Path
from uuid import UUID

from docx import Document
from pypdf import PdfReader
from tests.oversight.conftest import staff

from hrss.foundation.files.services import open_file
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.models import Taking
from hrss.oversight.indicators.services.take import take
from hrss.oversight.projects.models import Evaluation
from hrss.oversight.projects.services.evaluate import digest_of, evaluate

ROBOT = system_actor("test").for_purpose("statistics")
MONTH = YearMonth(2025, 12)
KEPT = os.environ.get("HRSS_KEEP_REPORTS", "")


def test_a_report_can_be_made(county: None) -> None:
    codes = [one.code for one in statistics()]
    months = [YearMonth(year, 12) for year in range(2021, 2026)]
    take(codes, months, actor=ROBOT, reason=Taking.Reason.BACKFILL, levels=("county",))
    made = Evaluation.objects.get(id=UUID(evaluate("final", MONTH, "500236", actor=staff(Function.DATA)).id))
    assert made.digest == digest_of(made.content)
    with acting(ROBOT):
        pdf = open_file(made.pdf_id, actor=ROBOT)[1].read()
        word = open_file(made.word_id, actor=ROBOT)[1].read()
    if KEPT:
        Path(KEPT, "final.pdf").write_bytes(pdf)
        Path(KEPT, "final.docx").write_bytes(word)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    paper = Document(io.BytesIO(word))
    assert "下一步工作建议" in text and any("下一步工作建议" in one.text for one in paper.paragraphs)
