"""Stop a benefit after a month (停发): a death, a new job, a sentence. Months paid after it become a debt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.foundation.access.policies import require
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.payables.fetching import entitlement_to_change
from hrss.funds.payables.granting import DECIDERS, leave_event
from hrss.funds.payables.models import Entitlement, Payment
from hrss.funds.payables.refusals import REFUSALS
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payables.stop_entitlement")
def stop_entitlement(
    *, actor: Actor, entitlement_id: UUID, last: YearMonth, reason: str, evidence: Mapping[str, Any]
) -> Outcome:
    """Stop with ``last`` as the last month due (the month before the first for none). The same stop again is no change.

    An earlier stop may be brought forward, never put off: that is ``resume_entitlement`` with a case of its own. Months
    waiting after ``last`` are settled; months paid after it are announced as ``payables.stopped`` and become a debt.
    Problems: ``payables.reason``, ``payables.stopped`` (409), ``payables.not_found`` (404).
    """
    if not reason.strip():
        raise Problem("payables.reason", "停发必须写明原因", remedy="请写明停发的情形和依据", field="reason")
    row = entitlement_to_change(entitlement_id)
    require(actor, *DECIDERS, region=row.region_code, doing="停发待遇")
    if row.last is not None and row.last < last.index:
        raise Problem(
            "payables.stopped",
            f"这项待遇已经在 {YearMonth.from_index(row.last)} 停发",
            rule="停发时间只能提前，恢复要另行办理",
            remedy="需要恢复的，请办理恢复发放",
            status=409,
        )
    if row.last != last.index or row.stopped_at is None:
        _stop(row, last, reason.strip(), evidence)
        announce("payables.stopped", {"entitlement": row.id, "last": last.index}, actor=actor)
    detail = {"benefit": row.benefit, "last": str(last), "reason": row.stop_reason}
    leave_event(row, "payables.stop_entitlement", actor=actor, detail=detail)
    paid = Payment.objects.filter(entitlement=row, state=Payment.State.PAID, month__gt=last.index).count()
    return Outcome("entitlement", str(row.id), data={"last": str(last), "paid_after": paid})


def _stop(row: Entitlement, last: YearMonth, reason: str, evidence: Mapping[str, Any]) -> None:
    row.last, row.stop_reason, row.stop_evidence, row.stopped_at = last.index, reason, dict(evidence), timezone.now()
    with told(REFUSALS):
        row.save(update_fields=["last", "stop_reason", "stop_evidence", "stopped_at"])
    waiting = (Payment.State.HELD, Payment.State.DROPPED, Payment.State.RETURNED)
    over = Payment.objects.filter(entitlement=row, month__gt=last.index, settled=False, state__in=waiting)
    over.update(settled=True, note=f"停发：{reason}"[:200])
