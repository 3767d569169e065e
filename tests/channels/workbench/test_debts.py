"""The officer's page of a debt: what is typed wrong stays, each post sees its own step, a stranger's region nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.channels.staffed import OTHER_TOWN, browser_of, clerk, prepare, somebody
from tests.funds.conftest import open_office
from tests.funds.payruns_office import MONTH
from tests.funds.recovery.test_debts import decide, overpaid
from tests.funds.stock import entitle, row

pytestmark = pytest.mark.django_db


def test_plan_and_offset_are_proposed_from_the_page(tmp_path: Path) -> None:
    prepare()
    office, person = open_office(), somebody("周退款")
    debt = decide(office, overpaid(office, tmp_path / "bank", person=person.id))
    entitle(office, [row(person.id, first=MONTH)])
    address, handler = f"/work/debts/{debt.id}/", browser_of(clerk("handler"))
    shown = handler.get(address).content.decode()
    for part in ("提出分期", "提出抵扣", "提出核销", "看决定书"):
        assert part in shown, part
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for form, typed in (
        ("plan", {"periods": "99", "first_on": tomorrow, "agreement": "电话商定，每月退"}),
        ("plan", {"periods": "x", "first_on": "明天", "agreement": "电话商定，每月退"}),
        ("offset", {"entitlement": "", "percent": "99", "agreement": "本人书面同意"}),
        ("write-off", {"reasons": "无"}),
    ):
        answer = handler.post(f"{address}propose/{form}", typed)
        text = answer.content.decode()
        assert (answer.status_code, 'class="error-summary"' in text) == (422, True), form
        assert typed.get("agreement", "") in text
    good = {"periods": "6", "first_on": tomorrow, "agreement": "电话商定，每月退"}
    assert handler.post(f"{address}propose/plan", good).status_code == 302
    assert "分期退回：待复核" in handler.get(address).content.decode()
    assert "复核通过" in browser_of(clerk("reviewer")).get(address).content.decode()
    assert browser_of(clerk("handler", region=OTHER_TOWN)).get(address).status_code == 404
    paper = handler.get(f"{address}decision.pdf")
    assert (paper.getvalue()[:4], paper["Cache-Control"]) == (b"%PDF", "private, no-store")
