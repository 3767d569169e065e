"""Payments older than the newest page are reached by a link, each once, and a wrong page number harms nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.channels.staffed import browser_of, citizen, somebody
from tests.funds.conftest import open_office
from tests.funds.payruns_office import MONTH, opened, run_of
from tests.funds.stock import entitle, make_account, row

pytestmark = pytest.mark.django_db
MONTHS = 30


def test_a_payment_says_its_parts_and_where_it_is_in_words(tmp_path: Path) -> None:
    office, person = open_office(), somebody("冉一笔")
    make_account(person.id)
    entitle(office, [row(person.id, first=MONTH)])
    run = opened(office, tmp_path / "bank")
    browser = browser_of(citizen(person))
    listed = browser.get("/my/insurance/").content.decode()
    shown = browser.get(re.search(r"/my/insurance/payments/\d+/", listed)[0]).content.decode()  # type: ignore[index]
    number = run_of(run).number
    assert (number in listed, number in shown) == (False, True)
    cells = re.findall(r'<td role="cell" data-label="[^"]*"[^>]*>([^<]*)</td>', shown)
    parts = dict(zip(cells[::2], cells[1::2], strict=True))
    assert list(parts) == ["基础养老金标准", "缴费年限养老金", "高龄加发", "个人账户养老金", "合计"]
    fen = [round(float(one) * 100) for one in parts.values()]
    assert sum(fen[:-1]) == fen[-1]
    assert "还没有答复" in shown and "正在核实" not in shown


def test_every_payment_is_reached_once_newest_first(tmp_path: Path) -> None:
    office, person = open_office(), somebody("冉三十")
    make_account(person.id)
    entitle(office, [row(person.id, first=MONTH - (MONTHS - 1))])
    opened(office, tmp_path / "bank")
    browser = browser_of(citizen(person))
    first = browser.get("/my/insurance/").content.decode()
    older = re.search(r'href="([^"]*before=\d+[^"]*)"', first)
    assert older is not None
    second = browser.get(older[1].partition("#")[0]).content.decode()
    shown = [re.findall(r"/my/insurance/payments/(\d+)/", page) for page in (first, second)]
    shown = [list(dict.fromkeys(numbers)) for numbers in shown]
    assert [len(numbers) for numbers in shown] == [24, MONTHS - 24]
    together = [int(number) for numbers in shown for number in numbers]
    assert together == sorted(set(together), reverse=True)
    assert "before=" not in second and "回到最新的发放" in second and "回到最新的发放" not in first
    for wrong in ("abc", "-1", "9" * 40, "9" * 5_000, "٣"):
        assert browser.get(f"/my/insurance/?before={wrong}").status_code == 200
