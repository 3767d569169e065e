"""The subsidy of contributions: claimed by the month, income only when the treasury's notice says the money came."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection
from tests.domains.insurance.people import SYSTEM, paid, resident
from tests.foundation.people.builders import load_county, staff

from hrss.domains.insurance import services
from hrss.domains.insurance.models import SubsidyClaim
from hrss.foundation.scope import acting
from hrss.funds.ledger.chart import open_books
from hrss.funds.ledger.models import Detail, Entry
from hrss.funds.ledger.queries import balance_of
from hrss.funds.reconciliation.format import Head, write_statement
from hrss.funds.reconciliation.models import Break
from hrss.funds.reconciliation.services import import_statement, reconcile
from hrss.funds.soundness.looking import violations
from hrss.funds.soundness.registry import invariants
from hrss.funds.statements.figures import statement
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.django_db
FUND, PAID, FIRST = "resident_pension", date(2026, 3, 10), date(2026, 4, 1)
REFERENCE, NOTICE = "subsidy:resident_pension:2026-03", "到账通知 财社〔2026〕31号"
ACCOUNTANT = staff(Function.FINANCE, region="500236", purpose="payment")


@pytest.fixture(autouse=True)
def owed(channel: Path) -> None:
    """Two residents paid in March; on the first of April their subsidy is claimed."""
    load_county()
    open_books(settings.HRSS_PACKS, actor=SYSTEM)
    for born, grade in ((date(1980, 5, 1), 500), (date(1981, 5, 1), 1000)):
        paid(resident(born), SYSTEM, grade, PAID)
    with time_machine.travel("2026-04-01T04:40:00+08:00"):
        assert services.claim_subsidies(actor=SYSTEM, on=FIRST).data["months"] == ["2026-03"]
        assert services.claim_subsidies(actor=SYSTEM, on=FIRST).data["months"] == []


def treasury_says(fen: int, on: date, *, since: date = FIRST, until: date = date(2026, 4, 30)) -> None:
    frame = pl.DataFrame({"on": [on], "reference": [REFERENCE], "amount": [fen], "text": [NOTICE]})
    head = Head("finance", FUND, "fiscal", since, until, 0, fen, 1)
    import_statement(write_statement(head, frame), actor=ACCOUNTANT, name=f"财政{fen}.csv")


def booked(on: date = date(2026, 5, 2)) -> list[str]:
    with time_machine.travel(f"{on}T04:40:00+08:00"):
        return list(services.book_subsidies(actor=SYSTEM, on=on).data["months"])


def test_a_claim_is_no_income_until_the_money_came() -> None:
    with acting(SYSTEM):
        claim = SubsidyClaim.objects.get()
    assert (claim.amount_fen, claim.claimed_on, claim.due_on) == (19_000, FIRST, date(2026, 4, 16))
    assert booked() == []
    with acting(SYSTEM):
        assert not Entry.objects.filter(source="subsidy").exists()
        assert balance_of(FUND, "fiscal") == 0


def test_what_the_notice_says_is_booked_at_its_day_with_its_number_once() -> None:
    treasury_says(19_000, date(2026, 4, 9))
    assert (booked(), booked()) == (["2026-03"], [])
    with acting(SYSTEM):
        entry, claim = Entry.objects.get(source="subsidy"), SubsidyClaim.objects.get()
        assert (entry.on, entry.reference, NOTICE in entry.text) == (date(2026, 4, 9), REFERENCE, True)
        assert (claim.entry_id, claim.arrived_on, claim.notice) == (entry.id, entry.on, NOTICE)
        assert sorted(Detail.objects.filter(line__entry=entry).values_list("amount", flat=True)) == [7_000, 12_000]
        rows = {row.code: row.amounts for row in statement("income", FUND, YearMonth(2026, 4)).rows}
        assert rows["4101-01"][0] == balance_of(FUND, "fiscal") == 19_000
        assert [found for one in invariants() for found in violations(one, FUND)] == []


def test_another_amount_is_left_to_people() -> None:
    treasury_says(18_999, date(2026, 4, 9))
    assert booked() == []


def kinds(day: str) -> dict[str, str]:
    since, until = date(2026, 4, 11), date(2026, 4, 30)
    with time_machine.travel(day):
        reconcile(actor=SYSTEM, fund=FUND, since=since, until=until)
    with acting(SYSTEM):
        rows = Break.objects.filter(reference=REFERENCE)
        return {row.kind: row.state for row in rows}


def test_what_has_not_come_in_time_is_a_break_until_it_comes() -> None:
    assert kinds("2026-05-01T06:30:00+08:00") == {"not_arrived": "open"}
    with acting(SYSTEM):
        row = Break.objects.get(kind="not_arrived")
        assert (row.ours, row.on, row.origin, row.bank) == (19_000, date(2026, 4, 16), "finance", "fiscal")
    assert kinds("2026-05-02T06:30:00+08:00") == {"not_arrived": "open"}
    treasury_says(19_000, date(2026, 5, 6), since=date(2026, 5, 1), until=date(2026, 5, 10))
    assert booked(date(2026, 5, 11)) == ["2026-03"]
    assert kinds("2026-05-12T06:30:00+08:00") == {"not_arrived": "gone"}


def test_a_claim_is_not_changed_and_not_paid_by_another_voucher() -> None:
    for change in ("SET amount_fen = 1", "SET arrived_on = '2026-04-09', notice = '无', entry_id = 1"):
        with pytest.raises(DatabaseError), acting(ACCOUNTANT), connection.cursor() as cursor:
            cursor.execute(f"UPDATE insurance_subsidyclaim {change}")
