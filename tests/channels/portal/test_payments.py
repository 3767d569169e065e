"""Payments older than the newest page are reached by a link, each once, and a wrong page number harms nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.channels.staffed import browser_of, citizen, somebody
from tests.funds.conftest import open_office
from tests.funds.payruns_office import MONTH, opened
from tests.funds.stock import entitle, make_account, row

pytestmark = pytest.mark.django_db
MONTHS = 30


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
