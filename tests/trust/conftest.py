"""Accounts in every post of one township, a citizen and nobody; something of another township to reach for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.foundation.people.builders import BAIDI, COUNTY, TUXIANG, load_county, make_person, village
from tests.trust.answers import answers_for

from hrss.casework.items.publish import publish
from hrss.casework.services import apply
from hrss.foundation.access.models import Post
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.second_factor import activate
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, system_actor

SYSTEM = system_actor("tests")
COUNTY_ONLY = {
    Function.FINANCE,
    Function.DATA,
    Function.LEADER,
    Function.SYSTEM_ADMIN,
    Function.SECURITY_ADMIN,
    Function.AUDIT_ADMIN,
}


@dataclass(frozen=True)
class Town:
    """What the matrix needs: accounts by role, and ids of things of another township."""

    accounts: dict[str, Account | None]
    foreign_person: UUID
    foreign_case: UUID


def staff_account(function: Function) -> Account:
    person = make_person(f"职员{function.value[:2]}")
    account = Account.objects.create_account(
        f"m-{function.value}", kind="staff", password=None, person_id=person.id, name=function.value
    )
    Account.objects.filter(id=account.id).update(password_set_at=timezone.now(), last_seen_at=timezone.now())
    region = COUNTY if function in COUNTY_ONLY else village() if function is Function.VILLAGE_AGENT else BAIDI
    with acting(SYSTEM):
        Post.objects.create(
            account=account,
            person_id=person.id,
            function=function.value,
            line="*",
            region_code=region,
            since=timezone.localdate() - timedelta(days=1),
        )
        activate(account, "KUIMENFENGJIEDEMOKUIMENFENGJIEDE")
    return account


def citizen(name: str, region: str) -> tuple[Account, Actor]:
    person = make_person(name, region=region)
    account = Account.objects.create_account(f"c-{person.id}", kind="public", person_id=person.id, name=name)
    return account, Actor(ActorKind.PUBLIC, account=account.id, person=person.id, name=name, purpose="self")


@pytest.fixture
def town(db: None) -> Town:
    load_county()
    publish("fengjie", actor=SYSTEM)
    account, _ = citizen("王春花", village())
    _, stranger = citizen("李远山", village(TUXIANG))
    made = apply("JY003", answers_for("JY003", township=TUXIANG), actor=stranger)
    accounts: dict[str, Account | None] = {"anyone": None, "public": account}
    accounts |= {f"staff:{function.value}": staff_account(function) for function in Function}
    assert stranger.person is not None
    return Town(accounts, stranger.person, UUID(made.id))


@pytest.fixture
def client_of(town: Town) -> object:
    """Give a client signed in as a role."""

    def make(role: str) -> Client:
        client, account = Client(), town.accounts[role]
        if account is not None:
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
            client.get("/work/")  # staff pass the desk once after signing in
        return client

    return make
