"""Boards as files: the workbook and the PDF say what the page says; the brief goes to leaders, without names."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.channels.staffed import COUNTY, TOWN, applied, browser_of, clerk, prepare, somebody

from hrss.channels.cockpit.boards import BOARDS
from hrss.foundation.messages.models import Message
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.oversight.boards.brief import brief_of
from hrss.oversight.boards.services.send_brief import send_brief

SYSTEM = system_actor("test")


@pytest.fixture
def leader(db: None) -> Client:
    prepare()
    for name in ("冉小英", "谭大山"):
        applied(somebody(name).id)
    return browser_of(clerk("leader", region=COUNTY))


@pytest.mark.parametrize("board", BOARDS)
def test_every_board_is_a_workbook(board: str, leader: Client) -> None:
    answer = leader.get(reverse("cockpit.export", args=(board, "xlsx")))
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names
    if board == "service":
        rows = book.get_sheet_by_index(0).to_python()
        assert rows[4][:3] == ["收到办件", 2.0, "件"]


def test_a_board_is_a_pdf_in_chinese(leader: Client) -> None:
    answer = leader.get(reverse("cockpit.export", args=("service", "pdf")))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "奉节县服务" in text
    assert "收到办件" in text
    assert "冉小英" not in text


def test_what_there_is_not_cannot_be_exported(leader: Client) -> None:
    assert leader.get(reverse("cockpit.export", args=("nothing", "xlsx"))).status_code == 404
    assert leader.get(reverse("cockpit.export", args=("service", "exe"))).status_code == 404


def test_the_brief_fits_one_page_and_is_sent_to_leaders(leader: Client) -> None:
    township = clerk("leader", region=TOWN)
    answer = leader.get(reverse("cockpit.brief"))
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    day = timezone.localdate() + timedelta(days=1)
    assert send_brief(actor=SYSTEM, day=day).data == {"receivers": 2}
    with acting(SYSTEM):
        sent = Message.objects.filter(template="brief.morning")
        assert sent.count() == 2
        assert "昨天收件 2 件" in brief_of(COUNTY, day).text
        assert sent.get(account=township.id).body == brief_of(TOWN, day).text
