"""The masked face of a person for lists and headings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation.crypto import mask_id, mask_phone
from hrss.foundation.people.models import Person
from hrss.foundation.regions.queries import full_name


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What may be seen without revealing: numbers are masked, the birth date is an age (full years)."""

    id: UUID
    name: str
    pinyin: str
    sex: str
    age: int
    id_masked: str
    phone_masked: str
    region_code: str
    region_name: str
    residence_code: str
    residence_name: str
    nation: str
    education: str
    hukou: str
    away_to: str
    died_on: date | None
    merged_into: UUID | None
    version: int


def card_of_person(person: Person, *, phone_tail: str = "") -> PersonCard:
    """Give the card of a person already fetched within scope."""
    return PersonCard(
        id=person.id,
        name=person.name,
        pinyin=person.pinyin,
        sex=Person.Sex(person.sex).label,
        age=age_on(person.birth_date, person.death_date or timezone.localdate()),
        id_masked=mask_id(person.id_tail),
        phone_masked=mask_phone(phone_tail) if phone_tail else "",
        region_code=person.region_code,
        region_name=full_name(person.region_code),
        residence_code=person.residence_code,
        residence_name=full_name(person.residence_code) if person.residence_code else person.away_to,
        nation=person.nation,
        education=Person.Education(person.education).label,
        hukou=Person.Hukou(person.hukou).label,
        away_to=person.away_to,
        died_on=person.death_date,
        merged_into=person.merged_into_id,
        version=person.version,
    )


def age_on(birth_date: date, day: date) -> int:
    """Give the age in full years on ``day`` (民法典第二百零一条：周岁从生日当天起算满)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
