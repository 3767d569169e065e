"""Reading people. Every function takes the actor, sees only the actor's scope and leaves an ``audit.read``.

Lists and headings get a masked ``PersonCard``; full numbers come from the ``reveal_…`` functions, one at a time. It
refuses a look by staff without purpose (by audit) and searching by the public.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from hrss.foundation import audit
from hrss.foundation.crypto import open_sealed, ring_in_use
from hrss.foundation.people.belongings import (
    ACCOUNTS,
    BankAccountView,
    HouseholdView,
    MemberView,
    account_views,
    household_view,
)
from hrss.foundation.people.cards import PersonCard, PersonLine, fetch_cards
from hrss.foundation.people.dossier import Dossier, dossier
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.fetching import not_found
from hrss.foundation.people.models import BankAccount, Person, PersonHistory
from hrss.foundation.people.models.belongings import BANK_ACCOUNT, PHONE
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.people.searching import SearchPage, cards_by_id_number, search
from hrss.foundation.scope.hot import fetch
from hrss.kernel.actor import Actor

__all__ = [
    "BankAccountView",
    "Dossier",
    "HouseholdView",
    "MemberView",
    "PersonCard",
    "PersonLine",
    "SearchPage",
    "bank_accounts",
    "card",
    "card_and_reading",
    "cards",
    "dossier",
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


_ACCOUNTS_OF = "SELECT p.region_code, {accounts} FROM people_person p WHERE p.id = %(person)s".format(  # noqa: S608
    accounts=ACCOUNTS.format(
        only=" AND (%(day)s::date IS NULL OR (a.state = 'active' AND a.usable_from <= %(day)s::date"
        " AND (a.until IS NULL OR a.until >= %(day)s::date)))"
    )
)
_PHONE_OF = (
    "SELECT p.region_code, (SELECT f.cipher FROM people_phone f WHERE f.person_id = p.id"
    " ORDER BY f.is_primary DESC, f.id LIMIT 1) FROM people_person p WHERE p.id = %s"
)


def person_by_id(person_id: UUID, *, actor: Actor, what: str = "people.person") -> Person:
    """Give the person. Problem ``people.not_found`` (404) when there is none within the actor's scope."""
    with as_actor(actor):
        person = Person.objects.filter(id=person_id).first()
        if person is None:
            raise not_found()
        audit.read(actor, person_id=person.id, what=what, region=person.region_code)
        return person


def card(person_id: UUID, *, actor: Actor, what: str = "people.card") -> PersonCard:
    """Give the masked card of one person."""
    return card_and_reading(person_id, actor=actor, what=what)[0]


def card_and_reading(
    person_id: UUID, *, actor: Actor, what: str = "people.card", also: tuple[str, ...] = ()
) -> tuple[PersonCard, audit.Reading]:
    """Give the masked card and its read event, which names in ``also`` what else the page shows of the person."""
    with as_actor(actor):
        found = fetch_cards("WHERE p.id = %s", [person_id])
        if not found:
            raise not_found()
        region = found[0].region_code
        return found[0], audit.read(actor, person_id=person_id, what=what, region=region, parts=also)


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
    """Give the household a person is in now, None when in none; members may be registered elsewhere."""
    with as_actor(actor):
        person_by_id(person_id, actor=actor, what="people.household")
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_household_around(%s)", [person_id])
            row = cursor.fetchone()
    return household_view(row[0] if row else None)


def bank_accounts(person_id: UUID, *, actor: Actor, usable_on: date | None = None) -> tuple[BankAccountView, ...]:
    """Give a person's accounts, newest first; with ``usable_on`` only those money may go to on that day."""
    with as_actor(actor), connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS_OF, {"person": person_id, "day": usable_on})
        row = cursor.fetchone()
        if row is None:
            raise not_found()
        audit.read(actor, person_id=person_id, what="people.bank_accounts", region=row[0])
    return account_views(row[1])


def reveal_id_number(person_id: UUID, *, actor: Actor) -> str:
    """Give the full id number; the event says it was revealed."""
    person = person_by_id(person_id, actor=actor, what="people.reveal_id_number")
    return open_sealed(person.id_cipher, ring=ring_in_use(), field=ID_NUMBER, owner=person.id)


def reveal_phone(person_id: UUID, *, actor: Actor) -> str:
    """Give the full primary phone number, empty when there is none; the event says it was revealed."""
    with as_actor(actor), connection.cursor() as cursor:
        cursor.execute(_PHONE_OF, [person_id])
        row = cursor.fetchone()
        if row is None:
            raise not_found()
        audit.read(actor, person_id=person_id, what="people.reveal_phone", region=row[0])
    return open_sealed(row[1], ring=ring_in_use(), field=PHONE, owner=person_id) if row[1] else ""


def reveal_bank_account(account_id: UUID, *, actor: Actor) -> str:
    """Give the full account number; the event says it was revealed."""
    with as_actor(actor):
        row = BankAccount.objects.filter(id=account_id).first()
        if row is None:
            raise not_found()
        audit.read(actor, person_id=row.person_id, what="people.reveal_bank_account", region=row.region_code)
    return open_sealed(row.cipher, ring=ring_in_use(), field=BANK_ACCOUNT, owner=row.person_id)


def history_of(person_id: UUID, *, actor: Actor, limit: int = 200) -> list[PersonHistory]:
    """Give what changed about a person, newest first."""
    with as_actor(actor):
        person_by_id(person_id, actor=actor, what="people.history")
        return list(PersonHistory.objects.filter(person_id=person_id).order_by("-id")[:limit])


# WITH the records of one natural person (``%(person)s`` is one of them) as ``down``: the one kept has depth 0.
LINEAGE = """
WITH RECURSIVE up AS (
  SELECT id, merged_into_id FROM people_person WHERE id = %(person)s::uuid
  UNION ALL SELECT p.id, p.merged_into_id FROM people_person p JOIN up ON p.id = up.merged_into_id
), down AS (
  SELECT id, 0 AS depth FROM up WHERE merged_into_id IS NULL
  UNION ALL SELECT p.id, down.depth + 1 FROM people_person p JOIN down ON p.merged_into_id = down.id
)"""
_ONE_PERSON = f"{LINEAGE} SELECT id FROM down ORDER BY depth, id"  # noqa: S608 - constants only


def lineage(person_id: UUID) -> tuple[UUID, ...]:
    """Give all ids of one natural person: the record kept first, then those merged into it (within scope)."""
    return tuple(row[0] for row in fetch(_ONE_PERSON, {"person": person_id}))
