"""What every verb about an award does besides: the event of the award and the event of the log.

Not a verb: it runs inside one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from hrss.domains.insurance.models import Award, AwardEvent
from hrss.foundation import audit
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


def note(
    award: Award,
    kind: AwardEvent.Kind,
    *,
    actor: Actor,
    on: date,
    reason: str = "",
    evidence: Mapping[str, Any] | None = None,
    case_id: UUID | None = None,
) -> Outcome:
    """Write what happened to an award and give the outcome of the verb."""
    AwardEvent.objects.create(
        award=award,
        person_id=award.person_id,
        region_code=award.region_code,
        kind=kind,
        on=on,
        reason=reason,
        evidence=dict(evidence or {}),
        case_id=case_id,
    )
    audit.record(
        actor,
        f"insurance.award_{kind.value}",
        subject_kind="award",
        subject_id=award.id,
        person_id=award.person_id,
        region=award.region_code,
        detail={"benefit": award.benefit, "reason": reason, "case": str(case_id or "")},
    )
    data = {"benefit": award.benefit, "state": award.state, "amount": award.amount_fen}
    return Outcome("award", str(award.id), data=data)


def award_to_change(award_id: UUID, *states: Award.State) -> Award:
    """Lock an award in one of the states. Problem ``insurance.no_award`` (409) otherwise."""
    award = Award.objects.select_for_update().filter(id=award_id, state__in=states).first()
    if award is None:
        raise Problem("insurance.no_award", "没有查到可以办理的待遇", remedy="请核对领取人和待遇现在的状态", status=409)
    return award
