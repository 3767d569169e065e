"""What a debtor typed stays when it is wrong, and nobody sees another's debt."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.channels.portal.test_bad_input import told
from tests.channels.staffed import browser_of, citizen, prepare, somebody
from tests.funds.conftest import open_office
from tests.funds.recovery.test_debts import decide, overpaid

from hrss.channels.portal.views.debts import STATES
from hrss.funds.recovery.models import Debt

pytestmark = pytest.mark.django_db


def test_too_much_or_no_amount_is_told_and_stays(tmp_path: Path) -> None:
    prepare()
    office, person = open_office(), somebody("周退款")
    debt = decide(office, overpaid(office, tmp_path / "bank", person=person.id))
    address, browser = f"/my/debts/{debt.id}/", browser_of(citizen(person))
    for typed in ("99999", "abc", "-3"):
        told(browser.post(address, {"amount": typed}), typed)
    assert browser.post(address, {"amount": "100"}).status_code == 302
    other = browser_of(citizen(somebody("外人甲")))
    assert other.get(address).status_code == 404
    assert other.post(address, {"amount": "100"}).status_code == 404


def test_every_state_a_debtor_sees_has_words() -> None:
    assert set(STATES) == set(Debt.State) - {Debt.State.DROPPED}
