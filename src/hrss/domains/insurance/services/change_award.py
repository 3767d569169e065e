"""Pause, resume and end an award: what stops is told with its reason and where it is known from.

The fund stops paying after the last month; months it has paid beyond it become a debt there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from hrss.domains.insurance.models import Award, AwardEvent
from hrss.domains.insurance.services import entitling
from hrss.domains.insurance.services.keeping import award_to_change, note
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome

ACTIVE, PAUSED, ENDED = Award.State.ACTIVE, Award.State.PAUSED, Award.State.ENDED


@verb("insurance.pause_award")
def pause_award(
    award_id: UUID,
    *,
    actor: Actor,
    last: YearMonth,
    on: date,
    reason: str,
    evidence: Mapping[str, Any] | None = None,
    case_id: UUID | None = None,
) -> Outcome:
    """Pay nothing after ``last`` until the award is taken up again."""
    award = award_to_change(award_id, ACTIVE)
    award.state = PAUSED
    award.save(update_fields=["state"])
    entitling.stop(award, actor=actor, last=last, reason=reason, evidence=evidence or {})
    return note(award, AwardEvent.Kind.PAUSED, actor=actor, on=on, reason=reason, evidence=evidence, case_id=case_id)


@verb("insurance.resume_award")
def resume_award(
    award_id: UUID,
    *,
    actor: Actor,
    first: YearMonth,
    on: date,
    reason: str,
    evidence: Mapping[str, Any] | None = None,
    case_id: UUID | None = None,
) -> Outcome:
    """Pay again from ``first``; months of the pause are paid with it where ``first`` lies in it."""
    award = award_to_change(award_id, PAUSED)
    award.state = ACTIVE
    award.save(update_fields=["state"])
    entitling.resume(award, actor=actor, first=first, case_id=case_id)
    return note(award, AwardEvent.Kind.RESUMED, actor=actor, on=on, reason=reason, evidence=evidence, case_id=case_id)


@verb("insurance.end_award")
def end_award(
    award_id: UUID,
    *,
    actor: Actor,
    last: YearMonth,
    on: date,
    reason: str,
    evidence: Mapping[str, Any] | None = None,
    case_id: UUID | None = None,
) -> Outcome:
    """End an award for good with the month ``last``; it may lie before the first one, then nothing was due."""
    award = award_to_change(award_id, ACTIVE, PAUSED)
    kept = last if award.last is None else min(last, YearMonth.of(award.last))
    award.state, award.last, award.end_reason = ENDED, kept.first_day, reason
    award.save(update_fields=["state", "last", "end_reason"])
    entitling.stop(award, actor=actor, last=kept, reason=reason, evidence=evidence or {})
    return note(award, AwardEvent.Kind.ENDED, actor=actor, on=on, reason=reason, evidence=evidence, case_id=case_id)
