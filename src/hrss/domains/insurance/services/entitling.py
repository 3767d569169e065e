"""The seam to the funds: an award becomes an entitlement to pay, is stopped, and taken up again there.

Not verbs: they run inside the verbs of the domain, in their transaction. What was paid for months after the last one
becomes a debt in the fund, with the exact amount. The fund refuses what three persons have not decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.domains.insurance.models import Award
from hrss.funds.payables.models import Entitlement
from hrss.funds.payables.services import (
    grant_entitlement,
    resume_entitlement,
    stop_entitlement,
)
from hrss.funds.payables.services import grant_once as owe_once
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth


def grant(award: Award, *, actor: Actor) -> None:
    """Make the monthly entitlement of an award."""
    done = grant_entitlement(
        actor=actor,
        person_id=award.person_id,
        benefit=award.benefit,
        case_id=award.case_id,
        first=YearMonth.of(award.first),
        last=YearMonth.of(award.planned_last) if award.planned_last else None,
        facts=award.facts,
    )
    _keep(award, done.id)


def grant_once(award: Award, *, actor: Actor, purpose: str) -> None:
    """Make the single payment of an award; it is computed again from the explanation of the decision."""
    done = owe_once(
        actor=actor,
        person_id=award.person_id,
        benefit=award.benefit,
        purpose=purpose,
        case_id=award.case_id,
        month=YearMonth.of(award.first),
        facts=award.explanation,
    )
    _keep(award, done.id)


def stop(award: Award, *, actor: Actor, last: YearMonth, reason: str, evidence: Mapping[str, Any]) -> None:
    """Pay nothing after ``last``; an award that is paused since an earlier month stays stopped there."""
    row = Entitlement.objects.filter(id=award.entitlement_id).first() if award.entitlement_id else None
    if row is None:
        return
    earliest, latest = row.first - 1, last.index if row.last is None else min(row.last, last.index)
    stop_entitlement(
        actor=actor,
        entitlement_id=row.id,
        last=YearMonth.from_index(max(latest, earliest)),
        reason=reason,
        evidence=evidence,
    )


def resume(award: Award, *, actor: Actor, first: YearMonth, case_id: UUID | None) -> None:
    """Pay again from ``first``, on the facts of before, by the case that decided it."""
    if award.entitlement_id is None:
        return
    done = resume_entitlement(
        actor=actor,
        entitlement_id=award.entitlement_id,
        first=first,
        last=YearMonth.of(award.planned_last) if award.planned_last else None,
        case_id=case_id,
    )
    _keep(award, done.id)


def _keep(award: Award, entitlement_id: str) -> None:
    award.entitlement_id = UUID(entitlement_id)
    award.save(update_fields=["entitlement_id"])
