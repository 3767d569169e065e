"""Add a phone number to a person."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.models import Phone
from hrss.foundation.people.models.belongings import PHONE
from hrss.foundation.people.policies import require_self_or_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_phone
from hrss.kernel.outcome import Outcome


@verb("people.add_phone")
def add_phone(person_id: UUID, *, actor: Actor, phone: str, primary: bool = True, key: str = "") -> Outcome:
    """Add ``phone``; a number the person has already is made primary. How many people share it goes on the log (M09).

    Problems: ``phone.…``, ``people.not_found``, ``people.no_post``, ``people.own_affairs``.
    """
    number = check_phone(phone)
    person = person_to_change(person_id)
    require_self_or_post(actor, person, doing="登记电话")
    ring = ring_in_use()
    index = blind_index(number, ring=ring, field=PHONE)
    if primary:
        Phone.objects.filter(person=person, is_primary=True).exclude(index=index).update(is_primary=False)
    row, _ = Phone.objects.update_or_create(
        person=person,
        index=index,
        defaults={"is_primary": primary},
        create_defaults={
            "region_code": person.region_code,
            "cipher": seal(number, ring=ring, field=PHONE, owner=person.id),
            "tail": number[-4:],
            "is_primary": primary,
        },
    )
    with elevated(actor):
        shared_by = Phone.objects.filter(index=index).values("person_id").distinct().count()
    audit.record(
        actor,
        "people.add_phone",
        subject_kind="phone",
        subject_id=row.id,
        person_id=person.id,
        region=person.region_code,
        detail={"shared_by": shared_by},
    )
    return Outcome("phone", str(row.id), data={"tail": row.tail, "shared_by": shared_by})
