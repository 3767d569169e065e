"""Two townships with people and staff who are signed in: for the views of the window and the workbench."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from hrss.casework import services
from hrss.casework.items.publish import publish
from hrss.channels.ui.staying import READY
from hrss.foundation.access.models import Post, PostGrant
from hrss.foundation.audit.models import Event
from hrss.foundation.identity.models import Account
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.services.register_person import register_person
from hrss.foundation.regions.loading import load_divisions
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, system_actor
from hrss.kernel.credit_codes import compose_credit_code
from hrss.kernel.id_numbers import id_check_character
from hrss.kernel.identifiers import uuid7

COUNTY, TOWN, OTHER_TOWN = "500236", "500236117", "500236127"
VILLAGE, OTHER_VILLAGE = "500236117001", "500236127001"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SYSTEM = system_actor("test")
INTERNSHIP = {"group": "youth", "wanted_job": "电工学徒", "phone": "10012345678"}
PROMISE = {"identity": {"promise": True}}
_SERIAL = itertools.count(1)


@dataclass(frozen=True)
class Somebody:
    """A person on record."""

    id: UUID
    name: str
    id_number: str


def prepare() -> None:
    """Load the divisions and publish the items."""
    load_divisions(settings.HRSS_PACKS / "fengjie" / "divisions.csv")
    publish("fengjie", actor=SYSTEM)


def somebody(name: str = "冉小英", *, region: str = VILLAGE, born: str = "") -> Somebody:
    """Put a person on record with a synthetic number: born in the summer of 1984, a thousand a day."""
    day, number = divmod(next(_SERIAL), 1000)
    stem = f"999236{born or f'198408{day + 1:02d}'}{number:03d}"
    id_number = stem + id_check_character(stem)
    made = register_person(actor=SYSTEM, name=name, id_number=id_number, region_code=region)
    return Somebody(UUID(made.id), name, id_number)


def firm(name: str = "夔门制衣厂") -> tuple[UUID, str]:
    """Put an employer on record; gives its id and credit code."""
    code = compose_credit_code(department="9", category="1", region="999236", serial=f"A{next(_SERIAL):07d}").text
    with acting(SYSTEM):
        made = Organisation.objects.create(
            kind="employer", name=name, pinyin="kui men", credit_code=code, region_code=VILLAGE
        )
    return made.id, code


def clerk(function: str, *, region: str = TOWN, line: str = "*", name: str = "") -> Account:
    """A member of staff with one post, granted in four steps by four people."""
    number = next(_SERIAL)
    home = (region + "001")[:12] if len(region) == 9 else VILLAGE
    person = somebody(name or "职" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(number)), region=home)
    with acting(SYSTEM):
        account = Account.objects.create_account(f"clerk{number}", kind="staff", person_id=person.id, name=person.name)
        grant = PostGrant.objects.create(
            account=account,
            person_id=person.id,
            function=function,
            line=line,
            region_code=region,
            reason="测试",
            state=PostGrant.State.GRANTED,
            applied_by=uuid7(),
            controlled_by=uuid7(),
            approved_by=uuid7(),
            granted_by=uuid7(),
        )
        Post.objects.create(
            account=account,
            person_id=person.id,
            function=function,
            line=line,
            region_code=region,
            since="2021-01-01",
            grant=grant,
        )
    return account


def citizen(person: Somebody) -> Account:
    """The person's own account."""
    with acting(SYSTEM):
        return Account.objects.create_account(f"p{next(_SERIAL)}", kind="public", person_id=person.id, name=person.name)


def browser_of(account: Account, *, ready: bool = True) -> Client:
    """A browser in which the account is signed in and has passed the desk."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    if ready:
        session = client.session
        session[READY] = True
        session.save()
    return client


def applied(person: UUID, *, item: str = "JY048", data: dict[str, Any] | None = None, **more: Any) -> UUID:
    """An application of the person's own."""
    actor = Actor(ActorKind.PUBLIC, account=uuid7(), person=person, name="本人", channel="portal")
    done = services.apply(item, data or INTERNSHIP, actor=actor, materials=more.pop("materials", PROMISE), **more)
    return UUID(done.id)


def refusals(account: Account) -> list[str]:
    """Give the refused attempts of an account, oldest first."""
    with acting(SYSTEM):
        rows = Event.objects.filter(actor_account=account.id, outcome="refused").order_by("id")
        return [row.action for row in rows]
