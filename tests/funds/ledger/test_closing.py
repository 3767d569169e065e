"""Closing months and years, and the guard that stops money while the books are unsound."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connections, transaction
from tests.funds.conftest import SYSTEM, Office, approve, commit, fill

from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Closing, Entry
from hrss.funds.ledger.posting import Line, post
from hrss.funds.ledger.queries import balance_of, movements
from hrss.funds.ledger.services import approve_proposal, propose_closing, propose_transfer, review_proposal
from hrss.funds.soundness.guard import require_sound
from hrss.funds.soundness.looking import look
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

FUND = "work_injury"
JANUARY = YearMonth(2026, 1)


def receive(fen: int, on: date, reference: str) -> int:
    lines = [Line("1002", debit=fen), Line("4001-01", credit=fen)]
    with acting(SYSTEM):
        return post(actor=SYSTEM, fund=FUND, on=on, lines=lines, source="receipt", reference=reference, text="缴费")


def close(office: Office, month: YearMonth) -> None:
    approve(office, propose_closing(actor=office.accountant, fund=FUND, month=month).id)
    commit()


@pytest.fixture
def kept(office: Office) -> Office:
    fill(office, FUND, income=1_000)
    receive(300, date(2026, 1, 20), "R1")
    receive(50, date(2026, 2, 3), "R2")
    commit()
    return office


def test_a_closed_month_takes_nothing_more_and_keeps_its_balances(kept: Office) -> None:
    close(kept, JANUARY)
    closing = Closing.objects.get(fund_id=FUND)
    rows = {row.account.code: row for row in closing.balances.select_related("account")}
    assert (rows["1002"].opening, rows["1002"].debit, rows["1002"].balance) == (0, 1_300, 1_300)
    assert sum(row.balance for row in rows.values()) == 0
    with pytest.raises(Problem) as refusal:
        receive(1, date(2026, 1, 31), "R3")
    assert refusal.value.code == "ledger.closed"
    february = {one.code: one for one in movements(FUND, date(2026, 2, 1), date(2026, 2, 28))}
    assert (february["1002"].opening, february["1002"].debit) == (1_300, 50)
    assert balance_of(FUND, "income") == 1_350


def test_months_close_in_order_when_they_are_over(kept: Office) -> None:
    for month, code in ((YearMonth(2026, 2), "ledger.months_in_order"), (JANUARY, "")):
        if code:
            with pytest.raises(Problem) as refusal:
                close(kept, month)
            assert refusal.value.code == code
        else:
            close(kept, month)
    with pytest.raises(Problem, match="先后"):
        close(kept, JANUARY)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(SYSTEM):
        Closing.objects.create(fund_id=FUND, month=date(2026, 2, 1), reference="nobody signed")


def test_what_was_posted_after_signing_stops_the_closing(kept: Office) -> None:
    made = propose_closing(actor=kept.accountant, fund=FUND, month=JANUARY)
    review_proposal(UUID(made.id), actor=kept.reviewer)
    receive(1, date(2026, 1, 31), "R4")
    with pytest.raises(Problem) as refusal:
        approve_proposal(UUID(made.id), actor=kept.approver)
    assert refusal.value.code == "ledger.moved_on"


def test_december_carries_income_and_expenditure_over(office: Office) -> None:
    fill(office, FUND, income=1_000, on=date(2025, 12, 1))
    receive(300, date(2025, 12, 20), "R1")
    close(office, YearMonth(2025, 12))
    carried = Entry.objects.get(source_id="carry")
    after = {one.code: one.opening for one in movements(FUND, date(2026, 1, 1), date(2026, 1, 31))}
    assert (carried.total, after["4001-01"], after["3001"], after["1002"]) == (300, 0, -1_300, 1_300)


def test_sound_books_find_nothing(kept: Office) -> None:
    close(kept, JANUARY)
    assert [(check.invariant, check.examples) for check in look() if check.found] == []
    require_sound(FUND)


TAMPERED = {
    "I1": "UPDATE ledger_line SET debit = 51 WHERE debit = 50",
    "I1a": "UPDATE ledger_line SET debit = 299 WHERE debit = 300",
    "I1b": "INSERT INTO ledger_detail (line_id, region_code, reference, amount)"
    " SELECT max(id), '', 'x', 1 FROM ledger_line",
    "F10": "UPDATE ledger_line l SET account_id = a.id FROM ledger_account a"
    " WHERE l.debit = 51 AND a.code = '1004' AND a.fund = l.fund",
    "I6": "UPDATE ledger_entry SET reverses_id = (SELECT min(id) FROM ledger_entry) WHERE total = 300",
    "I7": "UPDATE ledger_source SET persons = 2 WHERE code = 'receipt'",
    "I7a": "UPDATE ledger_source SET persons = 9 WHERE code = 'opening'",
    "I10": 'INSERT INTO ledger_entry (fund, "on", source, reference, text, line_count, total, actor_name)'
    " VALUES ('work_injury', '2026-02-01', 'receipt', 'x', '', 2, 5, '')",
    "I11": "UPDATE ledger_line SET debit = 0, credit = 5000 WHERE debit = 51",
    "I11a": "UPDATE ledger_closingbalance SET opening = opening + 1, balance = balance + 1 WHERE opening + debit > 0",
    "I12": "CREATE TABLE gift (fen double precision)",
    "I2": "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only",
}
TABLES = ("ledger_entry", "ledger_line", "ledger_detail", "ledger_closingbalance")


def found() -> set[str]:
    return {check.invariant for check in look() if check.found}


def tamper(statement: str) -> None:
    """What somebody may do who owns the database: triggers off, change, triggers on again."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_detail NO FORCE ROW LEVEL SECURITY")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if not statement.endswith("_append_only"):
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        if statement.endswith("_append_only"):
            cursor.execute(statement)
        cursor.execute("ALTER TABLE ledger_detail FORCE ROW LEVEL SECURITY")


def test_what_a_database_owner_tampers_with_is_found_and_stops_money(real_office: Office) -> None:
    fill(real_office, FUND, income=1_000)
    receive(300, date(2026, 1, 20), "R1")
    close(real_office, JANUARY)
    receive(50, date(2026, 2, 3), "R2")
    transfer = {"fund": FUND, "giver": "income", "taker": "fiscal", "fen": 10, "on": date(2026, 2, 4)}
    made = UUID(propose_transfer(actor=real_office.accountant, **transfer).id)
    review_proposal(made, actor=real_office.reviewer)
    assert found() == set()
    for code, statement in TAMPERED.items():
        tamper(statement)
        assert code in found(), code
    with pytest.raises(Problem) as refusal:
        approve_proposal(made, actor=real_office.approver)
    assert refusal.value.code == "funds.unsound"
