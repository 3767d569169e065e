"""Collecting: asked, paid through the channel's process, once in the books; what comes twice goes back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.funds.bank_process import bank
from tests.funds.conftest import SYSTEM, Office, make_person
from tests.funds.stock import make_payee

from hrss.foundation.scope import acting
from hrss.funds.banking.collecting import ask_payment, collect, receipts_of, record_receipt, refund_surplus
from hrss.funds.banking.models import Collection
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.models import Line
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import uuid7
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

__all__ = ["bank"]


@pytest.fixture
def me(office: Office) -> Actor:
    person = make_payee("缴费人")
    return Actor(ActorKind.PUBLIC, account=uuid7(), person=person, name="本人", purpose="self", channel="portal")


def asked(me: Actor, fen: int = 50_000) -> UUID:
    assert me.person is not None
    done = ask_payment(actor=me, fund="resident_pension", person_id=me.person, fen=fen, purpose="2026 年度居民养老缴费")
    return UUID(done.id)


def arrived(me: Actor, reference: str, *, fen: int = 50_000, collection: UUID | None = None) -> Outcome:
    assert me.person is not None
    return record_receipt(
        actor=SYSTEM, fund="resident_pension", person_id=me.person, fen=fen, channel="simulated",
        channel_reference=reference, purpose="缴费", on=timezone.localdate(), collection_id=collection,
    )  # fmt: skip


def balance(account: str) -> int:
    with acting(SYSTEM):
        return sum(line.debit - line.credit for line in Line.objects.filter(account__code=account))


def test_paid_on_the_phone_and_in_the_books(me: Actor, bank: Path) -> None:
    collection = asked(me)
    done = collect(collection, actor=me)
    assert done.data == {"fen": 50_000, "surplus": False, "repeated": False}
    assert (balance("1002"), balance("4001-02")) == (50_000, -50_000)
    assert me.person is not None
    assert [receipt.amount for receipt in receipts_of(me.person, actor=me)] == [50_000]
    with acting(SYSTEM):
        assert Collection.objects.get(id=collection).state == "paid"


def test_a_second_click_takes_nothing_more(me: Actor, bank: Path) -> None:
    collection = asked(me)
    first, second = collect(collection, actor=me), collect(collection, actor=me)
    assert (second.id, second.data["repeated"]) == (first.id, True)
    assert balance("1002") == 50_000


def test_an_answer_that_was_lost_is_found_again(me: Actor, bank: Path) -> None:
    collection = asked(me)
    Books(bank).set_quirk("hangs_up")
    with pytest.raises(Problem, match="支付渠道没有答复"):
        collect(collection, actor=me)
    assert balance("1002") == 0
    Books(bank).set_quirk("hangs_up", on=False)
    collect(collection, actor=me)
    assert balance("1002") == 50_000


def test_what_comes_twice_goes_back(me: Actor, bank: Path) -> None:
    collection = asked(me)
    arrived(me, "A1", collection=collection)
    assert arrived(me, "A2", collection=collection).data["surplus"] is True
    assert (balance("1002"), balance("2101"), balance("4001-02")) == (100_000, -50_000, -50_000)
    assert refund_surplus() == 1
    assert refund_surplus() == 0
    assert (balance("1002"), balance("2101"), balance("4001-02")) == (50_000, 0, -50_000)


def test_another_amount_than_asked_does_not_become_income(me: Actor) -> None:
    assert arrived(me, "B1", fen=40_000, collection=asked(me)).data["surplus"] is True
    assert balance("4001-02") == 0


def test_a_reference_means_one_payment(me: Actor) -> None:
    arrived(me, "C1")
    assert arrived(me, "C1").data["repeated"] is True
    with pytest.raises(Problem) as refused:
        arrived(me, "C1", fen=60_000)
    assert refused.value.code == "banking.reference"


def test_no_clerk_writes_a_receipt(office: Office, me: Actor) -> None:
    with pytest.raises(Problem) as refused:
        record_receipt(
            actor=office.accountant, fund="resident_pension", person_id=make_person(), fen=1, channel="cash",
            channel_reference="1", purpose="现金", on=timezone.localdate(),
        )  # fmt: skip
    assert refused.value.code == "banking.by_hand"
    collection = asked(me)
    with (
        acting(office.accountant),
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE banking_collection SET state = 'paid' WHERE id = %s", [collection])


def test_nobody_pays_what_is_not_theirs_to_see(me: Actor) -> None:
    stranger = Actor(ActorKind.PUBLIC, account=uuid7(), person=make_person("旁人"), name="旁人", purpose="self")
    with pytest.raises(Problem) as refused:
        collect(asked(me), actor=stranger)
    assert refused.value.code == "banking.no_collection"
