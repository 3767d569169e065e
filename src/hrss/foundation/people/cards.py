"""The masked face of a person: a card for headings, a line for lists that read no more than they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.foundation.crypto import mask_id, mask_phone
from hrss.foundation.people.models import Person
from hrss.foundation.regions.queries import full_name
from hrss.foundation.scope.hot import fetch

_SEX = {sex.value: str(sex.label) for sex in Person.Sex}
_EDUCATION = {education.value: str(education.label) for education in Person.Education}
_HUKOU = {hukou.value: str(hukou.label) for hukou in Person.Hukou}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a list of people shows: the number masked, the age in full years; no telephone number is read for it."""

    id: UUID
    name: str
    pinyin: str
    sex: str
    age: int
    id_masked: str
    region_name: str


@dataclass(frozen=True, slots=True)
class PersonCard(PersonLine):
    """What may be seen without revealing: numbers are masked, the birth date is an age (full years)."""

    phone_masked: str
    region_code: str
    residence_code: str
    residence_name: str
    nation: str
    education: str
    hukou: str
    away_to: str
    died_on: date | None
    merged_into: UUID | None
    version: int


_LINE = "p.id, p.name, p.pinyin, p.sex, p.birth_date, p.death_date, p.id_tail, p.region_code"
COLUMNS = (
    f"{_LINE}, p.residence_code, p.nation, p.education, p.hukou, p.away_to, p.merged_into_id, p.version,"  # noqa: S608
    " (SELECT tail FROM people_phone WHERE person_id = p.id AND is_primary)"
)


def fetch_cards(condition: str, values: Sequence[Any]) -> list[PersonCard]:
    """Give the cards of ``SELECT … FROM people_person p`` with a constant ``condition`` and its values.

    Hand-written because it is asked by the busiest pages: no model objects, one round trip.
    """
    today = timezone.localdate()
    rows = fetch(f"SELECT {COLUMNS} FROM people_person p {condition}", values)  # noqa: S608 - constants only
    return [card_of(row, today) for row in rows]


def fetch_lines(condition: str, values: Sequence[Any]) -> list[PersonLine]:
    """Give the lines of the same."""
    return _lines(f"SELECT {_LINE} FROM people_person p {condition}", values)  # noqa: S608 - constants only


def fetch_first_lines(conditions: Sequence[tuple[str, Sequence[Any]]], *, by: str, count: int) -> list[PersonLine]:
    """Give the first ``count`` lines in the order of ``by`` and id that fit any of the conditions, each person once.

    Each condition walks an index of its own to its first ``count`` rows.
    """
    each = " UNION ALL ".join(
        f"(SELECT {_LINE} FROM people_person p {condition} ORDER BY p.{by}, p.id LIMIT %s)"  # noqa: S608
        for condition, _ in conditions
    )
    first = f"SELECT DISTINCT ON (q.{by}, q.id) q.* FROM ({each}) q ORDER BY q.{by}, q.id LIMIT %s"  # noqa: S608
    values = [value for _, given in conditions for value in (*given, count)]
    return _lines(first, [*values, count])


def _lines(statement: str, values: Sequence[Any]) -> list[PersonLine]:
    today = timezone.localdate()
    return [_line_of(row, today) for row in fetch(statement, values)]


def _line_of(row: tuple[Any, ...], today: date) -> PersonLine:
    key, name, pinyin, sex, birth_date, died_on, id_tail, region = row
    return PersonLine(
        key, name, pinyin, _SEX[sex], age_on(birth_date, died_on or today), mask_id(id_tail), full_name(region)
    )


def card_of(row: tuple[Any, ...], today: date | None = None) -> PersonCard:
    """Give the card of a row that begins with ``COLUMNS``."""
    region, residence, died_on = row[7], row[8], row[5]
    return PersonCard(
        id=row[0],
        name=row[1],
        pinyin=row[2],
        sex=_SEX[row[3]],
        age=age_on(row[4], died_on or today or timezone.localdate()),
        id_masked=mask_id(row[6]),
        phone_masked=mask_phone(row[15]) if row[15] else "",
        region_code=region,
        region_name=full_name(region),
        residence_code=residence,
        residence_name=full_name(residence) if residence else row[12],
        nation=row[9],
        education=_EDUCATION[row[10]],
        hukou=_HUKOU[row[11]],
        away_to=row[12],
        died_on=died_on,
        merged_into=row[13],
        version=row[14],
    )


def age_on(birth_date: date, day: date) -> int:
    """Give the age in full years on ``day`` (民法典第二百零一条：周岁从生日当天起算满)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
