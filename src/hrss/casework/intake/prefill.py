"""Known values: what the form can show instead of asking, each with who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from hrss.casework.handlers import Prefilled, Subject, handler_of
from hrss.casework.intake.applicants import applicant_of
from hrss.casework.intake.fields import fields_of
from hrss.casework.items.definition import ItemDefinition
from hrss.foundation.people import queries as people
from hrss.kernel.actor import Actor

_REGISTER = "人员基本信息库"


def prefill_of(
    item: ItemDefinition, *, actor: Actor, person_id: UUID | None = None, organisation_id: UUID | None = None
) -> dict[str, Prefilled]:
    """Give known values by field name; a field nobody knows is left out."""
    applicant = applicant_of(item, actor=actor, person_id=person_id, organisation_id=organisation_id)
    return known_of(item, applicant.subject, actor=actor)


def known_of(item: ItemDefinition, subject: Subject, *, actor: Actor) -> dict[str, Prefilled]:
    """Give known values of a subject ``applicant_of`` has given."""
    wanted = {field.name: field.prefill for field in fields_of(item.form) if field.prefill}
    if not wanted:
        return {}
    known = dict(handler_of(item.handler).prefill(subject, actor=actor)) if item.handler else {}
    for key in set(wanted.values()) - set(known):
        find = _PEOPLE.get(key)
        if find is not None and subject.person_id is not None:
            found = find(subject, actor)
            if found:
                known[key] = Prefilled(found, _REGISTER)
    return {name: known[key] for name, key in wanted.items() if key in known}


def prefill_of_all(
    items: Iterable[ItemDefinition], *, actor: Actor, person_id: UUID | None = None, organisation_id: UUID | None = None
) -> dict[str, Prefilled]:
    """Give known values of one form for several items."""
    found = (prefill_of(one, actor=actor, person_id=person_id, organisation_id=organisation_id) for one in items)
    return {name: value for known in found for name, value in known.items()}


def _phone(subject: Subject, actor: Actor) -> Any:
    return people.reveal_phone(subject.person_id, actor=actor) if subject.person_id else ""


def _residence(subject: Subject, actor: Actor) -> Any:
    if subject.person_id is None:
        return ""
    person = people.person_by_id(subject.person_id, actor=actor, what="casework.prefill")
    code = person.residence_code or person.region_code
    return code if len(code) == 12 else ""


def _household(subject: Subject, actor: Actor) -> Any:
    household = people.household_of(subject.person_id, actor=actor) if subject.person_id else None
    return [{"name": member.name} for member in household.members] if household else []


_PEOPLE: Mapping[str, Callable[[Subject, Actor], Any]] = {
    "people.phone": _phone,
    "people.residence_code": _residence,
    "people.household_members": _household,
}
