"""people.basic: what the register of people already knows, so that nobody has to write it down again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from hrss.foundation.people.models import Person

_FIELDS = ("name", "sex", "nation", "hukou", "region_code", "residence_code", "education")


def basic_facts(person_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Give the basic facts of those people the acting actor may see."""
    rows = Person.objects.filter(id__in=list(person_ids)).values("id", "birth_date", "death_date", *_FIELDS)
    return {
        row["id"]: {name: row[name] for name in _FIELDS}
        | {
            "birth_date": row["birth_date"].isoformat(),
            "death_date": row["death_date"].isoformat() if row["death_date"] else None,
        }
        for row in rows
    }
