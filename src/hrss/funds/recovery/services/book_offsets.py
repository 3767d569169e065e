"""Note what a run kept back for debts (抵扣入账): once its bank answered, each kept line reduces its debt, once."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.ledger.models import Entry
from hrss.funds.payables.deductions import lower_deduction
from hrss.funds.payables.models import Payment
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.effects import settle_if_paid
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.models import Debt, Movement
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome

ANSWERED = (Payment.State.PAID, Payment.State.RETURNED)


@verb("recovery.book_offsets")
def book_offsets(*, actor: Actor, run_id: UUID) -> Outcome:
    """Reduce the debts a run kept something for; a retried payment kept nothing new. A second call changes nothing."""
    kept = Payment.objects.filter(run_id=run_id, state__in=ANSWERED, deducted__gt=0, was_returned=False)
    fresh = 0
    for payment in kept.select_related("deduction").order_by("deduction__reference", "id"):
        fresh += _reduce(payment)
    detail = {"run": str(run_id), "movements": fresh}
    audit.record(actor, "recovery.book_offsets", subject_kind="pay_run", subject_id=run_id, detail=detail)
    return Outcome("pay_run", str(run_id), data=detail)


def _reduce(payment: Payment) -> int:
    if payment.deduction is None:
        return 0
    debt = debt_to_change(payment.deduction.reference)
    if Movement.objects.filter(debt=debt, payment=payment).exists():
        return 0
    entry = Entry.objects.get(source_id="payrun", reference=payment.run_number)
    with told(REFUSALS):
        _insert(debt, payment, entry)
    lower_deduction(debt.id, outstanding(debt))
    settle_if_paid(debt)
    return 1


def _insert(debt: Debt, payment: Payment, entry: Entry) -> None:
    Movement.objects.create(
        debt=debt,
        person_id=debt.person_id,
        region_code=debt.region_code,
        kind=Movement.Kind.OFFSET,
        amount=payment.deducted,
        on=entry.on,
        payment=payment,
        entry=entry,
    )
