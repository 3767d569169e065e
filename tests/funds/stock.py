"""People with accounts and entitlements, made the way they are made in service: by a signed take-over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from tests.funds import benefits
from tests.funds.conftest import SYSTEM, Office, make_person

from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.people.models import BankAccount, Person
from hrss.foundation.people.models.belongings import BANK_ACCOUNT
from hrss.foundation.scope import acting
from hrss.funds.payables.models import Entitlement
from hrss.funds.payables.services import prepare_take_over, sign_take_over, take_over
from hrss.funds.payables.taking import TakeOverRow, digest_of_rows
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth

FACTS: dict[str, Any] = {"account": 2_120_000, "years": 18, "age": 66, "one_child": False}
_SERIAL = itertools.count(1)


def make_account(
    person_id: UUID, *, usable_from: date | None = None, number: str = "", until: date | None = None
) -> UUID:
    """An active, verified account of the person."""
    digits = number or f"621700{next(_SERIAL):013d}"
    ring = ring_in_use()
    with acting(SYSTEM):
        person = Person.objects.get(id=person_id)
        return BankAccount.objects.create(
            id=uuid7(),
            person=person,
            region_code=person.region_code,
            bank="重庆农村商业银行",
            cipher=seal(digits, ring=ring, field=BANK_ACCOUNT, owner=person_id),
            index=blind_index(digits, ring=ring, field=BANK_ACCOUNT),
            tail=digits[-4:],
            holder=person.name,
            state=BankAccount.State.ACTIVE,
            verified_at=timezone.now(),
            since=date(2020, 1, 1),
            until=until,
            usable_from=usable_from or date(2020, 1, 1),
        ).id


def make_payee(name: str = "向大山") -> UUID:
    """A person with an account."""
    person = make_person(name)
    make_account(person)
    return person


def row(person: UUID, **more: Any) -> TakeOverRow:
    """A pension of the person since 2026-01."""
    benefits.declare()
    wanted: dict[str, Any] = {
        "benefit": "test_pension", "first": YearMonth(2026, 1), "last": None, "facts": FACTS,
    } | more  # fmt: skip
    return TakeOverRow(person, **wanted)


def sign_batch(office: Office, rows: Sequence[TakeOverRow], reference: str) -> None:
    prepare_take_over(actor=office.accountant, reference=reference, text="测试接收", rows=rows)
    digest = digest_of_rows(rows)
    sign_take_over(actor=office.reviewer, reference=reference, step=Step.REVIEWED, digest=digest)
    sign_take_over(actor=office.approver, reference=reference, step=Step.APPROVED, digest=digest)


def entitle(office: Office, rows: Sequence[TakeOverRow]) -> list[UUID]:
    """Take the rows over; gives the ids of the entitlements in the order of the rows."""
    reference = f"T{next(_SERIAL)}"
    sign_batch(office, rows, reference)
    take_over(actor=office.accountant, reference=reference, rows=rows)
    with acting(SYSTEM):
        made = {(e.person_id, e.benefit, e.purpose): e.id for e in Entitlement.objects.filter(batch=reference)}
    return [made[one.person_id, one.benefit, one.purpose] for one in rows]


def clerk_of(office: Office) -> Actor:
    """The accountant, for a purpose."""
    return office.accountant.for_purpose("payment")
