"""Household and payee accounts of a person as others see them: numbers masked, household members by name and relation.

Made from JSON PostgreSQL builds, so that a page about a person costs one round trip; see ``dossier``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hrss.foundation.crypto import mask_tail
from hrss.foundation.people.models import BankAccount, HouseholdMember

_RELATIONS = {one.value: str(one.label) for one in HouseholdMember.Relation}
_STATES = {one.value: str(one.label) for one in BankAccount.State}
ACCOUNTS = (
    "(SELECT json_agg(json_build_object('id', a.id, 'bank', a.bank, 'tail', a.tail, 'holder', a.holder,"
    " 'state', a.state, 'is_social_card', a.is_social_card, 'usable_from', a.usable_from, 'since', a.since,"
    " 'until', a.until) ORDER BY a.since DESC, a.id DESC) FROM people_bankaccount a WHERE a.person_id = p.id{only})"
)
HOUSEHOLD = "people_household_around(p.id)"


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


def household_view(raw: Mapping[str, Any] | None) -> HouseholdView | None:
    """Give the household of the JSON ``people_household_around`` gives, None for somebody in none."""
    if raw is None:
        return None
    members = [_member(one) for one in raw["members"]]
    members.sort(key=lambda member: (member.relation != "户主", member.since, str(member.person_id)))
    return HouseholdView(UUID(raw["id"]), raw["region_code"], raw["address"], tuple(members))


def account_views(raw: Sequence[Mapping[str, Any]] | None) -> tuple[BankAccountView, ...]:
    """Give the accounts of the JSON ``ACCOUNTS`` gives, newest first."""
    return tuple(_account(one) for one in raw or ())


def _member(raw: Mapping[str, Any]) -> MemberView:
    return MemberView(
        UUID(raw["person_id"]), raw["name"], _RELATIONS[raw["relation"]], date.fromisoformat(raw["since"])
    )


def _account(raw: Mapping[str, Any]) -> BankAccountView:
    return BankAccountView(
        id=UUID(raw["id"]),
        bank=raw["bank"],
        number_masked=mask_tail(raw["tail"], length=16),
        holder=raw["holder"],
        state=_STATES[raw["state"]],
        is_social_card=raw["is_social_card"],
        usable_from=_day(raw["usable_from"]),
        since=date.fromisoformat(raw["since"]),
        until=_day(raw["until"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
