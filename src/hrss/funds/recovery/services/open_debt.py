"""Open a debt (登记多发待遇): months paid after the last month due, exactly as they were paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.fetching import entitlement_to_change
from hrss.funds.payables.models import Entitlement
from hrss.funds.payables.refusals import REFUSALS as ORIGINS
from hrss.funds.recovery.measuring import record
from hrss.funds.recovery.models import Debt, DebtLine
from hrss.funds.recovery.opening import Found, paid_after
from hrss.funds.recovery.refusals import REFUSALS
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("recovery.open_debt")
def open_debt(*, actor: Actor, entitlement_id: UUID) -> Outcome:
    """Open what is not claimed yet of an entitlement's months after its last one; none left is no debt (``opened``).

    The stop decided the last month and says why; the amounts are those of the paid lines. Only the system opens debts:
    a clerk cannot claim an amount. Problems ``recovery.by_hand`` (403), ``payables.not_found`` (404).
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Problem(
            "recovery.by_hand",
            "多发待遇由系统按已发放的明细登记，不能手工填写金额",
            rule="B03：停发时间早于已发放月份的，自动登记追回",
            remedy="请办理停发，或者按重新核定登记",
            status=403,
        )
    row = entitlement_to_change(entitlement_id)
    found = paid_after(row)
    if not found:
        record_nothing(row, actor=actor)
        return Outcome("entitlement", str(row.id), data={"opened": False})
    debt = write_debt(row, found, Debt.Origin.STOPPED, reason=row.stop_reason, evidence=row.stop_evidence)
    record(debt, "recovery.open_debt", actor=actor, detail={"debt": debt.number, "fen": debt.amount})
    return Outcome("debt", str(debt.id), debt.number, {"opened": True, "fen": debt.amount})


def write_debt(
    row: Entitlement,
    found: Sequence[Found],
    origin: Debt.Origin,
    *,
    reason: str,
    evidence: Mapping[str, Any],
    case_id: UUID | None = None,
) -> Debt:
    """Insert a debt with its lines; the entitlement is locked. Problem ``recovery.claimed_once`` (409)."""
    with told(ORIGINS | REFUSALS):
        debt = Debt.objects.create(
            person_id=row.person_id,
            region_code=row.region_code,
            fund=benefit_of(row.benefit).fund,
            benefit=row.benefit,
            entitlement=row,
            origin=origin,
            reason=reason[:200],
            evidence=dict(evidence),
            case_id=case_id,
            amount=sum(one.amount for one in found),
        )
        DebtLine.objects.bulk_create([_line(debt, one) for one in found])
    debt.refresh_from_db(fields=["number"])
    return debt


def record_nothing(row: Entitlement, *, actor: Actor) -> None:
    """Leave the event that nothing was paid beyond the last month, or all of it is claimed already."""
    debt = Debt(id=row.id, person_id=row.person_id, region_code=row.region_code)
    record(debt, "recovery.nothing_owed", actor=actor, detail={"benefit": row.benefit})


def _line(debt: Debt, one: Found) -> DebtLine:
    return DebtLine(
        debt=debt,
        person_id=debt.person_id,
        region_code=debt.region_code,
        payment=one.payment,
        month=one.payment.month,
        paid=one.payment.amount,
        due=one.due,
        amount=one.amount,
        part=one.part,
        explanation=dict(one.explanation),
    )
