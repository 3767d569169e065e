"""Whom a question is about: found under the asker's own scope, with the key by which an agency knows them.

A subject the asker may not see does not exist for them. Id numbers are opened only for questions that go to an agency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hrss.exchange.catalogue.question import Question
from hrss.exchange.catalogue.question import Subject as SubjectKind
from hrss.foundation.crypto import open_sealed, ring_in_use
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.models import Household, Person
from hrss.foundation.people.models.person import ID_NUMBER


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """A subject with what the ledger's row-level security needs; ``key`` is an id number or credit code, or empty."""

    id: UUID
    kind: str
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    region_code: str = ""
    residence_code: str = ""
    key: str = ""


def resolve(question: Question, ids: Sequence[UUID]) -> dict[UUID, SubjectRef]:
    """Find the subjects among those the acting actor may see; who is not in the result does not exist for it."""
    if question.subject is SubjectKind.ORGANISATION:
        return _organisations(ids)
    if question.subject is SubjectKind.HOUSEHOLD:
        return _households(ids)
    return _people(ids, with_keys=question.source_kind == "agency")


def _people(ids: Sequence[UUID], *, with_keys: bool) -> dict[UUID, SubjectRef]:
    ring = ring_in_use() if with_keys else None
    rows = Person.objects.filter(id__in=ids).values_list("id", "region_code", "residence_code", "id_cipher")
    return {
        id: SubjectRef(
            id=id,
            kind=SubjectKind.PERSON,
            person_id=id,
            region_code=region,
            residence_code=residence,
            key=open_sealed(cipher, ring=ring, field=ID_NUMBER, owner=id) if ring else "",
        )
        for id, region, residence, cipher in rows
    }


def _organisations(ids: Sequence[UUID]) -> dict[UUID, SubjectRef]:
    rows = Organisation.objects.filter(id__in=ids).values_list("id", "region_code", "credit_code")
    return {
        id: SubjectRef(id, SubjectKind.ORGANISATION, organisation_id=id, region_code=region, key=code or "")
        for id, region, code in rows
    }


def _households(ids: Sequence[UUID]) -> dict[UUID, SubjectRef]:
    rows = Household.objects.filter(id__in=ids).values_list("id", "region_code")
    return {id: SubjectRef(id, SubjectKind.HOUSEHOLD, region_code=region) for id, region in rows}
