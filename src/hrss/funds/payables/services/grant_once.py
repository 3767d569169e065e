"""Grant a one-off benefit (一次性待遇), such as a death grant: it goes out with the next run of its group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hrss.foundation.verbs import verb
from hrss.funds.payables.granting import Grant, Origin, grant
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payables.grant_once")
def grant_once(
    *,
    actor: Actor,
    person_id: UUID,
    benefit: str,
    purpose: str,
    case_id: UUID | None,
    month: YearMonth,
    facts: Mapping[str, Any],
    bank_account_id: UUID | None = None,
    batch: str = "",
) -> Outcome:
    """Owe the person ``benefit`` once, for ``month``; ``purpose`` says what for and makes it once (``death:…``).

    The answer carries the amount in fen as the rule finds it now. Problems: ``payables.purpose``, those of
    ``granting.grant``.
    """
    if not purpose.strip():
        raise Problem(
            "payables.purpose",
            "一次性待遇要写明用途",
            remedy="请写明这笔钱做什么用，例如“丧葬补助”",
            rule="F07：同一用途只发一次",
            field="purpose",
        )
    wanted = Grant(
        person_id=person_id,
        benefit=benefit,
        first=month,
        last=month,
        facts=facts,
        origin=Origin(case_id=case_id, batch=batch),
        purpose=purpose.strip(),
        account_id=bank_account_id,
    )
    row, fen = grant(wanted, actor=actor, action="payables.grant_once")
    return Outcome("entitlement", str(row.id), data={"benefit": benefit, "purpose": row.purpose, "fen": fen})
