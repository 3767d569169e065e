"""What the rules say of a case before somebody decides: the handler's proposal, its facts, and what stands against it.

Nothing is written; the decision runs the same checks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.casework.cases.fetching import facts_of, not_found
from hrss.casework.handlers import handler_of
from hrss.casework.items.versions import pinned
from hrss.casework.items.words import fact_rows
from hrss.casework.models import Case, Material
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be decided as things stand. ``rows`` are the facts in words; ``against`` what stands in the way."""

    granted: bool
    reasons: str
    facts: Mapping[str, Any]
    rows: list[tuple[str, str]]
    against: list[str]
    by: str


def proposal(case_id: UUID, *, actor: Actor) -> Proposal:
    """Give the proposal for a case: the handling post's where there is one, over what the handler computes."""
    case = Case.objects.filter(id=case_id).first()
    if case is None:
        raise not_found()
    item, facts = pinned(case.item_version_id).item, facts_of(case)
    handler = handler_of(item.handler)
    suggested = handler.decide(facts, actor=actor)
    action = case.actions.filter(detail__has_key="proposal").order_by("-ordinal").first()
    earlier: dict[str, Any] = dict(action.detail["proposal"]) if action else {}
    granted = bool(earlier.get("granted", suggested.granted))
    known = {**dict(suggested.facts), **dict(earlier.get("facts", {}))} if granted else {}
    return Proposal(
        granted=granted,
        reasons=str(earlier.get("reasons", "")) or suggested.reasons,
        facts=known,
        rows=list(fact_rows(item.result or {}, known)),
        against=[*_open_proofs(case), *(problem.message for problem in handler.check(facts, actor=actor))],
        by=action.actor_name if action else "",
    )


def _open_proofs(case: Case) -> list[str]:
    words = {Material.State.PENDING.value: "还在核验", Material.State.BROKEN.value: "承诺不实"}
    return [f"“{one.name}”{words[one.state]}" for one in case.materials.filter(state__in=words)]
