"""Move a person, alone or with the whole household, to another village or household."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models.functions import Greatest
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.models import Household, HouseholdMember, Person
from hrss.foundation.people.policies import RECORDERS, refuse_own_affairs, require_post
from hrss.foundation.regions import queries as regions
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("people.move_household")
def move_household(
    person_id: UUID,
    *,
    actor: Actor,
    to_region: str,
    address: str = "",
    join: UUID | None = None,
    relation: str = HouseholdMember.Relation.HEAD,
    whole: bool = False,
    on: date | None = None,
    key: str = "",
) -> Outcome:
    """Move into a new household at ``address``, or ``join`` an existing one as ``relation``; ``whole`` takes everybody.

    The clerk of the place left does it; phones, accounts and addresses follow the person's region, the old membership
    ends the day before. Problems: ``people.not_found``, ``people.household``, ``people.move_date``, ``regions.…``.
    """
    day = on or timezone.localdate()
    person = person_to_change(person_id)
    require_post(actor, *RECORDERS, region=person.region_code, doing="办理户口迁移")
    refuse_own_affairs(actor, person.id)
    regions.require(to_region, level="village", on=day, field="to_region")
    if day > timezone.localdate():
        raise Problem("people.move_date", "迁移日期不能晚于今天", remedy="请改迁移日期", field="on")
    if join is None and not address.strip():
        raise Problem("people.household", "请填写新住址，或选择要迁入的户", field="address")
    with elevated(actor):  # the new village may be outside the clerk's region
        household = _household(to_region, address.strip(), join)
        moving = _moving(person, whole)
        relations = {row.person_id: row.relation for row in moving}
        _leave([row.id for row in moving], day)
        ids = list(relations) or [person.id]
        if not whole or not moving:
            relations = {person.id: HouseholdMember.Relation(relation)}
        for moved in ids:
            HouseholdMember.objects.create(
                household=household, person_id=moved, region_code=to_region, relation=relations[moved], since=day
            )
        for moved_person in Person.objects.select_for_update().filter(id__in=ids):
            _settle(moved_person, to_region)
    for moved in ids:
        audit.record(
            actor,
            "people.move_household",
            subject_kind="household",
            subject_id=household.id,
            person_id=moved,
            region=person.region_code,
            detail={"from": person.region_code, "to": to_region, "on": day},
        )
    announce("person.moved", {"persons": ids, "from": person.region_code, "to": to_region, "on": day}, actor=actor)
    return Outcome("household", str(household.id), data={"moved": [str(moved) for moved in ids]})


def _household(region: str, address: str, join: UUID | None) -> Household:
    if join is None:
        return Household.objects.create(region_code=region, address=address)
    household = Household.objects.filter(id=join, region_code=region).first()
    if household is None:
        raise Problem("people.household", "迁入的户不在所选村（社区）", remedy="请重新选择户", field="join")
    return household


def _moving(person: Person, whole: bool) -> list[HouseholdMember]:
    current = HouseholdMember.objects.select_for_update().filter(until=None)
    own = list(current.filter(person=person))
    return list(current.filter(household_id=own[0].household_id)) if own and whole else own


def _leave(memberships: list[UUID], day: date) -> None:
    """End memberships the day before; one that began that very day ends on it."""
    rows = HouseholdMember.objects.filter(id__in=memberships)
    rows.filter(since__gt=day).update(since=day)
    rows.update(until=Greatest("since", day - timedelta(days=1)))


def _settle(person: Person, region: str) -> None:
    at_home = person.residence_code == person.region_code
    person.region_code = region
    if at_home:
        person.residence_code = region
    person.save(update_fields=["region_code", "residence_code"])
