"""Searching people by what a clerk types: an id number, a phone number, the beginning of a name or of its pinyin.

Only equality and B-tree ranges over C-collated text: both are leakproof, so the index works under row-level security
and a page takes a few milliseconds at a million persons. It refuses the public, and text that fits nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from hrss.foundation import audit
from hrss.foundation.crypto import blind_candidates, ring_in_use
from hrss.foundation.people.cards import PersonCard, card_of_person
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.models import Person, Phone
from hrss.foundation.people.models.belongings import PHONE
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import check_phone, normalise_id_number, upgrade_id_number
from hrss.kernel.problem import Problem

TOWNSHIP_DIGITS = 9
LAST_CHARACTER = "\U0010ffff"
MAX_LIMIT = 100
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of masked cards; ``next_after`` goes back in as ``after``, empty on the last page."""

    cards: tuple[PersonCard, ...]
    next_after: str


def search(text: str, *, actor: Actor, after: str = "", limit: int = 20) -> SearchPage:
    """Search within the actor's scope. Problems: ``people.search_public`` (403), ``people.search_text``."""
    if actor.kind is ActorKind.PUBLIC:
        raise Problem("people.search_public", "群众账号不能查找他人", remedy="请从“我的”进入本人或被代办人", status=403)
    words = text.strip()
    limit = max(1, min(limit, MAX_LIMIT))
    with as_actor(actor):
        how, people = _people(words, actor, after, limit + 1)
        page = people[:limit]
        shown = [str(person.id) for person in page]
        audit.read(actor, person_id=None, what="people.search", detail={"by": how, "shown": shown})
    more = len(people) > limit
    key = "pinyin" if how == "pinyin" else "name"
    next_after = f"{getattr(page[-1], key)}|{page[-1].id}" if more else ""
    cards = (card_of_person(person, phone_tail=getattr(person, "phone_tail", None) or "") for person in page)
    return SearchPage(tuple(cards), next_after)


def _people(words: str, actor: Actor, after: str, count: int) -> tuple[str, list[Person]]:
    number = normalise_id_number(words)
    if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        indexes = blind_candidates(upgrade_id_number(number).text, ring=ring_in_use(), field=ID_NUMBER)
        return "id_number", list(with_phone_tail(Person.objects.filter(id_index__in=indexes)))
    if re.fullmatch(r"1[0-9]{10}", number):
        indexes = blind_candidates(check_phone(number), ring=ring_in_use(), field=PHONE)
        owners = Phone.objects.filter(index__in=indexes).values("person_id")
        return "phone", list(with_phone_tail(Person.objects.filter(id__in=owners)).order_by("name", "id")[:count])
    if _HAN.fullmatch(words):
        return "name", _by_prefix("name", words, actor, after, count)
    letters = re.sub(r"[\s'’]", "", words).lower()
    if _LETTERS.fullmatch(letters):
        return "pinyin", _by_prefix("pinyin", letters, actor, after, count)
    raise Problem(
        "people.search_text",
        "看不懂要找什么",
        remedy="请输入身份号码、手机号、姓名开头的汉字，或姓名拼音的开头",
        field="q",
    )


def _by_prefix(column: str, prefix: str, actor: Actor, after: str, count: int) -> list[Person]:
    """Walk one index from ``prefix`` (or from ``after``); for township posts one index range a township."""
    condition = Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + LAST_CHARACTER}, merged_into=None)
    if after:
        condition &= _beyond(column, after)
    ranges = [with_phone_tail(Person.objects.filter(condition, area)).order_by(column, "id") for area in _areas(actor)]
    if len(ranges) == 1:
        return list(ranges[0][:count])
    found = {person.id: person for people in ranges for person in people[:count]}
    return sorted(found.values(), key=lambda person: (getattr(person, column), person.id))[:count]


def _beyond(column: str, after: str) -> Q:
    value, _, key = after.rpartition("|")
    try:
        last = UUID(key)
    except ValueError:
        raise Problem("people.search_after", "翻页位置不对", remedy="请从第一页重新查找", field="after") from None
    return Q(**{f"{column}__gte": value}) & (Q(**{f"{column}__gt": value}) | Q(**{column: value, "id__gt": last}))


def _areas(actor: Actor) -> list[Q]:
    """Give index conditions that hold every row in scope: one township at a time where posts are that narrow."""
    regions = actor.regions
    if actor.kind is ActorKind.SYSTEM or not regions or any(len(code) < TOWNSHIP_DIGITS for code in regions):
        return [Q()]
    towns = sorted({code[:TOWNSHIP_DIGITS] for code in regions})
    return [Q(**{column: town}) for town in towns for column in ("township", "residence_township")]


def with_phone_tail(people: QuerySet[Person]) -> QuerySet[Person]:
    """Add ``phone_tail`` of the primary phone in the same statement."""
    primary = Phone.objects.filter(person_id=OuterRef("id"), is_primary=True)
    return people.annotate(phone_tail=Subquery(primary.annotate(t=F("tail")).values("t")[:1]))
