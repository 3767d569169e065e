"""Declare a conflict: a clerk's relative or interest goes into the register, and the database keeps them apart."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.models import ConflictDeclaration
from hrss.foundation.audit import record
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.declare_conflict")
def declare_conflict(
    other_person_id: UUID, relation: str, *, actor: Actor, organisation_id: UUID | None = None
) -> Outcome:
    """Declare that the actor must not handle a person's affairs; ``relation`` is relative or interest."""
    if actor.person is None or relation not in ConflictDeclaration.Relation.values:
        raise Problem("conflict.relation", "请选择关系", field="relation")
    own = Person.objects.filter(id=actor.person).first()
    region = own.region_code if own else (actor.regions[0] if actor.regions else "")
    row = ConflictDeclaration.objects.create(
        person_id=actor.person,
        other_person_id=None if organisation_id else other_person_id,
        other_organisation_id=organisation_id,
        relation=relation,
        region_code=region,
    )
    record(actor, "casework.declare_conflict", subject_kind="conflict", subject_id=row.id, region=region)
    return Outcome("conflict", str(row.id))
