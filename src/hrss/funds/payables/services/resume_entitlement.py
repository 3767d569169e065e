"""Resume a stopped benefit from a month on (恢复发放): a new entitlement that continues the old one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.foundation.verbs import verb
from hrss.funds.payables.fetching import entitlement_to_change
from hrss.funds.payables.granting import Grant, Origin, grant
from hrss.funds.payables.models import FactVersion
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payables.resume_entitlement")
def resume_entitlement(
    *,
    actor: Actor,
    entitlement_id: UUID,
    first: YearMonth,
    last: YearMonth | None = None,
    case_id: UUID | None = None,
    batch: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Outcome:
    """Pay again from ``first`` on, with the facts last in force unless new ones are given; needs a case of its own.

    Gives the id of the new entitlement. Problems: ``payables.not_stopped`` (409), those of ``granting.grant``.
    """
    row = entitlement_to_change(entitlement_id)
    if row.stopped_at is None:
        raise Problem("payables.not_stopped", "这项待遇没有停发，不用恢复", remedy="请核对待遇资格", status=409)
    newest = FactVersion.objects.filter(entitlement=row).order_by("-from_month", "-id").first()
    wanted = Grant(
        person_id=row.person_id,
        benefit=row.benefit,
        first=first,
        last=last,
        facts=facts if facts is not None else (newest.facts if newest else {}),
        origin=Origin(case_id=case_id, batch=batch),
        purpose=row.purpose,
        account_id=row.account_id,
        continues=row.id,
    )
    resumed, _ = grant(wanted, actor=actor, action="payables.resume_entitlement")
    return Outcome("entitlement", str(resumed.id), data={"continues": str(row.id), "first": str(first)})
