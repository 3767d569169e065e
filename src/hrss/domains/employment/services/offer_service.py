"""Offer a person a job, course or counselling, and keep the answer: refusals count (拒绝服务)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.domains.employment.models import ServiceOffer, UnemploymentRegistration
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("employment.offer_service")
def offer_service(person_id: UUID, *, actor: Actor, region_code: str, kind: str, text: str, on: date) -> Outcome:
    """Record the offer; it counts as contact with the service (last_contact_on)."""
    row = ServiceOffer.objects.create(person_id=person_id, region_code=region_code, kind=kind, text=text, offered_on=on)
    UnemploymentRegistration.objects.filter(person_id=person_id, ended_on=None).update(last_contact_on=on)
    _tell(actor, "employment.offer_service", row)
    return Outcome("service_offer", str(row.id))


@verb("employment.answer_offer")
def answer_offer(offer_id: UUID, *, actor: Actor, accepted: bool, on: date) -> Outcome:
    """Record whether the person took the offer; an answer is given once."""
    row = ServiceOffer.objects.select_for_update().filter(id=offer_id).first()
    if row is None or row.accepted is not None:
        raise Problem(
            "employment.offer_answered",
            "这次服务已经有答复",
            remedy="请看服务记录里的答复；再提供一次请新建",
            status=409,
        )
    row.accepted, row.answered_on = accepted, on
    row.save(update_fields=["accepted", "answered_on"])
    _tell(actor, "employment.answer_offer", row)
    return Outcome("service_offer", str(row.id), data={"accepted": accepted})


def _tell(actor: Actor, action: str, row: ServiceOffer) -> None:
    audit.record(
        actor,
        action,
        subject_kind="service_offer",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"kind": row.kind},
    )
