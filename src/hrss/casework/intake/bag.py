"""The e-file bag: files and documents a person has already handed in or been given, so that nothing is asked twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.casework.handlers import Subject
from hrss.casework.models import Document, Material


@dataclass(frozen=True, slots=True)
class BagItem:
    """One thing in the bag: a material of an earlier case or an issued document."""

    id: UUID
    code: str
    name: str
    file_id: UUID
    sha256: str
    source: str
    as_of: date


def bag_of(subject: Subject) -> list[BagItem]:
    """Give everything in a person's or organisation's bag, newest first."""
    whose = _whose(subject)
    materials = Material.objects.filter(whose, file_id__isnull=False).exclude(state="broken").select_related("case")
    documents = Document.objects.filter(whose).select_related("case")
    found = [
        BagItem(row.id, row.code, row.name, row.file_id, row.sha256, row.case.number, _day(row.created_at))
        for row in materials
        if row.file_id is not None
    ]
    found += [
        BagItem(row.id, row.rule, row.name, row.file_id, row.sha256, row.case.number, row.issued_on)
        for row in documents
    ]
    return sorted(found, key=lambda one: (one.as_of, str(one.id)), reverse=True)


def newest(subject: Subject, code: str) -> BagItem | None:
    """Give the newest thing of a kind."""
    return next((one for one in bag_of(subject) if one.code == code), None)


def has_broken_promise(subject: Subject) -> bool:
    """Tell whether a promise of this person or organisation was found false: then no further promise is taken."""
    return Material.objects.filter(_whose(subject), state="broken").exists()


def _whose(subject: Subject) -> Q:
    if subject.organisation_id is not None:
        return Q(case__applicant_organisation=subject.organisation_id)
    return Q(case__applicant_person=subject.person_id)


def _day(moment: object) -> date:
    return timezone.localdate(moment)  # type: ignore[arg-type]
