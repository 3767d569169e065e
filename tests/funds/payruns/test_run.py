"""A pay run from opening to closing: hash, three posts, the bank's process, the ledger, returned and paid again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone
from tests.funds.conftest import SYSTEM, Office, fill_for_runs, make_person, make_staff
from tests.funds.payruns_office import MONTH, bank_works, opened, paid_out, run_of, sent, signed
from tests.funds.stock import FACTS, entitle, make_account, make_payee, row

from hrss.foundation.audit import read
from hrss.foundation.audit.models import Event
from hrss.foundation.people.models import BankAccount, Person
from hrss.foundation.people.queries import reveal_bank_account
from hrss.foundation.people.services import merge_persons, sign_change
from hrss.foundation.scope import acting
from hrss.funds.banking.folder import our_side
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.models import Account, Entry, Line
from hrss.funds.payables.models import Payment
from hrss.funds.payables.of_person import LOOKS, money_soon
from hrss.funds.payables.queries import entitlements_of, payments_of
from hrss.funds.payables.services import stop_entitlement
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.models import Finding, RunStep
from hrss.funds.payruns.services import discard_run, send_run, withhold
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth

BASIC, ACCOUNT = 16_500 + 3 * 200 + 500, 15_252
PENSION = BASIC + ACCOUNT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bank"


def lines_of(run_id: UUID) -> list[Payment]:
    with acting(SYSTEM):
        return list(Payment.objects.filter(run_id=run_id).order_by("ordinal", "id"))


def balance(account: str) -> int:
    with acting(SYSTEM):
        rows = Line.objects.filter(account__code=account, entry__fund="resident_pension").exclude(
            entry__source="opening"
        )
        return sum(line.debit - line.credit for line in rows)


def number_of(person: UUID) -> str:
    with acting(SYSTEM):
        account = BankAccount.objects.filter(person_id=person).latest("since", "id")
        return reveal_bank_account(account.id, actor=SYSTEM)


def merged(kept: UUID, absorbed: UUID) -> None:
    functions = (Function.HANDLER, Function.REVIEWER, Function.INSPECTOR, Function.APPROVER)
    handler, *others = [make_staff(f"合并{function.value}", function) for function in functions]
    change = merge_persons(kept, absorbed, actor=handler, reason="重复建档", evidence=["file-1"])
    for signer in others:
        meeting = "会审纪要" if signer is others[-1] else ""
        sign_change(UUID(change.id), actor=signer, meeting=meeting)


def test_from_opening_to_the_ledger(office: Office, folder: Path) -> None:
    people = [make_payee(f"付款人{n}") for n in range(3)]
    entitle(office, [row(person, first=MONTH) for person in people])
    run_id = paid_out(office, folder)
    run, lines = run_of(run_id), lines_of(run_id)
    assert (run.line_count, run.total) == (3, sum(line.amount for line in lines))
    assert {line.state for line in lines} == {"paid"}
    assert [line.ordinal for line in lines] == [1, 2, 3]
    assert balance("1004") == -run.total
    assert {(line.amount, line.part) for line in lines} == {(PENSION, ACCOUNT)}
    assert (balance("5001-01"), balance("5001-02")) == (3 * BASIC, 3 * ACCOUNT)
    for person in people:
        assert Books(folder).paid_into(number_of(person)) == [lines[0].amount]
    with acting(SYSTEM):
        steps = list(RunStep.objects.filter(run=run).values_list("to_state", flat=True))
    assert steps == ["open", "frozen", "made", "reviewed", "approved", "filing", "filed", "sent", "answered", "closed"]


def test_every_line_tells_how_it_was_calculated(office: Office, folder: Path) -> None:
    person = make_payee()
    entitle(office, [row(person, first=MONTH)])
    paid_out(office, folder)
    payment = payments_of(person, actor=office.accountant)[0]
    again = payment.explanation()
    assert again.amount == payment.fen
    assert "城乡居民养老金" in again.to_text()
    assert (payment.state_name, payment.answer) == ("已发放", "已到账")


def test_a_page_about_a_person_shows_the_money_of_all_their_records(office: Office, folder: Path) -> None:
    kept, absorbed = make_payee(), make_payee("向大川")
    entitle(office, [row(kept, first=YearMonth(2026, 9)), row(absorbed, first=MONTH)])
    paid_out(office, folder)
    merged(kept, absorbed)
    watcher = replace(office.accountant, purpose="query")
    for person in (kept, absorbed):
        with acting(watcher):
            money = money_soon(person, limit=3)
            found = money(read(watcher, person_id=person, what="people.dossier", parts=LOOKS))
        wanted = payments_of(person, actor=watcher, limit=3)
        assert [(one.id, one.month, one.fen, one.answer, one.account_tail) for one in found.payments] == [
            (one.id, one.month, one.fen, one.answer, one.account_tail) for one in wanted
        ]
        assert (len(wanted), len(payments_of(person, actor=watcher))) == (3, 4)
        assert [(one.name, one.first, one.last, one.is_running) for one in found.benefits] == [
            (one.name, one.first, one.last, one.is_running) for one in entitlements_of(person, actor=watcher)
        ]
        assert len(found.benefits) == 2


def test_a_look_at_money_the_event_does_not_name_leaves_its_own(office: Office) -> None:
    person, watcher = make_payee(), replace(office.accountant, purpose="query")
    with acting(watcher):
        money = money_soon(person)
        money(read(watcher, person_id=person, what="people.dossier"))
    with acting(SYSTEM):
        actions = Event.objects.filter(person_id=person, outcome="read").values_list("action", flat=True)
        assert set(actions) == {"people.dossier", *LOOKS}


def test_arrears_go_out_month_by_month_and_never_twice(office: Office, folder: Path) -> None:
    person = make_payee()
    entitle(office, [row(person, first=YearMonth(2026, 9))])
    first = paid_out(office, folder)
    assert [YearMonth.from_index(line.month).month for line in lines_of(first)] == [9, 10, 11]
    assert run_of(opened(office, folder)).state == "discarded"


def test_a_returned_payment_is_paid_again_once_after_the_account_changed(office: Office, folder: Path) -> None:
    person = make_payee()
    entitle(office, [row(person, first=MONTH), row(make_payee("另一人"), first=MONTH)])
    Books(folder).set_answer(number_of(person), "closed_account")
    run_id = paid_out(office, folder)
    returned = next(line for line in lines_of(run_id) if line.person_id == person)
    assert (returned.state, returned.answer) == ("returned", "closed_account")
    assert balance("2101") == -returned.amount
    again = opened(office, folder)
    assert run_of(again).state == "discarded"
    assert [line.note for line in lines_of(again)] == ["same_account"]
    assert [line.note for line in lines_of(opened(office, folder))] == ["same_account"]
    with acting(SYSTEM):
        old = BankAccount.objects.filter(person_id=person)
        old.update(until=timezone.localdate() - timedelta(days=1))
    make_account(person, usable_from=timezone.localdate() + timedelta(days=7))
    assert [line.note for line in lines_of(opened(office, folder))] == ["cooling"]
    with acting(SYSTEM):
        BankAccount.objects.filter(person_id=person, until=None).update(usable_from=timezone.localdate())
    third = paid_out(office, folder)
    assert [(line.person_id, line.state, line.attempt) for line in lines_of(third)] == [(person, "paid", 5)]
    assert balance("2101") == 0
    assert (balance("5001-01"), balance("5001-02")) == (2 * BASIC, 2 * ACCOUNT)
    assert balance("1004") == -2 * returned.amount
    assert Books(folder).paid_into(number_of(person)) == [returned.amount]


def test_who_cannot_be_paid_is_held_out_with_a_reason(office: Office, folder: Path) -> None:
    good, poor, dead, cooling = make_payee(), make_person("无账户"), make_payee("亡者"), make_person("新账户")
    make_account(cooling, usable_from=timezone.localdate() + timedelta(days=3))
    with acting(SYSTEM):
        Person.objects.filter(id=dead).update(death_date=date(2026, 10, 20))
    entitle(office, [row(person, first=MONTH) for person in (good, poor, dead, cooling)])
    run = run_of(opened(office, folder))
    with acting(SYSTEM):
        found = {(f.rule, f.code, f.payment.person_id) for f in Finding.objects.filter(run=run) if f.payment}
    assert found == {("F06", "no_account", poor), ("B03", "dead", dead), ("F08", "cooling", cooling)}
    assert (run.line_count, run.held_count) == (1, 3)


def test_a_discarded_run_leaves_everything_for_the_next(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH)])
    first = opened(office, folder)
    discard_run(first, actor=office.reviewer, reason="金额有疑问")
    assert [line.state for line in lines_of(first)] == ["dropped"]
    second = paid_out(office, folder)
    assert [(line.state, line.attempt) for line in lines_of(second)] == [("paid", 2)]


def test_a_late_death_is_held_back_after_signing(office: Office, folder: Path) -> None:
    person, other = make_payee(), make_payee("另一人")
    made = entitle(office, [row(person, first=MONTH), row(other, first=MONTH)])
    run_id = opened(office, folder)
    fill_for_runs(office, "resident_pension")
    signed(office, run_id)
    stop_entitlement(actor=SYSTEM, entitlement_id=made[0], last=MONTH - 1, reason="死亡", evidence={})
    send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
    advance(run_id, folder=folder)
    bank_works(folder)
    assert advance(run_id, folder=folder) == "closed", run_of(run_id).problem
    assert {line.person_id: line.state for line in lines_of(run_id)} == {person: "held", other: "paid"}
    assert Books(folder).paid_into(number_of(person)) == []


def test_one_line_may_be_withheld(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(f"甲{n}"), first=MONTH) for n in range(2)])
    run_id = opened(office, folder)
    fill_for_runs(office, "resident_pension")
    signed(office, run_id)
    withhold(lines_of(run_id)[0].id, actor=office.reviewer, reason="本人来电更正")
    send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
    advance(run_id, folder=folder)
    assert [line.state for line in lines_of(run_id)] == ["held", "open"]


@pytest.mark.parametrize("quirk", ["forgets_a_line", "changes_an_amount", "adds_a_line"])
def test_an_answer_that_differs_is_not_applied(office: Office, folder: Path, quirk: str) -> None:
    entitle(office, [row(make_payee(f"乙{n}"), first=MONTH) for n in range(2)])
    run_id = opened(office, folder)
    sent(office, run_id, folder)
    Books(folder).set_quirk(quirk)
    bank_works(folder)
    assert advance(run_id, folder=folder) == "sent"
    assert "对不上" in run_of(run_id).problem
    assert {line.state for line in lines_of(run_id)} == {"open"}


def test_a_file_touched_on_the_way_is_not_read(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH)])
    run_id = opened(office, folder)
    sent(office, run_id, folder)
    bank_works(folder)
    path = folder / "from_bank" / f"{run_of(run_id).number}.txt"
    path.write_bytes(path.read_bytes().replace(b"|00", b"|11"))
    assert advance(run_id, folder=folder) == "sent"
    assert "签名不对" in run_of(run_id).problem
    assert our_side(folder).waiting() == [path.name]


def test_the_facts_of_the_month_count(office: Office, folder: Path) -> None:
    person = make_payee()
    entitle(office, [row(person, first=MONTH, facts=FACTS | {"age": 70})])
    run_id = paid_out(office, folder)
    older = lines_of(run_id)[0].amount
    other = make_payee("年轻些")
    entitle(office, [row(other, first=MONTH, facts=FACTS | {"age": 66})])
    assert older > lines_of(paid_out(office, folder))[0].amount


def test_the_books_have_one_entry_a_step(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH)])
    run = run_of(paid_out(office, folder))
    with acting(SYSTEM):
        assert [e.source_id for e in Entry.objects.filter(reference=run.number)] == ["payrun"]
        assert Account.objects.filter(fund="resident_pension", code="2101").exists()


def test_a_bank_that_does_not_answer_in_time_is_told_on_the_run(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH)])
    run_id = opened(office, folder)
    sent(office, run_id, folder)
    assert run_of(run_id).problem == ""
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert advance(run_id, folder=folder) == "sent"
        assert "还没有答复（期限 5 个工作日）" in run_of(run_id).problem
    bank_works(folder)
    assert advance(run_id, folder=folder) == "closed"
    assert run_of(run_id).problem == ""
