"""Finding what was paid too much: whole months after the last one due, or the part a new calculation does not bear out.

What an earlier debt claims already is not claimed again, unless that debt was dropped or cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Sum

from hrss.funds.benefits import Amount, EntitlementFacts, benefit_of
from hrss.funds.payables.models import Entitlement, Payment
from hrss.funds.recovery.amounts import overpaid
from hrss.funds.recovery.models import Debt, DebtLine
from hrss.kernel.months import YearMonth

NOTHING = Amount(0, "", "", {})
VOID = (Debt.State.DROPPED, Debt.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Found:
    """A paid line and the fen of it that were not due; ``due`` is what the rule finds, with its basis.

    ``part`` of ``amount`` was booked apart (``benefits.Benefit.part``).
    """

    payment: Payment
    due: int
    amount: int
    part: int
    explanation: Mapping[str, Any]


def paid_after(entitlement: Entitlement) -> list[Found]:
    """Give what was paid after the last month due, in the order of the months."""
    if entitlement.last is None:
        return []
    paid = _paid(entitlement).filter(month__gt=entitlement.last)
    return list(_unclaimed((payment, NOTHING) for payment in paid))


def paid_above(entitlement: Entitlement, since: YearMonth, until: YearMonth, facts: Mapping[str, Any]) -> list[Found]:
    """Give what was paid above what the rule finds on ``facts``, month by month."""
    paid = _paid(entitlement).filter(month__range=(since.index, until.index))
    return list(_unclaimed(_recomputed(entitlement, list(paid), facts)))


def overpaid_in_run(run_id: UUID) -> list[UUID]:
    """Give the entitlements a run paid beyond their last month."""
    paid = Payment.objects.filter(run_id=run_id, state=Payment.State.PAID, month__gt=F("entitlement__last"))
    return sorted(set(paid.values_list("entitlement_id", flat=True)))


def _paid(entitlement: Entitlement) -> Any:
    return Payment.objects.filter(entitlement=entitlement, state=Payment.State.PAID).order_by("month", "id")


def _recomputed(
    entitlement: Entitlement, paid: Sequence[Payment], facts: Mapping[str, Any]
) -> Iterator[tuple[Payment, Amount]]:
    benefit = benefit_of(entitlement.benefit)
    for payment in paid:
        month = YearMonth.from_index(payment.month)
        one = EntitlementFacts(entitlement.id, entitlement.person_id, benefit.code, month, facts)
        yield payment, benefit.compute(month, [one]).get(one.id, NOTHING)


def _unclaimed(rows: Iterable[tuple[Payment, Amount]]) -> Iterator[Found]:
    found = list(rows)
    claims = DebtLine.objects.filter(payment__in=[row[0].id for row in found]).exclude(debt__state__in=VOID)
    sums = claims.values("payment_id").annotate(whole=Sum("amount"), apart=Sum("part"))
    claimed = {row["payment_id"]: (row["whole"], row["apart"]) for row in sums}
    for payment, due in found:
        whole, apart = claimed.get(payment.id, (0, 0))
        amount = overpaid(payment.amount, due.fen + whole)
        if amount:
            part = payment.part - due.part - apart if payment.part else 0  # older payments have none
            yield Found(payment, due.fen, amount, part, due.explanation)
