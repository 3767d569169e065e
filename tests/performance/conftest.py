"""A township with as many rows as a test asks for, and the accounts of ``tests/trust`` signed in on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.channels.workbench.fund_office import fund_office
from tests.foundation.people.builders import BAIDI, make_person, village
from tests.funds.payruns_office import opened
from tests.trust.answers import answers_for
from tests.trust.conftest import SYSTEM, Town, client_of, town

from hrss.casework.models import Bundle, Case
from hrss.casework.reception.models import Sitting
from hrss.casework.services import apply
from hrss.channels.ui import limits
from hrss.foundation.identity.models import Account
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import uuid7

__all__ = ["client_of", "town"]
ITEM = "JY003"
WAITS = "JY010"  # a case of it waits for an officer, with what the rules propose
_NUMBER = count(1)


@dataclass(frozen=True)
class Desk:
    """The person and the case the pages show; ``grow`` makes the lists longer."""

    person: UUID
    case: UUID
    open_case: UUID
    bundle: UUID
    client_of: Callable[[str], Client]
    region: str
    run: UUID

    def grow(self, rows: int) -> None:
        """Bring the cases of the person, the people of her name and the inbox of the township to ``rows`` each."""
        with acting(SYSTEM):
            one = Case.objects.get(id=self.case)
            for _ in range(rows - Case.objects.filter(applicant_person=self.person).count()):
                _copy_of(one)
            for _ in range(rows - Person.objects.filter(name=one.subject_name).count()):
                make_person(one.subject_name, region=self.region)

    def accept(self) -> None:
        """Let the waiting case be accepted, so that it stands before its reviewer with a proposal."""
        client = self.client_of("staff:handler")
        client.post(reverse("workbench.act", args=(self.open_case, "accept")))
        with acting(SYSTEM):
            assert Case.objects.get(id=self.open_case).state == "reviewing"

    def page(self, role: str, address: str) -> Client:
        """Give a client that has opened the address once, so that session and caches are warm."""
        client = self.client_of(role)
        if role.startswith("staff"):
            client.post(reverse("workbench.purpose"), {"purpose": "query"})
        client.get(address)
        return client


def _copy_of(one: Case) -> None:
    """Put one more case like it into the database, under its own number."""
    copy = Case.objects.get(id=one.id)
    copy.pk, copy.number, copy.draft_id = uuid7(), f"T{next(_NUMBER):019}", None
    copy.state, copy.decision, copy.waiting_functions = "submitted", "", []
    copy.accepted_at = copy.decided_at = copy.delivered_at = copy.closed_at = None
    copy._state.adding = True
    copy.save(force_insert=True)


@pytest.fixture
def desk(town: Town, client_of: Callable[[str], Client], tmp_path: Path) -> Desk:
    account = town.accounts["public"]
    assert isinstance(account, Account)
    assert account.person_id is not None
    actor = Actor(ActorKind.PUBLIC, account=account.id, person=account.person_id, name="王春花", purpose="self")
    made = apply(ITEM, answers_for(ITEM, township=BAIDI), actor=actor)
    told = answers_for(WAITS, township=BAIDI) | {"leave_date": str(timezone.localdate())}
    promised = {code: {"promise": True} for code in ("identity", "leave_proof")}
    waiting = apply(WAITS, told, actor=actor, materials=promised)
    served_by = town.accounts["staff:village_agent"]
    assert isinstance(served_by, Account)
    with acting(SYSTEM):
        Sitting.objects.create(account=served_by.id, region_code=village(), window="1", person_id=account.person_id)
        bundle = Bundle.objects.create(
            number="TC1", package_code="unemployment", package_name="失业", region_code=BAIDI, person=account.person
        )
        for position, code in enumerate((ITEM, WAITS)):
            bundle.members.create(position=position, item_code=code, item_name=code, state="waiting")
    money = fund_office(tmp_path)
    run = opened(money.office, tmp_path)
    return Desk(account.person_id, UUID(made.id), UUID(waiting.id), bundle.id, client_of, village(), run)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Counting asks more in a minute than any person: rate limits have their own test."""
    monkeypatch.setattr(limits, "PER_MINUTE", dict.fromkeys(limits.PER_MINUTE, 10**6))
    limits.forget()
    yield
