"""Taking in contributions: what a resident pays comes through the payment channel of the funds, once.

Not verbs: they run inside one. A payment is billed first (a collection that outlives the request), then taken: asking
the channel again under the same bill takes the money once.
"""

from __future__ import annotations

from uuid import UUID

from hrss.funds.banking.collecting import ask_payment, collect
from hrss.funds.banking.models import Collection
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

RESIDENTS = "resident_pension"


def bill(person_id: UUID, *, actor: Actor, fen: int, purpose: str) -> UUID:
    """Make the bill of a payment; gives its id."""
    return UUID(ask_payment(actor=actor, fund=RESIDENTS, person_id=person_id, fen=fen, purpose=purpose).id)


def take(bill_id: UUID, person_id: UUID, *, actor: Actor, fen: int) -> str:
    """Have the channel take the money of a bill; gives the receipt. Problem where the bill is another's or for less."""
    known = Collection.objects.filter(id=bill_id, person_id=person_id, fund=RESIDENTS, amount=fen).exists()
    done = collect(bill_id, actor=actor) if known else None
    if done is None or done.data["surplus"]:
        raise Problem(
            "insurance.bill",
            "这张缴款单和要缴的钱对不上，或者已经缴过",
            rule="一张缴款单只缴一次，金额按所选档次算出",
            remedy="请回到缴费页面重新选档次；多扣的会自动退回",
            status=409,
        )
    return done.id
