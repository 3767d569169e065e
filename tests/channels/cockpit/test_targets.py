"""Targets on the boards: exact for a whole county; in a sample its share is judged, and the page says so once."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.channels.staffed import COUNTY, browser_of, clerk, prepare

from hrss.channels.cockpit import planning
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators import sample
from hrss.oversight.indicators.queries import Kept
from hrss.oversight.indicators.values import Counts

HEADS = 450  # of 22,000 (2.2 万人): behind; of 2 per cent of them, 440: reached
SAID = "示范县的人数只有全县的 2%"


@pytest.fixture
def leader(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    prepare()

    def kept(codes: Collection[str], month: YearMonth) -> dict[str, Kept]:
        counts = {"professional_talent": Counts(HEADS, None), "mediation_success_rate": Counts(70, 100)}
        return {
            code: Kept(UUID(int=0), month, "main", COUNTY, counts[code], 1, None, timezone.now(), 1, "x")
            for code in codes
            if code in counts
        }

    monkeypatch.setattr(planning, "county_figures", kept)
    return browser_of(clerk("leader", region=COUNTY))


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "_TELL", [lambda: Decimal("0.02")])


def html(client: Client, name: str, *args: str, **query: str) -> str:
    return client.get(reverse(f"cockpit.{name}", args=args or None), query).content.decode()


def goal(page: str, name: str) -> str:
    """The words of one goal on a page."""
    [found] = [one for one in re.findall(r'<li class="goal">(.*?)</li>', page, re.DOTALL) if f">{name}</a>" in one]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_a_whole_county_is_held_against_the_printed_target(leader: Client) -> None:
    page = html(leader, "talent")
    assert goal(page, "专业技术人才总量") == "专业技术人才总量 0.045 / 2.2 万人 落后 示范历史"
    for text in ("全县目标", "示范县的人数", "折算"):
        assert text not in page


def test_a_sample_is_held_against_its_share_and_says_so_once(leader: Client, sampled: None) -> None:
    page = html(leader, "talent")
    told = goal(page, "专业技术人才总量")
    assert told == "专业技术人才总量 0.045 / 0.044 万人 全县目标 2.2 万人 达到进度 示范历史"
    assert page.count(SAID) == 1
    assert "进度线按折算后的目标画" in page


def test_a_rate_is_the_same_in_a_sample(leader: Client, sampled: None) -> None:
    page = html(leader, "labour")
    assert goal(page, "劳动人事争议调解成功率") == "劳动人事争议调解成功率 70 / 61 % 达到进度 示范历史"
    assert SAID not in page, "nothing on this board is a share"


@pytest.mark.parametrize("name", ["plan", "alerts"])
def test_other_pages_with_targets_say_it_once_too(leader: Client, sampled: None, name: str) -> None:
    page = html(leader, name)
    assert page.count(SAID) == (1 if "全县目标 " in page else 0)
    assert name != "plan" or "全县目标 2.2 万人" in page


def test_one_goal_and_its_outlook_say_it(leader: Client, sampled: None) -> None:
    assert html(leader, "statistic", "professional_talent").count(SAID) == 1
    assert html(leader, "outlook", "professional_talent").count(SAID) == 1
    assert SAID not in html(leader, "statistic", "mediation_success_rate")


def rows_of(client: Client) -> list[list[object]]:
    answer = client.get(reverse("cockpit.export", args=("talent", "xlsx")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    [name] = [one for one in book.sheet_names if one.endswith("目标")]
    return book.get_sheet_by_name(name).to_python()


def test_the_workbook_of_a_sample_has_both_targets(leader: Client, sampled: None) -> None:
    rows = rows_of(leader)
    assert SAID in str(rows[1][0])
    assert rows[3] == ["目标", "现在", "折算目标", "单位", "进度", "全县目标"]
    assert ["专业技术人才总量", 0.045, 0.044, "万人", "达到进度", 2.2] in rows


def test_the_workbook_of_a_whole_county_is_as_it_was(leader: Client) -> None:
    rows = rows_of(leader)
    assert "示范县" not in str(rows[1][0])
    assert ["专业技术人才总量", 0.045, 2.2, "万人", "落后"] in rows
