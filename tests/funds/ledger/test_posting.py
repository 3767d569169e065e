"""Posting: what the books take and what they refuse, by the code and by the database alone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.funds.conftest import SYSTEM, VILLAGE, Office, commit, make_person, make_staff

from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Detail, Entry, Voucher
from hrss.funds.ledger.models import Line as Row
from hrss.funds.ledger.posting import Line, Query, post
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import digest_of, sign
from hrss.kernel.problem import Problem

DAY = date(2026, 3, 5)
FUND = "unemployment"
RECEIPT: dict[str, Any] = {"fund": FUND, "on": DAY, "source": "receipt", "text": "单位缴费到账"}


def received(fen: int = 12_345, **changes: Any) -> list[Line]:
    return [Line("1002", debit=fen, **changes), Line("4001-01", credit=fen)]


def posted(reference: str = "R1", **changes: Any) -> int:
    return post(actor=SYSTEM, reference=reference, **{**RECEIPT, "lines": received(), **changes})


def test_an_entry_is_written_with_its_lines_and_gets_a_number(office: Office) -> None:
    with acting(SYSTEM):
        entry = posted()
        commit()
    row = Entry.objects.get(id=entry)
    assert (row.line_count, row.total, row.voucher.number) == (2, 12_345, 1)
    assert sorted((line.account.code, line.debit, line.credit) for line in row.lines.all()) == [
        ("1002", 12_345, 0),
        ("4001-01", 0, 12_345),
    ]


def test_vouchers_are_numbered_without_gap_by_fund_and_month(office: Office) -> None:
    with acting(SYSTEM):
        for reference in ("R1", "R2"):
            posted(reference)
        posted("R3", on=date(2026, 4, 1))
        posted("R4", fund="work_injury")
        commit()
    numbers = Voucher.objects.order_by("fund", "month", "number").values_list("fund", "month__month", "number")
    assert list(numbers) == [(FUND, 3, 1), (FUND, 3, 2), (FUND, 4, 1), ("work_injury", 3, 1)]


def test_what_belongs_to_persons_goes_under_one_line(office: Office) -> None:
    people = [make_person(), make_person()]
    lines = [Line("1002", debit=100 * n, person_id=who, region_code=VILLAGE, reference=f"P{n}") for n, who in
             enumerate(people, start=1)]  # fmt: skip
    with acting(SYSTEM):
        entry = posted(lines=[*lines, Line("4001-02", credit=300)])
        commit()
        bank = Row.objects.get(entry_id=entry, account__code="1002")
        details = list(Detail.objects.filter(line=bank).order_by("amount").values_list("person_id", "amount"))
    assert (bank.debit, bank.detail_count) == (300, 2)
    assert details == [(people[0], 100), (people[1], 200)]


def test_lines_may_come_straight_from_a_query(office: Office) -> None:
    person = make_person()
    rows = Query(
        "SELECT '4001-01', 0::bigint, 700::bigint, id, region_code, 'X'::text FROM people_person WHERE id = %s"
        " UNION ALL SELECT '1002', 700, 0, NULL, '', ''",
        [person],
    )
    with acting(SYSTEM):
        entry = posted(lines=rows)
        commit()
    assert Entry.objects.get(id=entry).total == 700


def refused(code: str, **changes: Any) -> Problem:
    with acting(SYSTEM), pytest.raises(Problem) as refusal, transaction.atomic():
        posted(**changes)
    assert refusal.value.code == code
    return refusal.value


def test_nothing_leaves_a_bank_account_without_signatures(office: Office) -> None:
    lines = [Line("1002", credit=700), Line("2101", debit=700)]
    with acting(SYSTEM), pytest.raises(DatabaseError, match="没有三个人签名"), transaction.atomic():
        posted(lines=lines)
        commit()


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("ledger.unbalanced", {"lines": [Line("1002", debit=2), Line("4001-01", credit=1)]}),
        ("ledger.line", {"lines": [Line("1002", debit=2, credit=2), Line("4001-01", credit=2)]}),
        ("ledger.line", {"lines": [Line("1002", debit=-2), Line("4001-01", credit=-2)]}),
        ("ledger.line", {"lines": []}),
        ("ledger.account", {"lines": [Line("1002", debit=2), Line("4201", credit=2)]}),
        ("ledger.future", {"on": date(2999, 1, 1)}),
        ("ledger.before_opening", {"on": date(2017, 12, 31)}),
        ("ledger.source", {"source": "gift"}),
        ("funds.no_such_fund", {"fund": "lottery"}),
    ],
)
def test_what_the_books_refuse(office: Office, code: str, changes: dict[str, Any]) -> None:
    assert refused(code, **changes).remedy or code == "ledger.line"
    assert not Entry.objects.exists()


def test_the_same_business_is_posted_once(office: Office) -> None:
    with acting(SYSTEM):
        posted()
    refused("ledger.posted_already")
    refused("ledger.posted_already", fund="work_injury")


SQL = """INSERT INTO ledger_entry (fund, "on", source, reference, text, line_count, total, actor_name)
 VALUES ('unemployment', '2026-03-05', %s, 'S', '', %s, %s, 'x') RETURNING id"""
LINE = """INSERT INTO ledger_line (entry_id, fund, account_id, debit, credit, detail_count)
 SELECT %s, fund, id, %s, %s, %s FROM ledger_account WHERE fund = %s AND code = %s"""
GOOD: list[tuple[Any, ...]] = [(5, 0, 0, FUND, "1002"), (0, 5, 0, FUND, "4001-01")]


def by_hand(lines: list[tuple[Any, ...]], *, source: str = "receipt", count: int = 2, total: int = 5) -> int:
    with connection.cursor() as cursor:
        cursor.execute(SQL, [source, count, total])
        (entry,) = cursor.fetchone()
        for line in lines:
            cursor.execute(LINE, [entry, *line])
    return int(entry)


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        ([(5, 0, 0, FUND, "1002"), (0, 4, 0, FUND, "4001-01")], {}),
        (GOOD[:1], {}),
        ([*GOOD, (1, 0, 0, FUND, "1002")], {}),
        (GOOD, {"total": 6}),
        ([(5, 0, 0, FUND, "1002"), (0, 5, 0, "work_injury", "4001-01")], {}),
        ([(5, 0, 1, FUND, "1002"), (0, 5, 0, FUND, "4001-01")], {}),
        (GOOD, {"source": "payrun"}),
    ],
    ids=["unbalanced", "half", "too many", "other total", "other fund", "details missing", "nobody signed"],
)
def test_the_database_alone_refuses(office: Office, lines: list[tuple[Any, ...]], options: dict[str, Any]) -> None:
    with acting(SYSTEM), pytest.raises(DatabaseError), transaction.atomic():
        by_hand(lines, **options)
        commit()
    assert not Entry.objects.exists()


def test_checked_early_does_not_open_a_way_to_add(office: Office) -> None:
    with acting(SYSTEM):
        entry = by_hand(GOOD)
        commit()
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(LINE, [entry, 1, 0, 0, FUND, "1002"])


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_line", "ledger_detail", "signing_signature"])
def test_nothing_written_is_changed(office: Office, table: str) -> None:
    with acting(SYSTEM):
        posted(lines=received(person_id=make_person(), region_code=VILLAGE, reference="P"))
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            connection.cursor().execute(statement)
        assert refusal.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]


def sign_all(office: Office, source: str, reference: str, content: object = "x") -> None:
    for actor, step in zip(office.three, Step, strict=True):
        with acting(actor):
            sign(source, reference, step, digest=digest_of(content), actor=actor)


def test_a_source_on_money_needs_three_persons(office: Office) -> None:
    lines = [Line("5001-01", debit=9), Line("1004", credit=9)]
    sign_all(office, "payrun", "RUN-1")
    with acting(SYSTEM):
        posted("RUN-1", source="payrun", lines=lines)
        commit()
    with acting(SYSTEM), pytest.raises(DatabaseError, match="签名"), transaction.atomic():
        posted("RUN-2", source="payrun", lines=lines)
        commit()


def test_details_are_seen_by_region_and_by_oneself(office: Office) -> None:
    person = make_person()
    with acting(SYSTEM):
        posted(lines=received(person_id=person, region_code=VILLAGE, reference="P"))
    elsewhere = make_staff("外县会计", region="500237")
    with acting(elsewhere):
        assert not Detail.objects.exists()
    with acting(office.accountant):
        assert Detail.objects.get().person_id == UUID(str(person))
