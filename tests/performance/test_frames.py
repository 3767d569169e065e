"""A page in its kept frame is the page drawn whole: same text, same links, its own csrf token, its own officer."""

from __future__ import annotations

import re

import pytest
from tests.performance.conftest import Desk
from tests.performance.test_query_counts import pages

from hrss.channels.ui import framing

FRAMED = ("workbench inbox", "workbench case", "people search", "person page", "case with proposal")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")\w+|(name="_key" value=")\w+')


def html_of(desk: Desk, role: str, address: str, *, elder: bool) -> str:
    client = desk.page(role, address)
    client.cookies["elder"] = "1" if elder else "0"
    answer = client.get(address)
    assert answer.status_code == 200
    assert "hrss-csrf" not in answer.content.decode()
    return re.sub(r"\s+", " ", TOKEN.sub(r"\1\2", answer.content.decode()))


@pytest.mark.django_db
@pytest.mark.parametrize("elder", [False, True])
def test_the_frame_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch, elder: bool) -> None:
    desk.grow(3)
    desk.accept()
    for name in FRAMED:
        role, address = pages(desk)[name]
        first, kept = (html_of(desk, role, address, elder=elder) for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(framing, "has_messages", lambda request: True)
            whole = html_of(desk, role, address, elder=elder)
        assert kept == first == whole, name
        assert whole.count("csrfmiddlewaretoken") >= 1
        assert ("data-elder>" in whole) is elder


@pytest.mark.django_db
def test_two_officers_do_not_share_a_frame(desk: Desk) -> None:
    _, address = pages(desk)["workbench inbox"]
    seen = {role: html_of(desk, role, address, elder=False) for role in ("staff:handler", "staff:reviewer")}
    names = {role: re.findall(r'class="menu-post">([^<]+)<', html)[0] for role, html in seen.items()}
    assert names["staff:handler"] != names["staff:reviewer"]
