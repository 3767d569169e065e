"""One document of a case, for handing over. Row-level security decides; staff leave a read event."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.models import Document
from hrss.foundation import audit
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem


def document(document_id: UUID, *, actor: Actor) -> Document:
    """Give a document within the actor's scope; Problem ``document.not_found`` (404)."""
    found = Document.objects.select_related("case").filter(id=document_id).first()
    if found is None:
        raise Problem("document.not_found", "没有这份文书，或者不在您的范围", remedy="请从办件进入", status=404)
    if actor.kind is not ActorKind.PUBLIC or actor.acting_for_person is not None:
        case = found.case
        audit.read(
            actor if actor.purpose else actor.for_purpose(f"case:{case.number}"),
            person_id=case.applicant_person_id,
            what="casework.document",
            subject_kind="document",
            subject_id=found.id,
            region=case.region_code,
        )
    return found
