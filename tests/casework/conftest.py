"""A small county for casework: two townships, people, clerks in every post, the county's own items published."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

PURE = os.environ.get("HRSS_PURE_TESTS") == "1"

if not PURE:
    from hrss.casework.documents.render import render
    from hrss.casework.items.packs import packs_root
    from hrss.casework.items.publish import publish
    from hrss.foundation.files.services import store
    from hrss.foundation.organisations.models import Organisation
    from hrss.foundation.people.models import Person
    from hrss.foundation.regions.loading import load_divisions
    from hrss.foundation.scope import acting
    from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
    from hrss.kernel.identifiers import uuid7

COUNTY = "500236"
TOWN = "500236117"
VILLAGE = "500236117001"
OTHER_TOWN = "500236127"
OTHER_VILLAGE = "500236127001"
_SERIAL = itertools.count(1)


def make_person(
    name: str = "冉小英",
    *,
    region: str = VILLAGE,
    sex: int = 2,
    born: date = date(1990, 5, 6),
    merged_into: UUID | None = None,
) -> UUID:
    """A person row written as the system (sealed columns hold test bytes: casework never opens them)."""
    number = next(_SERIAL)
    with acting(system_actor("casework.test")):
        return Person.objects.create(
            region_code=region,
            residence_code=region,
            name=name,
            pinyin="ran xiaoying",
            sex=sex,
            birth_date=born,
            id_cipher=b"x",
            id_index=number.to_bytes(16, "big"),
            id_tail=f"{number % 10000:04d}",
            merged_into_id=merged_into,
        ).id


def make_firm(name: str = "夔门制衣厂", *, region: str = VILLAGE) -> UUID:
    """An employer."""
    with acting(system_actor("casework.test")):
        return Organisation.objects.create(
            kind="employer", name=name, pinyin="kui men", credit_code=f"9150023{next(_SERIAL):011d}", region_code=region
        ).id


def staff(*functions: str, region: str = TOWN, line: str = "*", person: UUID | None = None, name: str = "") -> Actor:
    """A clerk with posts; a person of their own unless given."""
    who = person or make_person(name or f"职员{next(_SERIAL)}", region=region.ljust(12, "0")[:9] + "001")
    posts = tuple(PostRef(str(uuid7()), Function(one), line, region) for one in functions)
    return Actor(
        kind=ActorKind.STAFF,
        account=uuid7(),
        person=who,
        name=name or "经办员",
        posts=posts,
        channel="workbench",
        purpose="case",
    )


def citizen(person: UUID) -> Actor:
    """The person's own account on the portal."""
    return Actor(kind=ActorKind.PUBLIC, account=uuid7(), person=person, name="本人", channel="portal")


def firm_user(organisation: UUID, person: UUID) -> Actor:
    """A person acting for a firm."""
    return Actor(
        kind=ActorKind.PUBLIC,
        account=uuid7(),
        person=person,
        name="单位经办人",
        channel="portal",
        acting_for_organisation=organisation,
        scopes=frozenset({"*"}),
    )


@dataclass(slots=True)
class Office:
    """Who works here: one clerk for each post, all different people."""

    counter: Actor
    handler: Actor
    reviewer: Actor
    approver: Actor
    county_handler: Actor
    county_reviewer: Actor
    leader: Actor
    elsewhere: Actor


@pytest.fixture
def county(db: None) -> None:
    """Regions loaded, items published."""
    prepare_county()


def prepare_county() -> None:
    with acting(system_actor("casework.test")):
        load_divisions(packs_root() / "fengjie" / "divisions.csv")
    publish("fengjie", actor=system_actor("casework.test"))


@pytest.fixture
def office(county: None) -> Office:
    return Office(
        counter=staff("counter"),
        handler=staff("handler"),
        reviewer=staff("reviewer"),
        approver=staff("approver", region=COUNTY),
        county_handler=staff("handler", region=COUNTY),
        county_reviewer=staff("reviewer", region=COUNTY),
        leader=staff("leader", region=COUNTY),
        elsewhere=staff("handler", "counter", region=OTHER_TOWN),
    )


@pytest.fixture
def person(county: None) -> UUID:
    return make_person()


def stored_file(actor: Actor, person: UUID, *, title: str = "毕业证书") -> UUID:
    """A real PDF in the store, handed in by ``actor`` for ``person``."""
    content = render(
        "notice", {"title": title}, verify_url="http://127.0.0.1/", issued_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return store(content, f"{title}.pdf", actor=actor, region=VILLAGE, person_id=person).id
