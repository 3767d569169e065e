"""Make the bill of a debt or a part of it (开退款单): for the debtor or the heir, never above what is owed."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.verbs import verb
from hrss.funds.banking.services import ask_payment
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import record
from hrss.funds.recovery.models import Debt
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


def purpose_of(debt: Debt) -> str:
    """Give what the bill is for; the debt's number ties the money to it."""
    return f"退回多发待遇 {debt.number}"


@verb("recovery.bill_debt")
def bill_debt(debt_id: UUID, *, actor: Actor, fen: int, key: str = "") -> Outcome:
    """Make a bill of ``fen``. Problems ``recovery.amount``, ``recovery.state`` (409), ``recovery.not_found`` (404)."""
    debt = debt_to_change(debt_id, Debt.State.DECIDED)
    owed = outstanding(debt)
    if not 0 < fen <= owed:
        raise Problem(
            "recovery.amount",
            f"现在还要退 {yuan(owed)} 元，填写的是 {yuan(fen)} 元",
            rule="追回不超过多发的金额",
            remedy="请填写不超过尚欠的金额",
            field="amount",
        )
    payer = debt.heir_id or debt.person_id
    bill = ask_payment(actor=actor, fund=debt.fund, person_id=payer, fen=fen, purpose=purpose_of(debt))
    record(debt, "recovery.bill_debt", actor=actor, detail={"debt": debt.number, "fen": fen, "bill": bill.id})
    return Outcome("collection", bill.id, debt.number, {"fen": fen})
