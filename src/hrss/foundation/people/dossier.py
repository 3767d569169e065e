"""The person page's own part in one round trip and one read event: card, household, payee accounts.

The event names everything the page shows; what other parts add to the page is read under it
(``audit.Reading``). It refuses a person outside the actor's scope, and staff without a purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.people.belongings import (
    ACCOUNTS,
    HOUSEHOLD,
    BankAccountView,
    HouseholdView,
    account_views,
    household_view,
)
from hrss.foundation.people.cards import COLUMNS, PersonCard, card_of
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.people.fetching import not_found
from hrss.foundation.scope.hot import fetch
from hrss.kernel.actor import Actor

_STATEMENT = f"SELECT {COLUMNS}, {HOUSEHOLD}, {ACCOUNTS.format(only='')} FROM people_person p WHERE p.id = %s"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one page shows of a person; ``reading`` is its event, for the parts other floors add."""

    card: PersonCard
    household: HouseholdView | None
    accounts: tuple[BankAccountView, ...]
    reading: audit.Reading


def dossier(person_id: UUID, *, actor: Actor, also: tuple[str, ...] = ()) -> Dossier:
    """Give card, household and accounts; ``also`` names what else the page shows (actions of read events).

    Problem ``people.not_found`` (404) outside the actor's scope.
    """
    with as_actor(actor):
        rows = fetch(_STATEMENT, [person_id])
        if not rows:
            raise not_found()
        row = rows[0]
        card = card_of(row)
        parts = ("people.card", "people.household", "people.bank_accounts", *also)
        reading = audit.read(actor, person_id=person_id, what="people.dossier", region=card.region_code, parts=parts)
    return Dossier(card, household_view(row[-2]), account_views(row[-1]), reading)
