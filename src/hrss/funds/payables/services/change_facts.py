"""Change the facts of a benefit from a month on (变更核定依据): a new age band, a yearly rise. Paid months stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.fetching import entitlement_to_change
from hrss.funds.payables.granting import DECIDERS, Origin, compute_one, leave_event, record_facts
from hrss.funds.payables.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome


@verb("payables.change_facts")
def change_facts(
    *,
    actor: Actor,
    entitlement_id: UUID,
    from_month: YearMonth,
    facts: Mapping[str, Any],
    case_id: UUID | None = None,
    batch: str = "",
) -> Outcome:
    """Put ``facts`` in force from ``from_month`` on; needs a case of three persons or a signed batch.

    Problems: ``payables.paid_months`` (409), ``payables.three_persons`` (403), those of the rules.
    """
    row = entitlement_to_change(entitlement_id)
    require(actor, *DECIDERS, region=row.region_code, doing="变更待遇核定依据")
    fen = compute_one(benefit_of(row.benefit), from_month, row.person_id, facts)
    with told(REFUSALS):
        record_facts(row, from_month, facts, Origin(case_id=case_id, batch=batch), actor=actor)
    leave_event(row, "payables.change_facts", actor=actor, detail={"from": str(from_month), "benefit": row.benefit})
    return Outcome("entitlement", str(row.id), data={"from": str(from_month), "fen": fen})
