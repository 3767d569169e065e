"""Searching people by what a clerk types: an id number, a phone number, the beginning of a name or of its pinyin.

Only equality and B-tree ranges over C-collated text: both are leakproof, so the index works under row-level security
and a page takes a few milliseconds at a million persons. It refuses the public, and text that fits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.crypto import blind_candidates, ring_in_use
from hrss.foundation.people.cards import PersonCard, PersonLine, fetch_cards, fetch_first_lines, fetch_lines
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.models.belongings import PHONE
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import check_phone, normalise_code, upgrade_id_number
from hrss.kernel.problem import Problem

TOWNSHIP_DIGITS = 9
LAST_CHARACTER = "\U0010ffff"
MAX_LIMIT = 100
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of masked lines; ``next_after`` goes back in as ``after``, empty on the last page."""

    lines: tuple[PersonLine, ...]
    next_after: str


def search(text: str, *, actor: Actor, after: str = "", limit: int = 20) -> SearchPage:
    """Search within the actor's scope. Problems: ``people.search_public`` (403), ``people.search_text``."""
    if actor.kind is ActorKind.PUBLIC:
        raise Problem("people.search_public", "群众账号不能查找他人", remedy="请从“我的”进入本人或被代办人", status=403)
    limit = max(1, min(limit, MAX_LIMIT))
    with as_actor(actor):
        how, lines = _find(text.strip(), actor, after, limit + 1)
        page = lines[:limit]
        shown = [str(line.id) for line in page]
        audit.read(actor, person_id=None, what="people.search", detail={"by": how, "shown": shown})
    key = "pinyin" if how == "pinyin" else "name"
    next_after = f"{getattr(page[-1], key)}|{page[-1].id}" if len(lines) > limit else ""
    return SearchPage(tuple(page), next_after)


def _find(words: str, actor: Actor, after: str, count: int) -> tuple[str, list[PersonLine]]:
    number = normalise_code(words)
    if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        return "id_number", fetch_lines(*_with_id_number(number))
    if re.fullmatch(r"1[0-9]{10}", number):
        indexes = list(blind_candidates(check_phone(number), ring=ring_in_use(), field=PHONE))
        owners = (
            "WHERE p.id IN (SELECT person_id FROM people_phone WHERE index = ANY (%s)) ORDER BY p.name, p.id LIMIT %s"
        )
        return "phone", fetch_lines(owners, [indexes, count])
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


def cards_by_id_number(text: str) -> list[PersonCard]:
    """Give the card of the person with this id number (none or one); Problem ``id_number.…``."""
    return fetch_cards(*_with_id_number(text))


def _with_id_number(text: str) -> tuple[str, list[object]]:
    indexes = list(blind_candidates(upgrade_id_number(text).text, ring=ring_in_use(), field=ID_NUMBER))
    return "WHERE p.id_index = ANY (%s)", [indexes]


def _by_prefix(column: str, prefix: str, actor: Actor, after: str, count: int) -> list[PersonLine]:
    """Walk one index from ``prefix`` (or from ``after``); for township posts one index range a township."""
    within = f"p.{column} >= %s AND p.{column} < %s AND p.merged_into_id IS NULL"
    values: list[object] = [prefix, prefix + LAST_CHARACTER]
    if after:
        value, last = _place(after)
        within += f" AND (p.{column}, p.id) > (%s, %s)"
        values += [value, last]
    asked = [(f"WHERE {area}{within}", [*codes, *values]) for area, codes in _areas(actor)]
    return fetch_first_lines(asked, by=column, count=count)


def _place(after: str) -> tuple[str, UUID]:
    value, _, key = after.rpartition("|")
    try:
        return value, UUID(key)
    except ValueError:
        raise Problem("people.search_after", "翻页位置不对", remedy="请从第一页重新查找", field="after") from None


def _areas(actor: Actor) -> Iterator[tuple[str, list[str]]]:
    """Give index conditions that together hold every row in scope: by township where posts are that narrow.

    A village is named as well: comparing codes is far cheaper than asking the policy row by row.
    """
    regions = actor.regions
    if actor.kind is ActorKind.SYSTEM or not regions or any(len(code) < TOWNSHIP_DIGITS for code in regions):
        yield "", []
        return
    for code in regions:
        town = code[:TOWNSHIP_DIGITS]
        if code == town:
            yield "p.township = %s AND ", [town]
            yield "p.residence_township = %s AND ", [town]
        else:
            yield "p.township = %s AND p.region_code = %s AND ", [town, code]
            yield "p.residence_township = %s AND p.residence_code = %s AND ", [town, code]
