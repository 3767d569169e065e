"""Propose to take a debt from current benefits (提出抵扣): a share of each month, never more than what is owed."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation.verbs import verb
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.models import Entitlement
from hrss.funds.recovery.amounts import most_share
from hrss.funds.recovery.balance import outstanding
from hrss.funds.recovery.fetching import debt_to_change
from hrss.funds.recovery.measuring import propose, words
from hrss.funds.recovery.models import Debt, Measure
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

PERCENT = 10_000  # millionths in one percent


@verb("recovery.propose_offset")
def propose_offset(
    debt_id: UUID, *, actor: Actor, entitlement_id: UUID, percent: int, agreement: str, key: str = ""
) -> Outcome:
    """Propose to keep ``percent`` of each month of a running benefit of the same person and fund.

    Problems ``recovery.percent``, ``recovery.benefit``, ``recovery.agreement``, ``recovery.state|one_live`` (409).
    """
    debt = debt_to_change(debt_id, Debt.State.DECIDED)
    text = words(agreement, field="agreement", what="与本人协商的情况")
    _check_benefit(debt, entitlement_id)
    most = most_share(timezone.localdate()) // PERCENT
    if not 1 <= percent <= most:
        raise Problem(
            "recovery.percent",
            f"每月抵扣的比例在 1% 到 {most}% 之间",
            rule="社会保险经办条例第四十六条；抵扣后要保留基本生活",
            remedy="请重新填写比例",
            field="percent",
        )
    content = {"fen": outstanding(debt), "entitlement": str(entitlement_id), "share": percent * PERCENT}
    return propose(debt, Measure.Kind.OFFSET, content | {"agreement": text}, actor=actor)


def _check_benefit(debt: Debt, entitlement_id: UUID) -> None:
    row = Entitlement.objects.filter(id=entitlement_id, person_id=debt.person_id, purpose="").first()
    this_month = YearMonth.of(timezone.localdate()).index
    if row is None or (row.last is not None and row.last < this_month) or benefit_of(row.benefit).fund != debt.fund:
        raise Problem(
            "recovery.benefit",
            "只能从本人正在领取的、同一个基金的待遇里抵扣",
            rule="F10：各基金分别核算，不得相互挤占",
            remedy="请选择本人正在领取的待遇；没有的，请直接退回或者分期退回",
            field="entitlement",
        )
