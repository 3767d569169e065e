"""The cockpit's pages with real rows: numbers lead to rows, rows are masked and logged, months and places are kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.channels.staffed import COUNTY, TOWN, applied, browser_of, clerk, prepare, somebody

from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

BOARDS = ("overview", "employment", "people", "service", "insurance", "early")


@pytest.fixture
def leader(db: None) -> Client:
    prepare()
    for name in ("冉小英", "谭大山", "向小河"):
        applied(somebody(name).id)
    return browser_of(clerk("leader", region=COUNTY))


def text_of(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(f"cockpit.{name}", args=args or None), query)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


@pytest.mark.parametrize("board", BOARDS)
def test_every_board_is_drawn(board: str, leader: Client) -> None:
    page = text_of(leader, board)
    assert page.count('data-chart="') == page.count("看数据表") - page.count("换一个数") >= 1
    assert "奉节县" in page


def test_a_number_leads_to_its_meaning_and_its_rows(leader: Client) -> None:
    card = re.search(
        r'<a href="(/cockpit/numbers/submitted/[^"]*)">收到办件</a>.*?number-value">(\d+)',
        text_of(leader, "overview"),
        re.DOTALL,
    )
    assert card is not None
    assert card[2] == "3"
    meaning = leader.get(card[1]).content.decode()
    assert "收到办件：3 件" in meaning
    assert "当期提交的办件" in meaning
    page = text_of(leader, "rows", "submitted")
    assert "来自 3 行“办件”" in page
    assert "白帝镇" in page
    assert "冉小英" not in page


def test_looking_at_rows_is_on_the_log(leader: Client) -> None:
    text_of(leader, "rows", "submitted")
    with acting(system_actor("test")):
        seen = Event.objects.filter(outcome="read", action="boards.rows").get()
    assert (seen.subject_id, seen.purpose, seen.detail["rows"]) == ("submitted", "statistics", 3)


def test_the_month_and_the_place_are_kept_in_every_link(leader: Client) -> None:
    page = text_of(leader, "overview", month="2024-05", region=TOWN)
    assert "2024年1—5月" in page
    assert "白帝镇" in page
    links = re.findall(r'href="(/cockpit/(?:employment|numbers)/[^"]*)"', page)
    assert links
    assert all("month=2024-05" in link and f"region={TOWN}" in link for link in links)


@pytest.mark.parametrize(
    ("query", "status"), [({"month": "2019-01"}, 404), ({"month": "x"}, 422), ({"region": "1"}, 422)]
)
def test_what_cannot_be_asked_is_said(query: dict[str, str], status: int, leader: Client) -> None:
    answer = leader.get(reverse("cockpit.overview"), query)
    assert answer.status_code == status
    assert "怎么办" in answer.content.decode() or "请" in answer.content.decode()


def test_a_leader_of_a_township_sees_the_township_only(leader: Client) -> None:
    client = browser_of(clerk("leader", region=TOWN))
    assert "白帝镇总览" in re.sub(r"<[^>]+>", "", text_of(client, "overview"))
    assert client.get(reverse("cockpit.overview"), {"region": COUNTY}).status_code == 403
    assert client.get(reverse("cockpit.rows", args=("submitted",)), {"region": "500236127"}).status_code == 403


def test_a_handler_does_not_come_in(leader: Client) -> None:
    assert browser_of(clerk("handler")).get(reverse("cockpit.overview")).status_code == 403


def test_dark_and_light_are_remembered(leader: Client) -> None:
    assert 'data-theme="dark"' in text_of(leader, "overview")
    answer = leader.get(reverse("cockpit.theme", args=("light",)), {"next": "/cockpit/people/"})
    assert answer["Location"] == "/cockpit/people/"
    assert 'data-theme="light"' in text_of(leader, "people")
    assert (
        leader.get(reverse("cockpit.theme", args=("light",)), {"next": "//elsewhere.example/"})["Location"]
        == "/cockpit/"
    )


def test_an_unknown_number_is_not_there(leader: Client) -> None:
    assert leader.get(reverse("cockpit.number", args=("nothing",))).status_code == 404
