"""What the insurance domain answers for others through exchange: months of contributions, who is insured how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from hrss.domains.insurance import queries
from hrss.domains.insurance.models import ResidentEnrolment


def contribution_months_of_many(person_ids: Iterable[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Answer ``insurance.contribution_months``."""
    return {
        person: {
            "pension_months": found.pension,
            "unemployment_months": found.unemployment,
            "first_month": str(found.first),
            "last_month": str(found.last),
        }
        for person, found in queries.contribution_months(list(person_ids)).items()
    }


def insured_status_of_many(person_ids: Iterable[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Answer ``insurance.insured_status``; who was never insured has nothing on record."""
    people = list(person_ids)
    months, awards = queries.contribution_months(people), queries.running_awards(people)
    enrolled = {row.person_id: row for row in ResidentEnrolment.objects.filter(person_id__in=people, ended_on=None)}
    return {
        person: {
            "resident_since": enrolled[person].enrolled_on.isoformat() if person in enrolled else None,
            "employee_last_month": str(months[person].last) if person in months else None,
            "drawing": sorted(award.benefit for award in awards.get(person, ())),
        }
        for person in people
        if person in enrolled or person in months or person in awards
    }
