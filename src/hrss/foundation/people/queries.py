"""Reading people. Every function takes the actor, sees only the actor's scope and leaves an ``audit.read``.

Lists and headings get a masked ``PersonCard``; full numbers come from the ``reveal_…`` functions, one at a time. It
refuses a look by staff without purpose (by audit) and searching by the public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from hrss.foundation import audit
from hrss.foundation.crypto import mask_tail, open_sealed, ring_in_use
from hrss.foundation.people.cards import PersonCard, fetch_cards
from hrss.foundation.people.elevation import as_actor, elevated
from hrss.foundation.people.models import BankAccount, Household, HouseholdMember, Person, PersonHistory, Phone
from hrss.foundation.people.models.belongings import BANK_ACCOUNT, PHONE
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.people.searching import SearchPage, cards_by_id_number, search
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

__all__ = [
    "BankAccountView",
    "HouseholdView",
    "MemberView",
    "PersonCard",
    "SearchPage",
    "bank_accounts",
    "card",
    "cards",
    "find_by_id_number",
    "history_of",
    "household_of",
    "lineage",
    "person_by_id",
    "reveal_bank_account",
    "reveal_id_number",
    "reveal_phone",
    "search",
]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of a household as another member or a clerk sees it."""

    person_id: UUID
    name: str
    relation: str
    since: date


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household with the members it has now, head first."""

    id: UUID
    region_code: str
    address: str
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class BankAccountView:
    """A payee account, number masked; ``usable_from`` is the first day money may go there."""

    id: UUID
    bank: str
    number_masked: str
    holder: str
    state: str
    is_social_card: bool
    usable_from: date | None
    since: date
    until: date | None


def person_by_id(person_id: UUID, *, actor: Actor, what: str = "people.person") -> Person:
    """Give the person. Problem ``people.not_found`` (404) when there is none within the actor's scope."""
    with as_actor(actor):
        person = Person.objects.filter(id=person_id).first()
        if person is None:
            raise _not_found()
        audit.read(actor, person_id=person.id, what=what, region=person.region_code)
        return person


def card(person_id: UUID, *, actor: Actor, what: str = "people.card") -> PersonCard:
    """Give the masked card of one person."""
    with as_actor(actor):
        found = fetch_cards("WHERE p.id = %s", [person_id])
        if not found:
            raise _not_found()
        audit.read(actor, person_id=person_id, what=what, region=found[0].region_code)
        return found[0]


def cards(person_ids: Sequence[UUID], *, actor: Actor, what: str = "people.cards") -> dict[UUID, PersonCard]:
    """Give the cards of many persons within scope (an inbox page); one event tells which were shown."""
    with as_actor(actor):
        found = {card.id: card for card in fetch_cards("WHERE p.id = ANY (%s)", [list(person_ids)])}
        audit.read(actor, person_id=None, what=what, detail={"shown": [str(key) for key in found]})
    return found


def find_by_id_number(text: str, *, actor: Actor) -> PersonCard | None:
    """Give the card of the person with this id number, 15 or 18 characters; None when not within scope.

    Problem ``id_number.…`` when it is not a number at all.
    """
    with as_actor(actor):
        found = cards_by_id_number(text)
        person_id, region = (found[0].id, found[0].region_code) if found else (None, "")
        audit.read(actor, person_id=person_id, what="people.find_by_id_number", region=region)
    return found[0] if found else None


def household_of(person_id: UUID, *, actor: Actor) -> HouseholdView | None:
    """Give the household a person is in now, None when in none."""
    person = person_by_id(person_id, actor=actor, what="people.household")
    with elevated(actor):  # the members may be registered elsewhere; only names and relations are given
        now = HouseholdMember.objects.filter(until=None)
        household = Household.objects.filter(members__in=now.filter(person_id=person.id)).first()
        rows = list(now.filter(household=household).select_related("person")) if household else []
    if household is None:
        return None
    members = [MemberView(r.person_id, r.person.name, r.get_relation_display(), r.since) for r in rows]
    members.sort(key=lambda member: (member.relation != "户主", member.since, str(member.person_id)))
    return HouseholdView(household.id, household.region_code, household.address, tuple(members))


