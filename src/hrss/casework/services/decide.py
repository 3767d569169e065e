"""Decide: the last post grants or refuses with reasons; effect, documents and message follow in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.steps.concluding import conclude
from hrss.casework.steps.policies import check_not_taken
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


@verb("casework.decide")
def decide(
    case_id: UUID, *, actor: Actor, granted: bool, reasons: str = "", facts: Mapping[str, Any] | None = None
) -> Outcome:
    """Grant or refuse; ``facts`` are the fields of the item's result form. Problems: see ``steps.concluding``."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    conclude(work, actor=actor, granted=granted, reasons=reasons, facts=facts)
    case = work.case
    return Outcome("case", str(case.id), case.number, {"state": case.state, "decision": case.decision})
