"""Take in a refund (退回到账): the channel's answer becomes a receipt, an entry and a movement, once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.banking.models import Collection
from hrss.funds.banking.services import record_receipt
from hrss.funds.ledger.models import Entry
from hrss.funds.payables.deductions import lock_deduction, lower_deduction
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.booking import BANK, CLAIM
from hrss.funds.recovery.effects import settle_if_paid
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import record
from hrss.funds.recovery.models import Debt, Movement
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("recovery.receive_refund")
def receive_refund(
    debt_id: UUID, *, actor: Actor, bill: Collection, channel: str, channel_reference: str, on: date
) -> Outcome:
    """Record what the channel took for ``bill``; more than is owed waits to go back (``surplus``).

    The same reference again changes nothing. The actor is the system (F11). Problems of ``banking.record_receipt``.
    """
    debt = debt_to_change(debt_id)
    lock_deduction(debt.id)
    over = debt.state != Debt.State.DECIDED or bill.amount > outstanding(debt)
    receipt = record_receipt(
        actor=actor,
        fund=debt.fund,
        person_id=bill.person_id,
        fen=bill.amount,
        channel=channel,
        channel_reference=channel_reference,
        purpose=bill.purpose,
        on=on,
        collection_id=bill.id,
        income_account=CLAIM,
        bank_account=BANK,
        source="refund",
        surplus=over,
    )
    if not (receipt.data["surplus"] or receipt.data["repeated"]):
        _reduce(debt, UUID(receipt.id), bill.amount, f"{channel}:{channel_reference}", on)
    detail = {"debt": debt.number, "fen": bill.amount, "surplus": receipt.data["surplus"]}
    record(debt, "recovery.receive_refund", actor=actor, detail=detail)
    return Outcome("debt", str(debt.id), debt.number, dict(receipt.data))


def _reduce(debt: Debt, receipt_id: UUID, fen: int, reference: str, on: date) -> None:
    with told(REFUSALS):
        Movement.objects.create(
            debt=debt,
            person_id=debt.person_id,
            region_code=debt.region_code,
            kind=Movement.Kind.REFUND,
            amount=fen,
            on=on,
            receipt_id=receipt_id,
            entry=Entry.objects.get(source_id="refund", reference=reference),
        )
    lower_deduction(debt.id, outstanding(debt))
    settle_if_paid(debt)
