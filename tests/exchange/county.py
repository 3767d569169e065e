"""A few people, officers and a firm for the tests of asking, and short ways to look into the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from hrss.exchange.models import Inquiry, Reply
from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.models import Person
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.uuid7 import uuid7

VILLAGE = "500236001003"
OTHER_VILLAGE = "500236002003"
SYSTEM = system_actor("tests")


def make_person(id_number: str, *, region: str = VILLAGE, residence: str = "") -> UUID:
    """Put a person on the register."""
    ring, id = ring_in_use(), uuid7()
    person = Person(
        id=id,
        region_code=region,
        residence_code=residence or region,
        name="张三",
        pinyin="zhangsan",
        sex=1,
        birth_date=date(1950, 1, 1),
        id_cipher=seal(id_number, ring=ring, field=ID_NUMBER, owner=id),
        id_index=blind_index(id_number, ring=ring, field=ID_NUMBER),
        id_tail=id_number[-4:],
    )
    with acting(SYSTEM):
        person.save(force_insert=True)
    return id


def make_firm(credit_code: str | None, *, region: str = VILLAGE) -> UUID:
    """Put an organisation on the register."""
    kind = "employer" if credit_code else "agency"
    firm = Organisation(kind=kind, name="甲公司", pinyin="jiagongsi", credit_code=credit_code, region_code=region)
    with acting(SYSTEM):
        firm.save(force_insert=True)
    return firm.id


def officer(
    *, region: str = "500236001", purpose: str = "case", function: Function = Function.HANDLER, line: str = "employment"
) -> Actor:
    """A clerk at a page."""
    post = PostRef("p1", function, line, region, organisation="永安街道社保所")
    return Actor(
        ActorKind.STAFF,
        account=uuid4(),
        person=uuid4(),
        name="李经办",
        posts=(post,),
        purpose=purpose,
        channel="workbench",
        request_id="r-1",
    )


def citizen(person: UUID) -> Actor:
    """The person themselves, on the portal."""
    return Actor(ActorKind.PUBLIC, account=uuid4(), person=person, name="张三", channel="portal")


def job(name: str = "insurance.qualification", purpose: str = "qualification") -> Actor:
    """An automatic step, which may wait."""
    return system_actor(name).for_purpose(purpose)


def lines_about(subject: UUID) -> list[Inquiry]:
    """All lines about a subject, oldest first."""
    with acting(SYSTEM):
        return list(Inquiry.objects.filter(subject_id=subject).order_by("id"))


def replies_about(subject: UUID) -> list[Reply]:
    """All replies about a subject, oldest first."""
    with acting(SYSTEM):
        return list(Reply.objects.filter(subject_id=subject).order_by("id"))


def queued(batch: UUID) -> list[dict[str, Any]]:
    """The jobs waiting for a batch: attempt and seconds until they may run."""
    statement = """SELECT (args->>'attempt')::int, coalesce(extract(epoch FROM scheduled_at - now()), 0)
        FROM procrastinate_jobs WHERE task_name = 'exchange.complete' AND args->>'batch' = %s ORDER BY id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(batch)])
        return [{"attempt": attempt, "seconds": float(seconds)} for attempt, seconds in cursor.fetchall()]
