"""Collecting: from a payment somebody is asked to make to its receipt in the books.

The channel is asked outside any transaction; what it answers is recorded by the system, once per reference. An
answer that got lost is asked for again under the same reference: the channel takes the money once.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.people.elevation import as_actor
from hrss.funds.banking.channel import pay, refund
from hrss.funds.banking.models import Collection, Receipt
from hrss.funds.banking.services.ask_payment import ask_payment
from hrss.funds.banking.services.mark_refunded import mark_refunded
from hrss.funds.banking.services.record_receipt import record_receipt
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

__all__ = ["ask_payment", "collect", "receipts_of", "record_receipt", "refund_surplus"]

ROBOT = system_actor("banking.collecting")
CHANNEL = "simulated"


def collect(collection_id: UUID, *, actor: Actor) -> Outcome:
    """Have the channel take the money of a collection the actor may see, and record the receipt.

    Problems: ``banking.no_collection`` (404), ``banking.channel`` (503: nothing was taken, or it will be found again).
    """
    with as_actor(actor):
        found = Collection.objects.filter(id=collection_id).first()
    if found is None:
        raise Problem("banking.no_collection", "没有这张缴款单", remedy="请从缴费页面重新开始", status=404)
    return record_receipt(
        actor=ROBOT,
        fund=found.fund,
        person_id=found.person_id,
        fen=found.amount,
        channel=CHANNEL,
        channel_reference=pay(str(found.id), found.amount),
        purpose=found.purpose,
        on=timezone.localdate(),
        collection_id=found.id,
    )


def refund_surplus() -> int:
    """Give back what came twice; gives how many. A refund the channel did not take is tried again next time."""
    with as_actor(ROBOT):
        waiting = list(Receipt.objects.filter(surplus=True, refunded_at=None).order_by("at")[:500])
    for receipt in waiting:
        refund(receipt.channel_reference, receipt.amount)
        mark_refunded(receipt.id, actor=ROBOT)
    return len(waiting)


def receipts_of(person_id: UUID, *, actor: Actor) -> list[Receipt]:
    """Give what a person paid, newest first (own rows or those in the actor's scope)."""
    with as_actor(actor):
        return list(Receipt.objects.filter(person_id=person_id).order_by("-on", "-id")[:200])
