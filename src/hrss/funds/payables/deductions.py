"""Keeping part of a benefit for a debt: begin, lower, end. Called inside the verbs of recovery, in their transaction.

The row is locked by whoever looks at what is owed and by each snapshot, so that a refund and a pay run never take the
same fen. It refuses a second deduction from one benefit.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from hrss.foundation.refusals import told
from hrss.funds.payables.fetching import entitlement_to_change
from hrss.funds.payables.models import Deduction, Payment
from hrss.funds.payables.refusals import REFUSALS


def start_deduction(*, reference: UUID, entitlement_id: UUID, share: int, most: int) -> None:
    """Keep ``share`` (millionths) of each month, ``most`` fen in all. Problem ``payables.one_deduction`` (409)."""
    end_deduction(reference)
    row = entitlement_to_change(entitlement_id)
    with told(REFUSALS):
        Deduction.objects.create(
            reference=reference,
            entitlement=row,
            person_id=row.person_id,
            region_code=row.region_code,
            share=share,
            most=most,
        )


def lock_deduction(reference: UUID) -> Deduction | None:
    """Lock the live deduction of a debt: from now on no snapshot takes from it."""
    return Deduction.objects.select_for_update().filter(reference=reference, ended_at=None).first()


def lower_deduction(reference: UUID, owed: int) -> None:
    """Let no more than ``owed`` fen be taken from now on; nothing owed ends it."""
    row = lock_deduction(reference)
    if row is None:
        return
    row.most = taken(row) + owed
    row.ended_at = None if owed else timezone.now()
    row.save(update_fields=["most", "ended_at"])


def end_deduction(reference: UUID) -> None:
    """Take nothing any more; what is on its way stays."""
    row = lock_deduction(reference)
    if row is not None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])


def taken(row: Deduction) -> int:
    """Give the fen kept by payments that are live or wait to be paid again."""
    live = Payment.objects.filter(deduction=row, settled=False).exclude(state=Payment.State.DROPPED)
    return int(live.aggregate(sum=Sum("deducted"))["sum"] or 0)
