"""Common ground of the verbs on breaks: who may, the row locked in its state, what the event tells."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hrss.funds.reconciliation.models import Break
from hrss.kernel.actor import Actor, Function
from hrss.kernel.problem import Problem

READ = (Function.FINANCE, Function.INSPECTOR)


def in_state(break_id: UUID, state: Break.State) -> Break:
    """Lock and give a break in ``state``; Problem ``reconciliation.state`` (409)."""
    row = Break.objects.select_for_update().filter(id=break_id).first()
    if row is None or row.state != state:
        raise Problem("reconciliation.state", "这项差异不在这一步，可能已有人处理", remedy="请刷新页面", status=409)
    return row


def human(actor: Actor) -> UUID:
    """Give the natural person who acts; Problem ``access.no_person`` (403) for automatic steps."""
    if actor.person is None:
        raise Problem("access.no_person", "对账差异须由自然人处理", remedy="请由在岗同事办理", status=403)
    return actor.person


def told_of(row: Break) -> dict[str, Any]:
    """Give what the audit event tells of a break."""
    detail = {"fund": row.fund, "kind": row.kind, "reference": row.reference, "state": row.state, "method": row.method}
    return {"subject_kind": "reconciliation_break", "subject_id": row.id, "detail": detail}
