"""Whom a case is about: the applicant, or somebody of the family whose name and number the form gives."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.handlers import CaseFacts
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.foundation.people.searching import cards_by_id_number
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def applicant_of(case: CaseFacts) -> UUID:
    """Give the applicant's person."""
    if case.person_id is None:
        raise Problem("insurance.person_needed", "这个事项要由本人或家人申请", remedy="请选择办理对象")
    return case.person_id


def person_of(person_id: UUID, *, actor: Actor) -> Person:
    """Give a person whatever the officer's region: the case says whom it is about."""
    with elevated(actor):
        return Person.objects.get(id=person_id)


def named_person(case: CaseFacts, *, actor: Actor) -> Person:
    """Give the person the form names. Problem where number and name do not fit one record."""
    with elevated(actor):
        cards = cards_by_id_number(str(case.data["subject_id"]))
        person = Person.objects.filter(id=cards[0].id).first() if cards else None
    if person is None or person.name != str(case.data["subject_name"]).strip():
        raise Problem(
            "insurance.subject_unknown",
            "姓名和身份证号对不上，或者没有这个人的档案",
            rule="社会保险经办条例第九条：申报信息与共享信息核对",
            remedy="请照身份证填写",
            field="subject_id",
        )
    return person
