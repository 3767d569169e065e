"""Debts: the exact fen of months paid too much, decided by three, recovered once, never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone
from tests.funds.conftest import SYSTEM, Office, fill, make_person, make_staff
from tests.funds.payruns.test_run import lines_of, number_of
from tests.funds.payruns_office import MONTH, bank_works, opened, paid_out, run_of, sent
from tests.funds.stock import FACTS, entitle, make_account, make_payee, row

from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.people.models import BankAccount, Person
from hrss.foundation.scope import acting
from hrss.funds.banking.models import Collection
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.queries import movements
from hrss.funds.payables.models import Deduction, Entitlement
from hrss.funds.payables.services import stop_entitlement
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.services import confirm_findings
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.models import Debt, DebtLine, Instalment
from hrss.funds.recovery.opening import paid_above
from hrss.funds.recovery.services import (
    approve_measure,
    bill_debt,
    confirm_write_off,
    name_heir,
    open_debt,
    open_recalculated,
    propose_correction,
    propose_decision,
    propose_offset,
    propose_plan,
    propose_write_off,
    receive_refund,
    review_measure,
)
from hrss.funds.soundness.looking import look
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

FUND = "resident_pension"
CORRECTED = (("years", 15), ("account", 0))
BASIC, ACCOUNT = 16_500 + 3 * 200 + 500, 15_252
PENSION = BASIC + ACCOUNT
SEPTEMBER = YearMonth(2026, 9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bank"


def overpaid(office: Office, folder: Path, *, person: UUID | None = None, last: YearMonth = SEPTEMBER) -> Debt:
    """Somebody is paid for September to November; then it becomes known that ``last`` was the last month."""
    fill(office, FUND, expenditure=100_000_000)
    person = person or make_person("周过世")
    make_account(person)
    entitlement = entitle(office, [row(person, first=SEPTEMBER)])[0]
    paid_out(office, folder)
    stop_entitlement(
        actor=SYSTEM, entitlement_id=entitlement, last=last, reason="去世", evidence={"died_on": "2026-09-28"}
    )
    deliver_waiting()
    return debt_of(person)


def debt_of(person: UUID) -> Debt:
    with acting(SYSTEM):
        return Debt.objects.get(person_id=person)


def decide(office: Office, debt: Debt) -> Debt:
    made = UUID(propose_decision(debt.id, actor=office.accountant, reasons="停发后仍发放了两个月").id)
    return agree(office, made, debt)


def agree(office: Office, measure: UUID, debt: Debt) -> Debt:
    review_measure(measure, actor=office.reviewer)
    approve_measure(measure, actor=office.approver)
    return debt_of(debt.person_id)


def balance(code: str) -> int:
    with acting(SYSTEM):
        rows = {one.code: one.balance for one in movements(FUND, date(2026, 1, 1), timezone.localdate())}
    return rows[code]


def test_a_late_stop_becomes_a_debt_of_the_exact_months(office: Office, folder: Path) -> None:
    debt = overpaid(office, folder)
    with acting(SYSTEM):
        lines = list(DebtLine.objects.filter(debt=debt).order_by("month").values_list("month", "paid", "due", "amount"))
    assert lines == [(YearMonth(2026, month).index, PENSION, 0, PENSION) for month in (10, 11)]
    assert (debt.amount, debt.state, debt.reason, debt.fund) == (2 * PENSION, "open", "去世", FUND)
    assert debt.number.isdigit()


def test_telling_it_again_opens_no_second_debt_and_an_earlier_date_only_the_rest(office: Office, folder: Path) -> None:
    debt = overpaid(office, folder)
    assert open_debt(actor=SYSTEM, entitlement_id=debt.entitlement_id).data == {"opened": False}
    stop_entitlement(
        actor=SYSTEM, entitlement_id=debt.entitlement_id, last=YearMonth(2026, 8), reason="去世", evidence={}
    )
    deliver_waiting()
    with acting(SYSTEM):
        amounts = sorted(Debt.objects.filter(person_id=debt.person_id).values_list("amount", flat=True))
    assert amounts == [PENSION, 2 * PENSION]


def test_three_persons_decide_and_the_books_show_the_claim(office: Office, folder: Path) -> None:
    debt = overpaid(office, folder)
    made = UUID(propose_decision(debt.id, actor=office.accountant, reasons="停发后仍发放").id)
    for step in (review_measure, approve_measure):
        with pytest.raises(Problem):
            step(made, actor=office.accountant)
    debt = agree(office, made, debt)
    assert (debt.state, debt.due_on) == ("decided", timezone.localdate() + timedelta(days=30))
    assert balance("1101") == outstanding(debt) == 2 * PENSION
    assert (balance("5001-01"), balance("5001-02")) == (BASIC, ACCOUNT)


def test_a_refund_reduces_debt_and_claim_once_and_what_is_too_much_goes_back(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    first, second = bill(debt, PENSION), bill(debt, 2 * PENSION)
    assert refund(debt, first, "CH1").data["surplus"] is False
    assert refund(debt, first, "CH1").data["repeated"] is True
    assert outstanding(debt) == balance("1101") == PENSION
    assert refund(debt, second, "CH2").data["surplus"] is True
    assert (outstanding(debt), balance("2101")) == (PENSION, -2 * PENSION)
    refund(debt, bill(debt, PENSION), "CH3")
    assert (debt_of(debt.person_id).state, balance("1101")) == ("settled", 0)
    assert balance("1004") == 100_000_000 - 3 * PENSION + 2 * PENSION


def test_nobody_pays_more_than_is_owed_nor_before_the_decision(office: Office, folder: Path) -> None:
    debt = overpaid(office, folder)
    with pytest.raises(Problem) as refused:
        bill(debt, 100)
    assert refused.value.code == "recovery.state"
    decide(office, debt)
    with pytest.raises(Problem) as refused:
        bill(debt, 2 * PENSION + 1)
    assert refused.value.code == "recovery.amount"


def test_a_plan_has_limits_and_adds_up(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for periods in (1, 37):
        with pytest.raises(Problem) as refused:
            propose_plan(debt.id, actor=office.accountant, periods=periods, first_on=tomorrow, agreement="电话商定")
        assert refused.value.code == "recovery.periods"
    made = propose_plan(debt.id, actor=office.accountant, periods=7, first_on=tomorrow, agreement="电话商定")
    agree(office, UUID(made.id), debt)
    with acting(SYSTEM):
        amounts = list(Instalment.objects.order_by("number").values_list("amount", flat=True))
    assert (len(amounts), sum(amounts), amounts[0]) == (7, 2 * PENSION, -(-2 * PENSION // 7))


def test_a_write_off_needs_the_inspector_and_is_taken_back_by_a_mirror(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    inspector = make_staff("钱稽核", Function.INSPECTOR)
    made = UUID(propose_write_off(debt.id, actor=office.accountant, reasons="没有遗产，没有继承人").id)
    review_measure(made, actor=office.reviewer)
    with pytest.raises(Problem) as refused:
        approve_measure(made, actor=office.approver)
    assert refused.value.code == "recovery.unconfirmed"
    with pytest.raises(Problem):
        confirm_write_off(made, actor=office.accountant, opinion="情况属实", meeting="十一月二十日会审通过")
    confirm_write_off(made, actor=inspector, opinion="入户核实，情况属实", meeting="十一月二十日会审，五人同意")
    approve_measure(made, actor=office.approver)
    assert debt_of(debt.person_id).state == "written_off"
    assert (balance("1101"), balance("5901"), outstanding(debt)) == (0, 2 * PENSION, 0)
    back = propose_correction(debt.id, actor=office.accountant, reasons="发现存款")
    debt = agree(office, UUID(back.id), debt)
    assert (debt.state, balance("1101"), balance("5901")) == ("decided", 2 * PENSION, 0)


def test_a_wrong_decision_is_taken_back_and_a_debt_that_is_none_dropped(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    made = propose_correction(debt.id, actor=office.accountant, reasons="死亡登记有误")
    debt = agree(office, UUID(made.id), debt)
    assert (debt.state, balance("1101")) == ("cancelled", 0)
    assert (balance("5001-01"), balance("5001-02")) == (3 * BASIC, 3 * ACCOUNT)
    assert open_debt(actor=SYSTEM, entitlement_id=debt.entitlement_id).data["opened"] is True
    with acting(SYSTEM):
        again = Debt.objects.get(state="open")
    none = propose_decision(again.id, actor=office.accountant, reasons="本人健在，应当发放", recover=False)
    review_measure(UUID(none.id), actor=office.reviewer)
    approve_measure(UUID(none.id), actor=office.approver)
    with acting(SYSTEM):
        assert Debt.objects.get(id=again.id).state == "dropped"
    assert balance("1101") == 0


def test_an_heir_answers_for_the_dead_only(office: Office, folder: Path) -> None:
    debt, son = overpaid(office, folder), make_person("周小明")
    with pytest.raises(Problem) as refused:
        name_heir(debt.id, actor=office.accountant, heir_id=son, relation="儿子")
    assert refused.value.code == "recovery.alive"
    with acting(SYSTEM):
        Person.objects.filter(id=debt.person_id).update(death_date=date(2026, 9, 28))
    name_heir(debt.id, actor=office.accountant, heir_id=son, relation="儿子")
    me = Actor(ActorKind.PUBLIC, account=uuid7(), person=son, name="周小明", purpose="self", channel="portal")
    with acting(me):
        assert [one.number for one in Debt.objects.all()] == [debt.number]
        assert DebtLine.objects.count() == 2
    stranger = replace(me, person=make_person("外人"))
    with acting(stranger):
        assert not Debt.objects.exists()


def test_a_benefit_keeps_its_share_for_the_debt_until_it_is_paid(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    again = entitle(office, [row(debt.person_id, first=MONTH + 1)])[0]
    with pytest.raises(Problem) as refused:
        offset(office, debt, again, 51)
    assert refused.value.code == "recovery.percent"
    agree(office, UUID(offset(office, debt, again, 50).id), debt)
    Books(folder).set_answer(number_of(debt.person_id), "wrong_account")
    pay(office, folder)
    deliver_waiting()
    half = PENSION // 2
    assert outstanding(debt) == balance("1101") == 2 * PENSION - half
    assert balance("2101") == -(PENSION - half)
    swap_account(debt.person_id)
    last = pay(office, folder)
    deliver_waiting()
    assert [(p.amount, p.deducted, p.state) for p in lines_of(last)] == [(PENSION, half, "paid")]
    assert Books(folder).paid_into(number_of(debt.person_id)) == [PENSION - half]
    assert outstanding(debt) == 2 * PENSION - half
    refund(debt, bill(debt, outstanding(debt) - 100), "CH9")
    with acting(SYSTEM):
        assert Deduction.objects.get().most == half + 100
    assert [check.examples for check in look() if check.invariant.startswith("B14") and check.found] == []


def test_the_database_refuses_what_skips_the_verbs(office: Office, folder: Path) -> None:
    debt = overpaid(office, folder)
    for change in (
        "UPDATE recovery_debt SET state = 'settled'",
        "UPDATE recovery_debt SET state = 'decided'",
        "UPDATE recovery_debt SET amount = 1",
        "UPDATE recovery_debtline SET amount = 1",
        "DELETE FROM recovery_debt",
        "INSERT INTO recovery_debtline (debt_id, person_id, region_code, payment_id, month, paid, due,"
        " amount, explanation)"
        " SELECT debt_id, person_id, region_code, payment_id, month, paid, due, 1, '{}' FROM recovery_debtline",
        'INSERT INTO recovery_movement (debt_id, person_id, region_code, kind, amount, "on", entry_id, measure_id)'
        " SELECT id, person_id, region_code, 'write_off', amount, now(), (SELECT min(id) FROM ledger_entry),"
        f" '{uuid7()}'"
        " FROM recovery_debt",
    ):
        with pytest.raises((DatabaseError, IntegrityError)), acting(office.accountant), connection.cursor() as cursor:
            cursor.execute(change)
    assert debt_of(debt.person_id).state == "open"


def test_a_new_calculation_needs_a_granted_case(office: Office, folder: Path) -> None:
    person = make_payee()
    entitlement = entitle(office, [row(person, first=MONTH)])[0]
    fill(office, FUND, expenditure=100_000_000)
    paid_out(office, folder)
    with pytest.raises(Problem) as refused:
        recalculated(office, entitlement)
    assert refused.value.code == "payables.not_granted"
    with acting(SYSTEM):
        row_of = Entitlement.objects.get(id=entitlement)
        less = [paid_above(row_of, MONTH, MONTH, FACTS | {name: value}) for name, value in CORRECTED]
    assert [(one.due, one.amount, one.part) for [one] in less] == [
        (PENSION - 600, 600, 0),  # the years count for the basic pension
        (PENSION - ACCOUNT, ACCOUNT, ACCOUNT),
    ]


def recalculated(office: Office, entitlement: UUID) -> object:
    return open_recalculated(
        actor=office.accountant,
        entitlement_id=entitlement,
        since=MONTH,
        until=MONTH,
        facts=FACTS | {"years": 15},
        reason="缴费年限核减",
        case_id=uuid7(),
    )


def bill(debt: Debt, fen: int) -> Collection:
    made = bill_debt(debt.id, actor=SYSTEM, fen=fen)
    with acting(SYSTEM):
        return Collection.objects.get(id=made.id)


def refund(debt: Debt, collection: Collection, reference: str) -> Outcome:
    return receive_refund(
        debt.id,
        actor=SYSTEM,
        bill=collection,
        channel="simulated",
        channel_reference=reference,
        on=timezone.localdate(),
    )


def offset(office: Office, debt: Debt, entitlement: UUID, percent: int) -> Outcome:
    return propose_offset(
        debt.id, actor=office.accountant, entitlement_id=entitlement, percent=percent, agreement="本人书面同意"
    )


def pay(office: Office, folder: Path) -> UUID:
    """A run of the next month, whose findings an inspector confirms."""
    run_id = opened(office, folder, month=MONTH + 1)
    inspector, digest = make_staff("钱稽核", Function.INSPECTOR), run_of(run_id).digest
    confirm_findings(run_id, actor=inspector, digest=digest, opinion="逐笔核对了办件，无误", meeting="十二月会审")
    sent(office, run_id, folder)
    bank_works(folder)
    assert advance(run_id, folder=folder) == "closed", run_of(run_id).problem
    return run_id


def swap_account(person: UUID) -> None:
    today = timezone.localdate()
    with acting(SYSTEM):
        BankAccount.objects.filter(person_id=person).update(until=today - timedelta(days=1))
    make_account(person, usable_from=today)
