"""Settle at once: an item of grade G0 is accepted and decided in one (即办)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.casework.cases.fetching import open_case
from hrss.casework.items.vocabulary import Grade
from hrss.casework.services.accept import accept
from hrss.casework.services.decide import decide
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.settle_at_once")
def settle_at_once(
    case_id: UUID, *, actor: Actor, granted: bool = True, reasons: str = "", facts: Mapping[str, Any] | None = None
) -> Outcome:
    """Accept and decide; Problem ``casework.not_at_once`` for items that need a second person."""
    if open_case(case_id).item.grade is not Grade.G0:
        raise Problem(
            "casework.not_at_once",
            "这个事项要由两个人办理，不能一步办结",
            rule="社会保险经办条例第三十七条",
            remedy="受理后由复核岗办结",
            status=409,
        )
    accept(case_id, actor=actor)
    return decide(case_id, actor=actor, granted=granted, reasons=reasons, facts=facts)
