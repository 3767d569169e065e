"""Handle a break (处理差异): say how it was put right; another person confirms."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.ledger.models import Entry
from hrss.funds.reconciliation.breaks import READ, human, in_state, told_of
from hrss.funds.reconciliation.models import Break
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("funds.handle_break")
def handle_break(
    break_id: UUID, *, actor: Actor, method: str, note: str, entry_id: int | None = None, key: str = ""
) -> Outcome:
    """Say how. An entry that puts it right is named.

    Problems ``access.no_post`` (403), ``reconciliation.state|taken`` (409), ``reconciliation.method|note|entry``.
    """
    require(actor, *READ, doing="处理对账差异")
    row = in_state(break_id, Break.State.OPEN)
    if row.owner not in (None, human(actor)):
        raise Problem("reconciliation.taken", f"{row.owner_name}正在处理这项差异", remedy="请处理其他差异", status=409)
    if method not in Break.Method.values:
        raise Problem("reconciliation.method", "请选择处理方式", remedy="从列表里选择一种", field="method")
    if not note.strip():
        raise Problem("reconciliation.note", "请写明处理情况", remedy="写清原因和依据", field="note")
    _check_entry(row, method, entry_id)
    row.owner, row.owner_name, row.handled_by = human(actor), actor.name, human(actor)
    row.state, row.method, row.note, row.entry_id = Break.State.HANDLED, method, note.strip(), entry_id
    row.save()
    audit.record(actor, "funds.handle_break", **told_of(row))
    return Outcome("break", str(row.id), data={"state": row.state})


def _check_entry(row: Break, method: str, entry_id: int | None) -> None:
    if method == Break.Method.ENTRY and not Entry.objects.filter(id=entry_id or 0, fund_id=row.fund).exists():
        raise Problem(
            "reconciliation.entry",
            "请填写更正这项差异的凭证",
            rule="补记或更正记账的，要有本基金的凭证",
            remedy="先记账，再填写凭证编号",
            field="entry",
        )
