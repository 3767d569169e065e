"""Where a case stands, as far as permissions need to know."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """What permissions need to know of a case."""

    state: str
    line: str
    region_code: str
    suspended_from: str
    applicant_person: UUID | None
    applicant_organisation: UUID | None
    shared_with: tuple[str, ...] = ()
