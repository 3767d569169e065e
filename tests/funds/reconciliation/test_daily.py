"""The daily reconciliation through the database: files taken in, books compared, breaks handled by two persons."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from django.db import DatabaseError, connection, transaction
from tests.funds.conftest import SYSTEM, Office, approve, commit, fill, make_staff

from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Entry
from hrss.funds.ledger.posting import Line, Query, post
from hrss.funds.ledger.services import propose_reversal
from hrss.funds.reconciliation.format import Head, read_statement, write_statement
from hrss.funds.reconciliation.jobs import reconcile_daily
from hrss.funds.reconciliation.models import Break, Run, StatementFile
from hrss.funds.reconciliation.queries import breaks, live_counts
from hrss.funds.reconciliation.services import (
    confirm_break,
    handle_break,
    import_statement,
    reconcile,
    take_break,
)
from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem, Problems

FUND = "unemployment"
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
Row = tuple[date, str, int]
MARCH: dict[str, Row] = {name: (FIRST + timedelta(days=n), name, 1_000 + n) for n, name in enumerate("ABCDE", start=2)}


def file_of(rows: list[Row], *, origin: str = "bank", bank: str = "income", opening: int = 0, **days: date) -> bytes:
    schema = {"on": pl.Date, "reference": pl.String, "amount": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(text=pl.lit("缴费"))
    closing = opening + int(frame["amount"].sum())
    head = Head(origin, FUND, bank, days.get("since", FIRST), days.get("until", LAST), opening, closing, len(frame))
    return write_statement(head, frame)


def books(rows: list[Row]) -> None:
    with acting(SYSTEM):
        for on, reference, fen in rows:
            lines = [Line("1002", debit=fen, reference=reference), Line("4001-01", credit=fen)]
            post(actor=SYSTEM, fund=FUND, on=on, lines=lines, source="receipt", reference=f"R{reference}", text="缴费")
        commit()


def reconciled(office: Office) -> dict[str, str]:
    reconcile(actor=office.accountant, fund=FUND, since=FIRST, until=LAST)
    return dict(Break.objects.filter(state__in=("open", "handled")).values_list("reference", "kind"))


def taken(office: Office, rows: list[Row], **options: Any) -> UUID:
    return UUID(import_statement(file_of(rows, **options), actor=office.accountant, name="三月.csv").id)


def test_books_and_bank_that_agree_leave_nothing(office: Office) -> None:
    books(list(MARCH.values()))
    taken(office, list(MARCH.values()))
    assert reconciled(office) == {}
    run = Run.objects.get()
    assert (run.matched, run.found) == (5, 0)
    income = next(row for row in run.balances if row["account"] == "income")
    assert income["ours"] == income["bank"] == sum(row[2] for row in MARCH.values())


def test_each_difference_is_told_by_its_kind_and_goes_when_it_is_gone(office: Office) -> None:
    books([MARCH[name] for name in "ABCD"])
    bank = [MARCH["A"], (MARCH["B"][0], "B", 7), MARCH["E"], MARCH["C"], MARCH["C"]]
    taken(office, bank)
    assert reconciled(office) == {"B": "amount", "C": "duplicate", "D": "missing_there", "E": "missing_in_ledger"}
    row = Break.objects.get(reference="B")
    assert (row.ours, row.theirs, row.state) == (1_003, 7, "open")
    books([MARCH["E"]])
    assert "E" not in reconciled(office)
    assert Break.objects.get(reference="E").state == "gone"
    assert Break.objects.get(reference="B").id == row.id


def test_a_reversed_entry_and_a_reversed_bank_line_agree(office: Office) -> None:
    books([MARCH["A"]])
    entry = Entry.objects.get(source_id="receipt")
    fen = MARCH["A"][2]
    approve(office, propose_reversal(entry.id, actor=office.accountant, on=LAST, reason="重复入账").id)
    taken(office, [MARCH["A"], (MARCH["A"][0], "A", -fen)])
    assert reconciled(office) == {}


def test_an_account_that_moved_without_a_statement_is_a_break(office: Office) -> None:
    books([MARCH["A"]])
    assert set(reconciled(office).values()) == {"no_statement"}
    assert live_counts() == {FUND: 1}


@pytest.fixture
def broken(office: Office) -> tuple[Office, UUID]:
    books([MARCH["A"]])
    taken(office, [])
    reconciled(office)
    return office, Break.objects.get().id


def test_a_break_is_handled_by_one_and_confirmed_by_another(broken: tuple[Office, UUID]) -> None:
    office, number = broken
    take_break(number, actor=office.accountant)
    with pytest.raises(Problem, match="正在处理"):
        handle_break(number, actor=office.reviewer, method="timing", note="四月一日到账")
    handle_break(number, actor=office.accountant, method="timing", note="四月一日到账")
    with pytest.raises(Problem, match="两个人"):
        confirm_break(number, actor=office.accountant)
    with acting(office.accountant), pytest.raises(DatabaseError), transaction.atomic():
        Break.objects.filter(id=number).update(state="confirmed", confirmed_by=office.accountant.person)
    confirm_break(number, actor=make_staff("稽核员", Function.INSPECTOR))
    row = Break.objects.get()
    assert (row.state, row.owner_name, row.confirmed_name) == ("confirmed", "陈会计", "稽核员")
    assert reconciled(office) == {"A": "missing_there"}, "still there: found again by the next run"
    with acting(SYSTEM):
        assert Event.objects.filter(subject_kind="reconciliation_break").count() == 3


def test_sent_back_it_waits_again(broken: tuple[Office, UUID]) -> None:
    office, number = broken
    handle_break(number, actor=office.accountant, method="outside", note="银行说已更正")
    confirm_break(number, actor=office.reviewer, agrees=False)
    assert Break.objects.get().state == "open"
    for method, note, code in (("", "x", "method"), ("timing", " ", "note"), ("entry", "x", "entry")):
        with pytest.raises(Problem) as refusal:
            handle_break(number, actor=office.accountant, method=method, note=note)
        assert refusal.value.code == f"reconciliation.{code}"


def test_breaks_come_most_urgent_first_and_page_by_page(office: Office) -> None:
    books([MARCH["A"]])
    taken(office, [(FIRST, f"X{n:03d}", 1) for n in range(60)])
    reconciled(office)
    first, more = breaks(fund=FUND)
    rest, end = breaks(fund=FUND, after=more)
    assert (len(first), len(rest), end) == (50, 11, "")
    assert len({row.id for row in first + rest}) == 61
    assert len(breaks(kind="missing_there")[0]) == 1


GOOD = file_of([MARCH["A"]])
WRONG = {
    "statement.head": b"hello\n",
    "statement.columns": GOOD.replace(b",1.00", b"", 1) if b",1.00" in GOOD else GOOD.splitlines()[0] + b"\nD,1\n",
    "statement.count": GOOD.replace(b",1\n", b",2\n", 1),
    "statement.balance": GOOD.replace(b"0.00,", b"9.00,", 1),
}


@pytest.mark.parametrize(("code", "content"), WRONG.items(), ids=list(WRONG))
def test_a_file_that_does_not_add_up_is_refused(office: Office, code: str, content: bytes) -> None:
    with pytest.raises(Problem) as refusal:
        import_statement(content, actor=office.accountant, name="x.csv")
    assert refusal.value.code == code
    assert not StatementFile.objects.exists()


def test_every_wrong_line_is_named(office: Office) -> None:
    head, lines = GOOD.decode().splitlines()
    bad = [lines.replace("2026-03-03", "2026-13-03"), lines.replace(",A,", ",,"), lines.replace("10.02", "10.020")]
    with pytest.raises(Problems) as refusal:
        read_statement("\n".join([head.replace(",1", ",3"), *bad, ""]).encode())
    assert [str(one.message)[:3] for one in refusal.value] == ["第 2", "第 3", "第 4"]


def test_the_same_file_and_the_same_days_are_taken_once(office: Office) -> None:
    taken(office, [MARCH["A"]])
    for rows, code in (([MARCH["A"]], "statement.known"), ([MARCH["B"]], "statement.overlap")):
        with pytest.raises(Problem) as refusal:
            taken(office, rows)
        assert refusal.value.code == code


def test_the_daily_job_looks_at_the_last_ten_days(real_office: Office) -> None:
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - the job's own days are what is looked for
    fill(real_office, FUND, income=100)
    lines = [Line("1002", debit=5), Line("4001-01", credit=5)]
    with acting(SYSTEM):
        post(actor=SYSTEM, fund=FUND, on=yesterday, lines=lines, source="receipt", reference="J", text="缴费")
    assert reconcile_daily() == 1
    assert Run.objects.get().until == yesterday


@pytest.mark.skipif(os.environ.get("HRSS_FULL_RECONCILIATION") != "1", reason="full size by option")
def test_two_hundred_thousand_lines_through_the_database(real_office: Office) -> None:
    number, wrong = 200_000, 2_000
    started = time.perf_counter()
    with acting(SYSTEM):
        rows = Query(
            "SELECT '1002', (n + 100)::bigint, 0::bigint, NULL::uuid, '', 'L' || n FROM generate_series(1, %s) n"
            " UNION ALL SELECT '4001-01', 0, sum(n + 100)::bigint, NULL, '', '' FROM generate_series(1, %s) n",
            [number, number],
        )
        post(actor=SYSTEM, fund=FUND, on=FIRST, lines=rows, source="receipt", reference="all", text="缴费")
    posted = time.perf_counter()
    lines = [(FIRST, f"L{n}", n + 100 + (n % 100 == 0)) for n in range(1, number + 1)]
    content = file_of(lines)
    ready = time.perf_counter()
    import_statement(content, actor=real_office.accountant, name="all.csv")
    imported = time.perf_counter()
    outcome = reconcile(actor=real_office.accountant, fund=FUND, since=FIRST, until=LAST)
    done = time.perf_counter()
    print(f"posted {posted - started:.1f} s, imported {imported - ready:.1f} s, reconciled {done - imported:.1f} s")
    assert outcome.data == {"matched": number - wrong, "breaks": wrong}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reconciliation_break WHERE kind = 'amount'")
        assert cursor.fetchone() == (wrong,)
