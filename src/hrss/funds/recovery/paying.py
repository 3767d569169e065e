"""Paying back through the payment channel: a bill that outlives the request, the channel asked outside any transaction.

An answer that got lost is asked for again under the same bill: the channel takes the money once.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.people.elevation import as_actor
from hrss.funds.banking.channel import pay
from hrss.funds.banking.collecting import CHANNEL
from hrss.funds.banking.models import Collection
from hrss.funds.recovery.models import Debt
from hrss.funds.recovery.services.bill_debt import purpose_of
from hrss.funds.recovery.services.receive_refund import receive_refund
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

ROBOT = system_actor("recovery.paying")


def pay_back(debt_id: UUID, bill_id: UUID, *, actor: Actor) -> Outcome:
    """Have the channel take the money of a bill of this debt. Problems ``recovery.bill``, ``banking.channel`` (503)."""
    with as_actor(actor):
        debt = Debt.objects.filter(id=debt_id).first()
        bill = Collection.objects.filter(id=bill_id, purpose=purpose_of(debt)).first() if debt else None
    if debt is None or bill is None or bill.fund != debt.fund:
        raise Problem("recovery.bill", "没有这张退款单", remedy="请从“我要退的钱”重新开始", status=404)
    reference = pay(str(bill.id), bill.amount)
    return receive_refund(
        debt.id, actor=ROBOT, bill=bill, channel=CHANNEL, channel_reference=reference, on=timezone.localdate()
    )
