"""Passing on: a post agrees and the case goes to the next; the last post's agreement is the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hrss.casework.cases.fetching import Work, open_case
from hrss.casework.items.machine import chain_of
from hrss.casework.steps.acting import act, not_allowed
from hrss.casework.steps.concluding import conclude
from hrss.casework.steps.policies import check_not_taken
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome


def next_state(work: Work, verb: str) -> str | None:
    """Give the state after a step's verb, None where it is the deciding step.

    Problem ``casework.not_allowed`` where the item has no such step.
    """
    chain = chain_of(work.item)
    for index, step in enumerate(chain):
        if step.verb == verb:
            return chain[index + 1].state.value if index + 1 < len(chain) else None
    raise not_allowed(verb, work.case.state)


def pass_on(work: Work, verb: str, *, actor: Actor, note: str, detail: dict[str, Any] | None = None) -> None:
    """Bring a case to the next post."""
    act(work, verb, actor=actor, to_state=next_state(work, verb), note=note, detail=detail)


def agree(case_id: UUID, verb: str, *, actor: Actor, opinion: str, detail: dict[str, Any] | None = None) -> Outcome:
    """Agree in a post: pass on, or decide as proposed where it is the last step."""
    work = open_case(case_id)
    check_not_taken(work, actor=actor)
    if next_state(work, verb) is None and work.item.last_step.state == work.case.state:
        conclude(work, actor=actor, note=opinion)
    else:
        pass_on(work, verb, actor=actor, note=opinion, detail=detail)
    return Outcome(
        "case", str(work.case.id), work.case.number, {"state": work.case.state, "decision": work.case.decision}
    )
