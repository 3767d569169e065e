"""Grant a monthly benefit (核定待遇): what a decided case of three persons leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.foundation.verbs import verb
from hrss.funds.payables.granting import Grant, Origin, grant
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome


@verb("payables.grant_entitlement")
def grant_entitlement(
    *,
    actor: Actor,
    person_id: UUID,
    benefit: str,
    case_id: UUID | None,
    first: YearMonth,
    last: YearMonth | None,
    facts: Mapping[str, Any],
    bank_account_id: UUID | None = None,
    batch: str = "",
) -> Outcome:
    """Give the person ``benefit`` from month ``first`` to ``last`` on the decided ``facts``.

    ``case_id`` is the granted case; a take-over of stock names its signed ``batch`` instead. Call it in the decision's
    own transaction (a handler's effect). Problems: those of ``granting.grant``.
    """
    wanted = Grant(
        person_id=person_id,
        benefit=benefit,
        first=first,
        last=last,
        facts=facts,
        origin=Origin(case_id=case_id, batch=batch),
        account_id=bank_account_id,
    )
    row, _ = grant(wanted, actor=actor, action="payables.grant_entitlement")
    return Outcome("entitlement", str(row.id), data={"benefit": benefit, "first": str(first)})
