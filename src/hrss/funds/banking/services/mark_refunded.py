"""Note that what came twice went back (重复缴款退回), and take it off the suspense account."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.banking.models import Receipt
from hrss.funds.banking.services.record_receipt import BANK, SUSPENSE
from hrss.funds.ledger.posting import Line, post
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("banking.mark_refunded")
def mark_refunded(receipt_id: UUID, *, actor: Actor) -> Outcome:
    """Post the refund of a surplus receipt. Problem ``banking.no_surplus`` (409) where there is none to refund."""
    row = Receipt.objects.select_for_update().filter(id=receipt_id, surplus=True, refunded_at=None).first()
    if row is None:
        raise Problem("banking.no_surplus", "没有要退回的重复缴款", remedy="请刷新页面", status=409)
    row.refunded_at = timezone.now()
    row.save(update_fields=["refunded_at"])
    reference = f"{row.channel}:{row.channel_reference}:refund"
    lines = [
        Line(SUSPENSE, debit=row.amount, person_id=row.person_id, region_code=row.region_code, reference=reference),
        Line(BANK, credit=row.amount, person_id=row.person_id, region_code=row.region_code, reference=reference),
    ]
    post(
        actor=actor,
        fund=row.fund,
        on=timezone.localdate(),
        lines=lines,
        source="receipt",
        reference=reference,
        text="重复缴款退回",
    )
    audit.record(
        actor,
        "banking.mark_refunded",
        subject_kind="receipt",
        subject_id=row.id,
        person_id=row.person_id,
        region=row.region_code,
        detail={"fen": row.amount},
    )
    return Outcome("receipt", str(row.id), row.channel_reference, {"fen": row.amount})
