"""The cockpit's pages with real rows: numbers lead to rows, rows are masked and logged, months and places are kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.channels.staffed import COUNTY, TOWN, applied, browser_of, clerk, prepare, somebody

from hrss.channels.cockpit.boards import BOARDS as BOARDS_BUILT
from hrss.channels.cockpit.frame import Frame
from hrss.channels.cockpit.panels import Panel
from hrss.foundation.access.actors import actor_of
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.boards.figures import FIGURES

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


def _numbers_without_a_way(panel: Panel) -> list[str]:
    """Give the numbers of a panel that lead nowhere."""
    values = panel.values
    if panel.kind in ("numbers", "cards", "live"):
        return [card["label"] for card in values["cards"] if not card.get("href")]
    if panel.kind == "chart":
        return [] if values["links"] else [values["drawing"].title]
    if panel.kind in ("tiles", "places"):
        return [row["name"] for row in values["rows"] if not row["href"]]
    if panel.kind == "table" and panel.title not in WITHOUT_ROWS:
        columns = [one for one in values["columns"] if len(one) > 2 and one[2] == "num"]
        linked = {one[3] for one in columns if len(one) > 3}
        return [one[1] for one in columns if len(one) < 4] * bool(linked == set())
    return []


WITHOUT_ROWS = {"窗口"}  # people in a queue: counted, never listed


@pytest.mark.parametrize("board", list(BOARDS_BUILT))
def test_every_number_of_every_board_leads_on(board: str, leader: Client) -> None:
    officer = actor_of(clerk("leader", region=COUNTY), channel="cockpit", purpose="statistics")
    frame = Frame(COUNTY, YearMonth.of(timezone.localdate()), whole_year=True, is_now=True)
    with acting(officer):
        built = BOARDS_BUILT[board].build(frame, "")
    assert built
    lost = {panel.title or panel.kind: names for panel in built if (names := _numbers_without_a_way(panel))}
    assert lost == {}


@pytest.mark.parametrize("code", list(FIGURES))
def test_every_figure_has_a_meaning_and_rows(code: str, leader: Client) -> None:
    page = text_of(leader, "number", code)
    assert FIGURES[code].title in page
    assert reverse("cockpit.rows", args=(code,)) in page
    assert "的明细" in text_of(leader, "rows", code)
