"""Every action on money raced by four connections at READ COMMITTED: one effect, whoever comes first.

A dozen rounds an action in every run, 500 by ``HRSS_RACES=500`` (the last full run is told in docs/operations.md).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from tests.funds.conftest import DAY, SYSTEM, Office, fill, make_staff
from tests.funds.payruns_office import MONTH, bank_works, opened, run_of, signed
from tests.funds.racing import Race, four_connections, won
from tests.funds.stock import entitle, make_payee, row, sign_batch

from hrss.foundation.people.models import BankAccount
from hrss.foundation.people.services import review_bank_account
from hrss.foundation.scope import acting
from hrss.funds.banking.models import BankFile, Collection, Receipt
from hrss.funds.banking.services import ask_payment, record_receipt
from hrss.funds.ledger.models import Entry, Proposal
from hrss.funds.ledger.services import approve_proposal, propose_transfer, refuse_proposal, review_proposal
from hrss.funds.payables.models import Entitlement, Payment
from hrss.funds.payables.services import stop_entitlement, take_over
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.services import discard_run, open_run, send_run, sign_run, withhold
from hrss.funds.signing.models import Signature, Step
from hrss.funds.soundness.looking import look
from hrss.kernel.actor import Actor, Function
from hrss.kernel.identifiers import uuid7

ROUNDS = int(os.environ.get("HRSS_RACES", "12"))
FUND = "resident_pension"
_SERIAL = count(1)


class Desk:
    """The office with two more people in every grade, and the folder of the bank."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.reviewers = [office.reviewer, *(make_staff(f"复核{n}", grade=2) for n in range(3))]
        self.approvers = [office.approver, *(make_staff(f"审批{n}", grade=3) for n in range(3))]
        self.accountants = [office.accountant, *(make_staff(f"会计{n}", grade=1) for n in range(3))]

    def transfer(self) -> UUID:
        made = propose_transfer(
            actor=self.office.accountant, fund=FUND, giver="fiscal", taker="expenditure", fen=1, on=DAY
        )
        return UUID(made.id)

    def run(self) -> UUID:
        entitle(self.office, [row(make_payee(), first=MONTH)])
        return opened(self.office, self.folder)


@pytest.fixture
def desk(real_office: Office, tmp_path: Path) -> Desk:
    fill(real_office, FUND, income=90_000_000, fiscal=90_000_000, expenditure=90_000_000)
    return Desk(real_office, tmp_path / "bank")


def entries(reference: str) -> int:
    with acting(SYSTEM):
        return Entry.objects.filter(reference=reference).count()


def signatures(reference: str, step: Step) -> int:
    with acting(SYSTEM):
        return Signature.objects.filter(reference=reference, step=step).count()


def review(desk: Desk, race: Race) -> None:
    proposal = desk.transfer()
    answers = race([partial(review_proposal, proposal, actor=one) for one in desk.reviewers])
    assert (won(answers), signatures(str(proposal), Step.REVIEWED)) == (1, 1)


def approve_or_refuse(desk: Desk, race: Race) -> None:
    proposal = desk.transfer()
    review_proposal(proposal, actor=desk.office.reviewer)
    first, second, third, _ = desk.approvers
    answers = race([
        partial(approve_proposal, proposal, actor=first),
        partial(approve_proposal, proposal, actor=second),
        partial(refuse_proposal, proposal, actor=third, reason="金额不对"),
        partial(approve_proposal, proposal, actor=first),
    ])  # fmt: skip
    with acting(SYSTEM):
        state = Proposal.objects.get(id=proposal).state
    assert won(answers) == 1
    assert entries(str(proposal)) == (state == "done")


def take_a_batch(desk: Desk, race: Race) -> None:
    rows, reference = [row(make_payee(), first=MONTH)], f"R{next(_SERIAL)}"
    sign_batch(desk.office, rows, reference)
    answers = race([partial(take_over, actor=one, reference=reference, rows=rows) for one in desk.accountants])
    with acting(SYSTEM):
        assert (won(answers), Entitlement.objects.filter(batch=reference).count()) == (1, 1)


def receipt(desk: Desk, race: Race) -> None:
    """The channel tells the same payment four times."""
    person, number = make_payee(), f"C{next(_SERIAL)}"
    told = partial(
        record_receipt, actor=SYSTEM, fund=FUND, person_id=person, fen=500, channel="sim", channel_reference=number,
        purpose="缴费", on=DAY,
    )  # fmt: skip
    assert won(race([told] * 4)) == 4
    with acting(SYSTEM):
        assert Receipt.objects.filter(channel_reference=number).count() == 1
    assert entries(f"sim:{number}") == 1


def bill(desk: Desk, race: Race) -> None:
    """One bill paid four times: one counts, three wait to be given back."""
    person = make_payee()
    asked = UUID(ask_payment(actor=desk.office.accountant, fund=FUND, person_id=person, fen=500, purpose="缴费").id)
    pay = partial(
        record_receipt, actor=SYSTEM, fund=FUND, person_id=person, fen=500, channel="sim", purpose="缴费", on=DAY,
        collection_id=asked,
    )  # fmt: skip
    assert won(race([partial(pay, channel_reference=f"D{next(_SERIAL)}") for _ in range(4)])) == 4
    with acting(SYSTEM):
        paid = Receipt.objects.filter(collection_id=asked)
        assert (paid.filter(surplus=False).count(), paid.count()) == (1, 4)
        assert Collection.objects.get(id=asked).state == "paid"


