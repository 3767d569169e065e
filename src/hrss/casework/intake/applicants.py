"""Applicants: for whom an application is, who types it, and where it is handled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.casework.handlers import Subject
from hrss.casework.intake.policies import may_apply_for_others
from hrss.casework.items.definition import ItemDefinition
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.models import Person
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whom a case is for, with the snapshot a case keeps; ``agent_person`` is a delegate who types for them."""

    person: UUID | None
    organisation: UUID | None
    agent_person: UUID | None
    name: str
    tail: str
    region_code: str

    @property
    def subject(self) -> Subject:
        """The subject handlers and questions know."""
        return Subject(self.person, self.organisation, self.region_code)


def applicant_of(
    item: ItemDefinition, *, actor: Actor, person_id: UUID | None = None, organisation_id: UUID | None = None
) -> Applicant:
    """Give the applicant. Public users apply for themselves or whom they act for; clerks name whom they serve.

    Problems: ``casework.applicant_kind`` (the item is not for persons / organisations), ``casework.no_applicant``,
    ``access.refused``, ``access.not_delegated``, ``people.not_found``.
    """
    person, organisation = _named(actor, person_id, organisation_id)
    check_entrusted(item.code, item.name, actor=actor)
    wanted = "organisation" if organisation is not None else "person"
    if wanted not in item.applicant:
        raise _wrong_kind(item)
    if organisation is not None:
        return _organisation(organisation, actor)
    if person is None:
        raise Problem(
            "casework.no_applicant",
            "还不知道是给谁办",
            remedy="请先登录，或者在窗口先查到要服务的人",
            field="person_id",
        )
    return _person(person, actor)


def _named(actor: Actor, person_id: UUID | None, organisation_id: UUID | None) -> tuple[UUID | None, UUID | None]:
    if actor.kind in (ActorKind.STAFF, ActorKind.SYSTEM):
        return person_id, organisation_id
    own = (actor.subject_person, actor.acting_for_organisation)
    asked_other = (person_id not in (None, own[0])) or (organisation_id not in (None, own[1]))
    if asked_other:
        raise _refused()
    return (None, own[1]) if own[1] is not None else (own[0], None)


def check_entrusted(code: str, name: str, *, actor: Actor) -> None:
    """Refuse a service the one acted for has not entrusted. Problem ``access.not_delegated`` (403)."""
    if actor.kind is ActorKind.PUBLIC and not actor.may_do(code):
        raise Problem(
            "access.not_delegated",
            f"委托里没有“{name}”",
            rule="受托人只能办理委托书写明的事项",
            remedy="请委托人重新委托，把这个事项加进去",
            status=403,
        )


def _person(person_id: UUID, actor: Actor) -> Applicant:
    row = Person.objects.filter(id=person_id).first()
    if row is None:
        raise _unknown()
    region = row.residence_code or row.region_code
    if actor.kind is ActorKind.STAFF and not may_apply_for_others(actor, region):
        raise _refused()
    if row.death_date is not None:
        raise Problem(
            "casework.applicant_died", "登记信息显示申请人已经去世，不能申请", remedy="信息有误的，请带户口簿到窗口核对"
        )
    agent = actor.person if actor.acting_for_person is not None else None
    return Applicant(row.id, None, agent, row.name, row.id_tail, region)


def _organisation(organisation_id: UUID, actor: Actor) -> Applicant:
    row = Organisation.objects.filter(id=organisation_id).first()
    if row is None:
        raise _unknown()
    if actor.kind is ActorKind.STAFF and not may_apply_for_others(actor, row.region_code):
        raise _refused()
    agent = actor.person if actor.kind is ActorKind.PUBLIC else None
    return Applicant(None, row.id, agent, row.name, (row.credit_code or "")[-4:], row.region_code)


def region_of(item: ItemDefinition, applicant: Applicant, data: Mapping[str, Any], *, asked: str = "") -> str:
    """Give where a case is handled: as asked, from the form field the item names, else where the applicant is."""
    field = item.regions.get("from", "")
    return asked or str(data.get(field) or "") or applicant.region_code


def _wrong_kind(item: ItemDefinition) -> Problem:
    who = "单位" if item.applicant == ("organisation",) else "个人"
    return Problem(
        "casework.applicant_kind",
        f"“{item.name}”由{who}申请",
        rule="事项的服务对象",
        remedy="请用单位账号办理" if who == "单位" else "请用个人账号办理",
        status=409,
    )


def _unknown() -> Problem:
    return Problem(
        "people.not_found", "查不到申请人，或者不在您的管辖区域", remedy="请核对信息；跨区域的请到当地办理", status=404
    )


def _refused() -> Problem:
    return Problem(
        "access.refused",
        "不能替别人办理",
        rule="本人办理，或者有授权委托、由窗口和村级协办人员代办",
        remedy="请先办理授权委托，或者到窗口办理",
        status=403,
    )
