"""Finding the account of a person or a phone before anybody is signed in.

Runs as the system and hands back accounts only.
"""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.crypto import blind_candidates, blind_index, ring_in_use
from hrss.foundation.identity.models import Account
from hrss.foundation.people.models import Person, Phone
from hrss.foundation.people.models.belongings import PHONE
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.identifiers import check_phone, normalise_code


def account_of_phone(phone: str) -> Account | None:
    """Give the active public account of a phone number; Problem ``phone.format``."""
    indexes = blind_candidates(check_phone(phone), ring=ring_in_use(), field=PHONE)
    return Account.objects.filter(phone_index__in=indexes, kind=Account.Kind.PUBLIC, is_active=True).first()


def person_named(name: str, id_number: str) -> Person | None:
    """Give the living, unmerged person with this id number and exactly this name. Call as the system."""
    number = normalise_code(id_number)
    if not number or not name.strip():
        return None
    indexes = blind_candidates(number, ring=ring_in_use(), field=ID_NUMBER)
    people = Person.objects.filter(id_index__in=indexes, name=name.strip(), merged_into=None, death_date=None)
    return people.first()


def account_vouched_for(*, name: str, id_number: str) -> Account | None:
    """Give the public account of the person somebody trusted vouches for, made now when there is none."""
    with acting(system_actor("identity.city_sign_on")) as actor:
        person = person_named(name, id_number)
        if person is None:
            return None
        account = public_account_for(person.id, person.name)
        audit.record(
            actor,
            "identity.city_sign_on",
            subject_kind="account",
            subject_id=account.id,
            person_id=person.id,
            region=person.region_code,
        )
        return account if account.is_active else None


def public_account_for(person_id: UUID, name: str, *, phone: str = "") -> Account:
    """Give the public account of a person, made when there is none; ``phone`` becomes the number it signs in by."""
    account = Account.objects.filter(person_id=person_id, kind=Account.Kind.PUBLIC).first()
    if account is None:
        account = Account.objects.create_account(
            f"p-{person_id}", kind=Account.Kind.PUBLIC, person_id=person_id, name=name
        )
    if phone:
        index = blind_index(check_phone(phone), ring=ring_in_use(), field=PHONE)
        Account.objects.filter(phone_index=index).exclude(id=account.id).update(phone_index=None)
        account.phone_index = index
        account.save(update_fields=["phone_index"])
    return account


def has_phone(person_id: UUID, phone: str) -> bool:
    """Tell whether the number is on the person's record. Call as the system."""
    indexes = blind_candidates(check_phone(phone), ring=ring_in_use(), field=PHONE)
    return Phone.objects.filter(person_id=person_id, index__in=indexes).exists()
