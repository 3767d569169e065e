"""J1 and the money of J2 without a browser: from enrolment to the bank and back, the ledger balanced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.db.models import Sum
from tests.domains.insurance.office import ACCOUNT, PHONE, SYSTEM, Office
from tests.domains.insurance.people import firm, insured, paid
from tests.foundation.people.builders import fresh_number, load_county, make_person, public, village
from tests.funds.conftest import Office as FinanceOffice
from tests.funds.conftest import make_staff, open_office
from tests.funds.payruns_office import bank_works, run_of, sent

from hrss.casework.items.publish import publish
from hrss.casework.queries import case_page
from hrss.domains.employment.services import register_unemployment
from hrss.domains.employment.services.register_unemployment import Registration
from hrss.domains.insurance import jobs, queries
from hrss.domains.insurance.models import Award
from hrss.foundation.access.queries import looks_at
from hrss.foundation.messages.queries import inbox
from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.people.services import record_death
from hrss.foundation.scope import acting
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.models import Line
from hrss.funds.payables.queries import payments_of
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.models import Finding
from hrss.funds.payruns.services import confirm_findings, open_run
from hrss.kernel.actor import Actor, Function
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.django_db
ENROL = {"category": "ordinary", "grade": "500", "phone": PHONE, "statement": True}
CLAIM = {"other_pension": False, **ACCOUNT, "phone": PHONE, "statement": True}
NEW_NUMBER = "6217001234567890130"


@pytest.fixture(autouse=True)
def county(agencies: Path) -> Iterator[None]:
    with time_machine.travel("2026-03-10T10:00:00+08:00"):
        load_county()
        publish("fengjie", actor=SYSTEM)
        yield


@pytest.fixture
def finance() -> FinanceOffice:
    return open_office()


@pytest.fixture
def bank(channel: Path) -> Path:
    return channel


def pay_run(finance: FinanceOffice, bank: Path, group: str, month: YearMonth) -> UUID:
    run_id = UUID(open_run(actor=finance.accountant, group=group, month=month).id)
    if advance(run_id, folder=bank) == "discarded":
        return run_id
    with acting(SYSTEM):
        doubtful = Finding.objects.filter(run=run_id, kind=Finding.Kind.CONFIRM).exists()
    if doubtful:
        inspector, digest = make_staff("钱稽核", Function.INSPECTOR), run_of(run_id).digest
        confirm_findings(run_id, actor=inspector, digest=digest, opinion="逐笔核对了办件，无误")
    sent(finance, run_id, bank)
    bank_works(bank)
    assert advance(run_id, folder=bank) == "closed", run_of(run_id).problem
    return run_id


def shown_account(case_id: UUID, actor: Actor) -> str:
    """What a page of the case shows of the account number."""
    with acting(actor):
        answers = case_page(case_id, actor=actor).answers
    return next(one.value for one in answers if one.field == "bank_number")


def assert_balanced() -> None:
    with acting(SYSTEM):
        sums = Line.objects.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    assert sums["debit"] == sums["credit"]


def test_a_villager_of_59_to_her_first_pension(finance: FinanceOffice, bank: Path) -> None:
    office, person = Office(), make_person("冉光菊", region=village(), number=fresh_number(date(1966, 4, 1))).id
    me = public(person)
    office.grant("SB008", ENROL, person)
    assert paid(person, me, 500, date(2026, 3, 10)).data["paid"] == 50_000
    assert jobs.tell_all_sixty() == 1
    assert "2026年4月1日" in inbox(actor=me).rows[0].body
    with time_machine.travel("2026-04-12T10:00:00+08:00"):
        paid(person, me, 500, date(2026, 4, 12))
        case = office.grant("SB029", CLAIM, person)
    with acting(SYSTEM):
        award = Award.objects.get(person_id=person)
    assert (YearMonth.of(award.first), award.case_id) == (YearMonth(2026, 5), case.id)
    Books(bank).set_answer(str(ACCOUNT["bank_number"]), "wrong_account")
    with time_machine.travel("2026-05-15T10:00:00+08:00"):
        pay_run(finance, bank, "resident_pension", YearMonth(2026, 5))
        [returned] = payments_of(person, actor=me)
        assert (returned.state, returned.answer) == ("returned", "账号不存在")
        assert_balanced()
        change = {"pay_to": "new", "bank": "中国邮政储蓄银行", "bank_number": NEW_NUMBER, "phone": PHONE}
        changed = office.grant("SB012", change | {"statement": True}, person)
        assert shown_account(changed.id, office.approver) == "*" * 15 + NEW_NUMBER[-4:]
        assert shown_account(changed.id, me) == NEW_NUMBER
    with time_machine.travel("2026-05-20T10:00:00+08:00"):
        cooling = pay_run(finance, bank, "resident_pension", YearMonth(2026, 5))
        assert run_of(cooling).state == "discarded", "the new account cools down for seven days"
    with time_machine.travel("2026-06-15T10:00:00+08:00"):
        pay_run(finance, bank, "resident_pension", YearMonth(2026, 6))
    came = [one for one in payments_of(person, actor=me) if one.state == "paid"]
    assert sorted((one.month, one.fen) for one in came) == [
        (YearMonth(2026, 5), award.amount_fen),
        (YearMonth(2026, 6), award.amount_fen),
    ]
    assert Books(bank).paid_into(NEW_NUMBER) == [award.amount_fen, award.amount_fen]
    assert_balanced()
    assert came[0].explanation().amount == award.amount_fen
    assert "基础养老金" in came[0].explanation().to_text()
    seen = {one.actor_name if hasattr(one, "actor_name") else one.post for one in looks_at(person, actor=me)}
    assert seen
    with acting(me):
        record = queries.record_of(person, actor=me)
    assert len(record.payments) == 15
    assert sum(row.is_late for row in record.payments) == 14


def draws_unemployment(office: Office, name: str, number: str, *, on: date = date(2026, 3, 10)) -> UUID:
    """Somebody of 36 months paid who is registered and draws since ``on``."""
    person, employer = make_person(name, region=village()).id, firm()
    insured(person, employer, YearMonth(2023, 1), 36)
    register_unemployment(
        person,
        actor=SYSTEM,
        region_code=village(),
        registration=Registration("left_unit", "dismissed"),
        on=on,
    )
    benefit = {"leave_reason": "dismissed", **ACCOUNT, "bank_number": number, "phone": PHONE, "willing": True}
    office.grant("SB068", benefit, person)
    return person


def die(person: UUID, on: date) -> None:
    record_death(person, actor=SYSTEM, died_on=on, source="police")
    deliver_waiting()


def test_a_death_before_the_run_stops_it_and_a_late_one_is_an_exact_debt(finance: FinanceOffice, bank: Path) -> None:
    office = Office()
    early = draws_unemployment(office, "李远山", "6217001234567890122")
    late = draws_unemployment(office, "王大江", NEW_NUMBER)
    with time_machine.travel("2026-04-15T10:00:00+08:00"):
        die(early, date(2026, 3, 28))
        pay_run(finance, bank, "unemployment", YearMonth(2026, 4))
    assert [one.month for one in payments_of(early, actor=SYSTEM)] == [YearMonth(2026, 3)]
    assert [one.month for one in payments_of(late, actor=SYSTEM)] == [YearMonth(2026, 4), YearMonth(2026, 3)]
    with time_machine.travel("2026-05-15T10:00:00+08:00"):
        pay_run(finance, bank, "unemployment", YearMonth(2026, 5))
        die(late, date(2026, 3, 30))
    with acting(SYSTEM):
        award = Award.objects.get(person_id=late)
    assert YearMonth.of(award.last) == YearMonth(2026, 3)
    over = [one for one in payments_of(late, actor=SYSTEM) if one.month > YearMonth(2026, 3) and one.state == "paid"]
    assert sum(one.fen for one in over) == 2 * 186_400
    assert_balanced()
