"""A finance office for all fund tests: books opened, staff with posts, people who are paid."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from hrss.foundation.access.models import Post
from hrss.foundation.identity.models import Account
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.funds.ledger.chart import open_books
from hrss.funds.ledger.posting import Line
from hrss.funds.ledger.queries import balance_of
from hrss.funds.ledger.services import approve_proposal, propose_entry, review_proposal
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.identifiers import uuid7

COUNTY, VILLAGE = "500236", "500236117001"
DAY = date(2026, 1, 2)
SYSTEM = system_actor("funds.test")
_SERIAL = itertools.count(1)


def make_person(name: str = "向大山", *, region: str = VILLAGE, born: date = date(1960, 5, 6)) -> UUID:
    """A person row written as the system (sealed columns hold test bytes: the funds never open them)."""
    number = next(_SERIAL)
    with acting(SYSTEM):
        row = Person.objects.create(
            region_code=region,
            residence_code=region,
            name=name,
            pinyin="xiang dashan",
            sex=1,
            birth_date=born,
            id_cipher=b"x",
            id_index=(900_000 + number).to_bytes(16, "big"),
            id_tail=f"{number % 10000:04d}",
        )
    return row.id


def make_staff(
    name: str,
    function: Function = Function.FINANCE,
    *,
    grade: int = 1,
    region: str = COUNTY,
    line: str = "*",
    person: UUID | None = None,
) -> Actor:
    """A member of staff with account and post in force; ``person`` lets one human hold a second account."""
    human = person or make_person(name)
    with acting(SYSTEM):
        account = Account.objects.filter(person_id=human).first() or Account.objects.create(
            id=uuid7(), username=f"staff{next(_SERIAL)}", person_id=human, kind=Account.Kind.STAFF, display_name=name
        )
        post = Post.objects.create(
            account=account,
            person_id=human,
            function=function.value,
            line=line,
            region_code=region,
            grade=grade,
            since=date(2020, 1, 1),
        )
    return Actor(
        ActorKind.STAFF,
        account=account.id,
        person=human,
        name=name,
        posts=(PostRef(str(post.id), function, line, region, grade),),
        purpose="funds",
        channel="workbench",
    )


@dataclass(frozen=True)
class Office:
    """Who works with money: accountant, reviewer, approver, and a leader."""

    accountant: Actor
    reviewer: Actor
    approver: Actor
    leader: Actor

    @property
    def three(self) -> tuple[Actor, Actor, Actor]:
        """The three who sign, in order."""
        return self.accountant, self.reviewer, self.approver


def open_office() -> Office:
    """Open the books and hire the office."""
    open_books(settings.HRSS_PACKS, actor=SYSTEM)
    return Office(
        make_staff("陈会计", grade=1),
        make_staff("李复核", grade=2),
        make_staff("周主任", grade=3),
        make_staff("唐局长", Function.LEADER),
    )


@pytest.fixture
def office(db: None) -> Office:
    """The finance office in the test's transaction."""
    return open_office()


@pytest.fixture
def real_office(real_db: str) -> Office:
    """The finance office in a database of its own, where commits are real."""
    return open_office()


def approve(office: Office, proposal: str) -> str:
    """Have the reviewer and the approver sign; gives the entry's id, empty for a closing."""
    review_proposal(UUID(proposal), actor=office.reviewer)
    return str(approve_proposal(UUID(proposal), actor=office.approver).data["entry"] or "")


def fill(office: Office, fund: str, *, income: int = 0, fiscal: int = 0, expenditure: int = 0, on: date = DAY) -> None:
    """Bring balances into the three bank accounts of a fund, as at the start of the books."""
    banks = {"1002": income, "1003": fiscal, "1004": expenditure}
    lines = [Line(code, debit=fen) for code, fen in banks.items() if fen]
    lines.append(Line("3001", credit=sum(banks.values())))
    made = propose_entry(actor=office.accountant, fund=fund, on=on, lines=lines, text="期初余额", opening=True)
    approve(office, made.id)


def fill_for_runs(office: Office, *funds: str, on: date = DAY) -> None:
    """Put a million yuan on the expenditure account of each fund, so that its runs are covered."""
    for fund in funds:
        if not balance_of(fund, "expenditure"):
            fill(office, fund, expenditure=100_000_000, on=on)


def commit() -> None:
    """Let the database check, inside a test's transaction, what it leaves to the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
