"""The fund office at its browsers: accounts signed in, payees entitled, a bank folder the worker writes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.test import Client
from tests.channels.staffed import browser_of
from tests.funds import benefits
from tests.funds.conftest import SYSTEM, Office, fill, make_person, make_staff, open_office
from tests.funds.payruns_office import MONTH
from tests.funds.stock import entitle, make_account, row

from hrss.foundation.identity.models import Account
from hrss.foundation.scope import acting
from hrss.funds.payables.models import Payment
from hrss.kernel.actor import Actor, Function

FUND = "resident_pension"


@dataclass(frozen=True)
class FundOffice:
    """Three of the fund office, a leader, an inspector; and the people they pay."""

    office: Office
    inspector: Actor
    people: tuple[UUID, ...]
    folder: Path

    def client(self, actor: Actor) -> Client:
        """A browser in which the actor is signed in."""
        return browser_of(account_of(actor))


def account_of(actor: Actor) -> Account:
    with acting(SYSTEM):
        return Account.objects.get(id=actor.account)


def fund_office(folder: Path, *, payees: int = 3, money: int = 100_000_000) -> FundOffice:
    """Open the office with people who are due since this month, one of them without an account."""
    benefits.declare()
    office = open_office()
    fill(office, FUND, income=money, fiscal=money, expenditure=money)
    people = tuple(make_person(f"冉光{'一二三四五六七八九十'[n % 10]}") for n in range(payees))
    for person in people[:-1]:
        make_account(person)
    entitle(office, [row(person, first=MONTH) for person in people])
    return FundOffice(office, make_staff("钱稽核", Function.INSPECTOR), people, folder)


def lines_of(run_id: UUID) -> list[Payment]:
    with acting(SYSTEM):
        return list(Payment.objects.filter(run_id=run_id).order_by("ordinal", "id"))
