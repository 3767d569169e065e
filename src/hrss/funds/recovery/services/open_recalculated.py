"""Open a debt from a new calculation (重新核定多发): corrected facts of past months, decided in a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.payables.fetching import entitlement_to_change
from hrss.funds.recovery.measuring import MAKERS, record, words
from hrss.funds.recovery.models import Debt
from hrss.funds.recovery.opening import paid_above
from hrss.funds.recovery.services.open_debt import record_nothing, write_debt
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome


@verb("recovery.open_recalculated")
def open_recalculated(
    *,
    actor: Actor,
    entitlement_id: UUID,
    since: YearMonth,
    until: YearMonth,
    facts: Mapping[str, Any],
    reason: str,
    case_id: UUID,
    key: str = "",
) -> Outcome:
    """Claim what was paid above what the rule finds on the corrected ``facts``, month by month.

    The database looks whether the case was granted to this person by three persons. A manual amount is impossible
    (B01). Problems ``recovery.reason``, ``payables.not_granted|three_persons``, ``payables.not_found`` (404).
    """
    row = entitlement_to_change(entitlement_id)
    require(actor, *MAKERS, region=row.region_code, doing="登记重新核定的多发待遇")
    text = words(reason, field="reason", what="重新核定的原因")
    found = paid_above(row, since, until, facts)
    if not found:
        record_nothing(row, actor=actor)
        return Outcome("entitlement", str(row.id), data={"opened": False})
    evidence = {"facts": dict(facts), "since": str(since), "until": str(until)}
    debt = write_debt(row, found, Debt.Origin.RECALCULATED, reason=text, evidence=evidence, case_id=case_id)
    record(debt, "recovery.open_recalculated", actor=actor, detail={"debt": debt.number, "fen": debt.amount})
    return Outcome("debt", str(debt.id), debt.number, {"opened": True, "fen": debt.amount})