def stop(desk: Desk, race: Race) -> None:
    """Four feeds tell one death."""
    (made,) = entitle(desk.office, [row(make_payee(), first=MONTH)])
    call = partial(stop_entitlement, actor=SYSTEM, entitlement_id=made, last=MONTH - 1, reason="死亡", evidence={})
    assert won(race([call] * 4)) == 4
    with acting(SYSTEM):
        assert Entitlement.objects.get(id=made).last == (MONTH - 1).index


def account_change(desk: Desk, race: Race) -> None:
    person = make_payee()
    with acting(SYSTEM):
        old = BankAccount.objects.get(person_id=person)
        new = BankAccount.objects.create(
            id=uuid7(), person_id=person, region_code=old.region_code, bank="重庆银行", cipher=b"x",
            index=os.urandom(16), tail="1111", holder=old.holder, since=DAY, proposed_by=desk.office.accountant.person,
        )  # fmt: skip
    reviewers = [make_staff(f"社保复核{n}", Function.REVIEWER) for n in range(4)]
    calls = [
        partial(review_bank_account, new.id, actor=one, verified=n % 2 == 0, reason="户名不符")
        for n, one in enumerate(reviewers)
    ]
    assert won(race(calls)) == 1


def pay_run(desk: Desk, race: Race) -> None:
    """A whole run, each of its actions by four at once."""
    entitle(desk.office, [row(make_payee(), first=MONTH)])
    group = partial(open_run, group="test_pension", month=MONTH)
    answers = race([partial(group, actor=one) for one in desk.accountants])
    assert won(answers) == 1
    run_id = next(UUID(one.id) for one in answers if not isinstance(one, Exception))
    race([partial(advance, run_id, folder=desk.folder)] * 4)
    advance(run_id, folder=desk.folder)
    run = run_of(run_id)
    assert run.state == "frozen", run.problem
    by_step: dict[Step, list[Actor]] = {
        Step.MADE: desk.accountants, Step.REVIEWED: desk.reviewers, Step.APPROVED: desk.approvers,
    }  # fmt: skip
    for step, people in by_step.items():
        calls = [partial(sign_run, run_id, actor=one, step=step, digest=run.digest) for one in people]
        assert (won(race(calls)), signatures(run.number, step)) == (1, 1)
    assert won(race([partial(send_run, run_id, actor=one, digest=run.digest) for one in desk.accountants])) == 1
    race([partial(advance, run_id, folder=desk.folder)] * 4)
    advance(run_id, folder=desk.folder)
    with acting(SYSTEM):
        assert BankFile.objects.filter(kind="order", number=run.number).count() == 1
    assert entries(run.number) == 1
    bank_works(desk.folder)
    race([partial(advance, run_id, folder=desk.folder)] * 4)
    assert advance(run_id, folder=desk.folder) == "closed"
    with acting(SYSTEM):
        assert list(Payment.objects.filter(run_id=run_id).values_list("state", flat=True)) == ["paid"]


def send_or_discard(desk: Desk, race: Race) -> None:
    """Sent, thrown away and a line withheld at the same moment: what goes out is what was booked."""
    run_id = desk.run()
    signed(desk.office, run_id)
    with acting(SYSTEM):
        line = Payment.objects.filter(run_id=run_id, state="open").earliest("id").id
    run = run_of(run_id)
    race([
        partial(send_run, run_id, actor=desk.office.accountant, digest=run.digest),
        partial(discard_run, run_id, actor=desk.reviewers[1], reason="金额有疑问"),
        partial(withhold, line, actor=desk.reviewers[2], reason="本人来电更正"),
        partial(advance, run_id, folder=desk.folder),
    ])  # fmt: skip
    advance(run_id, folder=desk.folder)
    state = run_of(run_id).state
    if state not in ("sent", "discarded"):
        discard_run(run_id, actor=desk.reviewers[1], reason="没有可送的明细")
    with acting(SYSTEM):
        going = list(Payment.objects.filter(run_id=run_id, state="open").values_list("amount", flat=True))
        booked = list(Entry.objects.filter(reference=run.number).values_list("total", flat=True))
    assert booked == ([sum(going)] if state == "sent" else [])
    if state == "sent":
        bank_works(desk.folder)
        assert advance(run_id, folder=desk.folder) == "closed"


CHEAP: list[Callable[[Desk, Race], None]] = [
    review, approve_or_refuse, take_a_batch, receipt, bill, stop, account_change,
]  # fmt: skip


@pytest.mark.parametrize("action", [*CHEAP, send_or_discard, pay_run], ids=lambda one: one.__name__)
def test_four_at_once_have_one_effect(desk: Desk, action: Callable[[Desk, Race], None]) -> None:
    slow = action in (pay_run, send_or_discard) and "HRSS_RACES" not in os.environ
    with four_connections() as race:
        for _ in range(2 if slow else ROUNDS):
            action(desk, race)
    assert [check.invariant for check in look() if check.found and check.invariant != "I10"] == []
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payruns_run WHERE state NOT IN ('closed', 'discarded')")
        assert cursor.fetchone()[0] == 0
