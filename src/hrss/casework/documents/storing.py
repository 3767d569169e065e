"""Storing a document through the foundation's files."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.models import Case
from hrss.foundation.files.services import store
from hrss.kernel.actor import Actor


def store_pdf(content: bytes, name: str, case: Case, *, actor: Actor) -> UUID:
    """Store a PDF for a case and give its file id."""
    card = store(
        content,
        name,
        actor=actor,
        region=case.region_code,
        person_id=case.applicant_person_id,
        organisation_id=case.applicant_organisation_id,
        kinds=("pdf",),
    )
    return card.id
