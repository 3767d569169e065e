"""Propose a plan (提出分期退回): equal months, the last takes the rest; agreed with the debtor (条例第四十六条)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation.verbs import verb
from hrss.funds.recovery.amounts import instalments, limit
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import propose, words
from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.months import add_months
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

RULE = "社会保险经办条例第四十六条：可以约定分期退回"


@verb("recovery.propose_plan")
def propose_plan(
    debt_id: UUID, *, actor: Actor, periods: int, first_on: date, agreement: str, key: str = ""
) -> Outcome:
    """Propose ``periods`` monthly instalments from ``first_on``; ``agreement`` says when and how the debtor agreed.

    Problems ``recovery.periods``, ``recovery.first_on``, ``recovery.agreement``, ``recovery.state|one_live`` (409).
    """
    debt = debt_to_change(debt_id, Debt.State.DECIDED)
    today, fen = timezone.localdate(), outstanding(debt)
    text = words(agreement, field="agreement", what="与本人协商的情况")
    if first_on <= today:
        raise Problem("recovery.first_on", "第一期的日期要在今天以后", remedy="请改为以后的日期", field="first_on")
    rows = [
        {"due_on": add_months(first_on, number).isoformat(), "fen": amount}
        for number, amount in enumerate(_amounts(fen, periods, today))
    ]
    return propose(debt, Measure.Kind.PLAN, {"fen": fen, "agreement": text, "instalments": rows}, actor=actor)


def _amounts(fen: int, periods: int, today: date) -> list[int]:
    most, least = limit("recovery_periods", today), limit("recovery_least", today)
    if not 2 <= periods <= most:
        raise Problem("recovery.periods", f"可以分 2 到 {most} 期", rule=RULE, remedy="请重新填写期数", field="periods")
    amounts = instalments(fen, periods)
    if amounts[0] < least:
        raise Problem(
            "recovery.periods",
            f"每期不能少于 {yuan(least)} 元，现在每期 {yuan(amounts[0])} 元",
            rule=RULE,
            remedy="请减少期数",
            field="periods",
        )
    return [amount for amount in amounts if amount]