def bank_accounts(person_id: UUID, *, actor: Actor, usable_on: date | None = None) -> tuple[BankAccountView, ...]:
    """Give a person's accounts, newest first; with ``usable_on`` only those money may go to on that day."""
    with as_actor(actor):
        person_by_id(person_id, actor=actor, what="people.bank_accounts")
        rows = BankAccount.objects.filter(person_id=person_id).order_by("-since", "-id")
        if usable_on is not None:
            open_then = Q(until=None) | Q(until__gte=usable_on)
            rows = rows.filter(open_then, state=BankAccount.State.ACTIVE, usable_from__lte=usable_on)
        return tuple(_account_view(row) for row in rows)


def reveal_id_number(person_id: UUID, *, actor: Actor) -> str:
    """Give the full id number; the event says it was revealed."""
    person = person_by_id(person_id, actor=actor, what="people.reveal_id_number")
    return open_sealed(person.id_cipher, ring=ring_in_use(), field=ID_NUMBER, owner=person.id)


def reveal_phone(person_id: UUID, *, actor: Actor) -> str:
    """Give the full primary phone number, empty when there is none; the event says it was revealed."""
    with as_actor(actor):
        person_by_id(person_id, actor=actor, what="people.reveal_phone")
        phone = Phone.objects.filter(person_id=person_id).order_by("-is_primary", "id").first()
    return open_sealed(phone.cipher, ring=ring_in_use(), field=PHONE, owner=person_id) if phone else ""


def reveal_bank_account(account_id: UUID, *, actor: Actor) -> str:
    """Give the full account number; the event says it was revealed."""
    with as_actor(actor):
        row = BankAccount.objects.filter(id=account_id).first()
        if row is None:
            raise _not_found()
        audit.read(actor, person_id=row.person_id, what="people.reveal_bank_account", region=row.region_code)
    return open_sealed(row.cipher, ring=ring_in_use(), field=BANK_ACCOUNT, owner=row.person_id)


def history_of(person_id: UUID, *, actor: Actor, limit: int = 200) -> list[PersonHistory]:
    """Give what changed about a person, newest first."""
    with as_actor(actor):
        person_by_id(person_id, actor=actor, what="people.history")
        return list(PersonHistory.objects.filter(person_id=person_id).order_by("-id")[:limit])


def lineage(person_id: UUID) -> tuple[UUID, ...]:
    """Give all ids of one natural person: the record kept first, then those merged into it (within scope)."""
    statement = """
        WITH RECURSIVE up AS (
          SELECT id, merged_into_id FROM people_person WHERE id = %s
          UNION ALL SELECT p.id, p.merged_into_id FROM people_person p JOIN up ON p.id = up.merged_into_id
        ), down AS (
          SELECT id, 0 AS depth FROM up WHERE merged_into_id IS NULL
          UNION ALL SELECT p.id, down.depth + 1 FROM people_person p JOIN down ON p.merged_into_id = down.id
        ) SELECT id FROM down ORDER BY depth, id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [person_id])
        return tuple(row[0] for row in cursor.fetchall())


def _account_view(row: BankAccount) -> BankAccountView:
    return BankAccountView(
        id=row.id,
        bank=row.bank,
        number_masked=mask_tail(row.tail, length=16),
        holder=row.holder,
        state=row.get_state_display(),
        is_social_card=row.is_social_card,
        usable_from=row.usable_from,
        since=row.since,
        until=row.until,
    )


def _not_found() -> Problem:
    return Problem(
        "people.not_found",
        "查不到这个人，或不在您的管辖区域",
        rule="按区域管理：只能查看本区域的人员",
        remedy="请核对信息；跨区域办理请走通办流程",
        status=404,
    )
