"""Builders for tests about people: actors in posts, persons in villages, direct SQL as the application role."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.people.models import Person
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.regions.loading import load_divisions
from hrss.foundation.regions.queries import children_of
from hrss.foundation.regions.romanise import pinyin_of_name
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.identifiers import compose_id_number, uuid7

DIVISIONS = Path(__file__).resolve().parents[3] / "packs" / "fengjie" / "divisions.csv"
BAIDI, TUXIANG, COUNTY = "500236117", "500236127", "500236"
_SEQUENCE = count(1)


def load_county() -> None:
    load_divisions(DIVISIONS)


def village(township: str = BAIDI, position: int = 0) -> str:
    return children_of(township)[position].code


def staff(
    *functions: Function, region: str = BAIDI, line: str = "*", purpose: str = "counter", person: UUID | None = None
) -> Actor:
    posts = tuple(PostRef(str(uuid7()), f, line, region) for f in functions or (Function.COUNTER,))
    return Actor(
        ActorKind.STAFF, account=uuid7(), person=person or uuid7(), name="测试员", posts=posts, purpose=purpose
    )


def public(person_id: UUID, **more: Any) -> Actor:
    return Actor(ActorKind.PUBLIC, account=uuid7(), person=person_id, name="群众", purpose="self", **more)


def fresh_number(birth: date = date(1980, 5, 20)) -> str:
    n = next(_SEQUENCE)
    return compose_id_number(
        region="999236", birth_date=date(birth.year, birth.month, 1 + n // 999), sequence=n % 999
    ).text


def make_person(
    name: str = "王小明", *, region: str = "", residence: str | None = None, number: str = "", **fields: Any
) -> Person:
    number = number or fresh_number()
    region, key, ring = region or village(), uuid7(), ring_in_use()
    person = Person(
        id=key,
        region_code=region,
        residence_code=region if residence is None else residence,
        name=name,
        pinyin=pinyin_of_name(name),
        sex=1 if int(number[16]) % 2 else 2,
        birth_date=date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
        id_cipher=seal(number, ring=ring, field=ID_NUMBER, owner=key),
        id_index=blind_index(number, ring=ring, field=ID_NUMBER),
        id_tail=number[-4:],
        **fields,
    )
    with acting(system_actor("tests")):
        person.save(force_insert=True)
    return person


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run SQL as the application role in the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def nobody() -> None:
    """Forget the actor inside a test's transaction (in service the transaction's end does it)."""
    for name in ("kind", "account", "person", "acting_for", "organisation", "regions", "lines"):
        sql("SELECT set_config(%s, '', true)", f"hrss.{name}")
