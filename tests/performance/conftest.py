"""A township with as many rows as a test asks for, and the accounts of ``tests/trust`` signed in on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from tests.foundation.people.builders import BAIDI, make_person, village
from tests.trust.answers import answers_for
from tests.trust.conftest import SYSTEM, Town, client_of, town

from hrss.casework.models import Case
from hrss.casework.services import apply
from hrss.channels.ui import limits
from hrss.foundation.identity.models import Account
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import uuid7

__all__ = ["client_of", "town"]
ITEM = "JY003"
_NUMBER = count(1)


@dataclass(frozen=True)
class Desk:
    """The person and the case the pages show; ``grow`` makes the lists longer."""

    person: UUID
    case: UUID
    client_of: Callable[[str], Client]
    region: str

    def grow(self, rows: int) -> None:
        """Bring the cases of the person, the people of her name and the inbox of the township to ``rows`` each."""
        with acting(SYSTEM):
            one = Case.objects.get(id=self.case)
            for _ in range(rows - Case.objects.filter(applicant_person=self.person).count()):
                _copy_of(one)
            for _ in range(rows - Person.objects.filter(name=one.subject_name).count()):
                make_person(one.subject_name, region=self.region)

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
def desk(town: Town, client_of: Callable[[str], Client]) -> Desk:
    account = town.accounts["public"]
    assert isinstance(account, Account)
    assert account.person_id is not None
    actor = Actor(ActorKind.PUBLIC, account=account.id, person=account.person_id, name="王春花", purpose="self")
    made = apply(ITEM, answers_for(ITEM, township=BAIDI), actor=actor)
    return Desk(account.person_id, UUID(made.id), client_of, village())


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Counting asks more in a minute than any person: rate limits have their own test."""
    monkeypatch.setattr(limits, "PER_MINUTE", dict.fromkeys(limits.PER_MINUTE, 10**6))
    caches["worker"].clear()
    yield
