"""Propose to take an entry back by its mirror (冲销): what is written stays, the mirror names it."""

from __future__ import annotations

from datetime import date

from hrss.foundation.access.policies import require
from hrss.foundation.refusals import again
from hrss.foundation.verbs import verb
from hrss.funds.ledger.models import Entry, Proposal
from hrss.funds.ledger.posting import REFUSALS, Line
from hrss.funds.ledger.proposing import propose
from hrss.funds.ledger.services.propose_entry import entry_content
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("funds.propose_reversal")
def propose_reversal(entry_id: int, *, actor: Actor, on: date, reason: str, key: str = "") -> Outcome:
    """Propose the mirror of an entry, dated ``on``.

    Problems: ``access.no_post`` (403), ``ledger.no_such_entry`` (404), ``ledger.reversed_already|reversal`` (409),
    ``ledger.text``.
    """
    require(actor, Function.FINANCE, doing="申请冲销")
    entry = Entry.objects.filter(id=entry_id).first()
    if entry is None:
        raise Problem("ledger.no_such_entry", "没有这张凭证", remedy="请从凭证列表进入", status=404)
    if Entry.objects.filter(reverses=entry).exists():
        raise again(REFUSALS["ledger_entry_reverses_id_key"])
    if entry.reverses_id is not None or entry.source_id == "carry":
        raise Problem(
            "ledger.reversal",
            "冲销凭证和年末结转凭证不能再冲销",
            rule="更正用冲销，不改原凭证",
            remedy="请重新记一张正确的凭证",
            status=409,
        )
    lines = [
        Line(row.account.code, debit=row.credit, credit=row.debit) for row in entry.lines.select_related("account")
    ]
    text = f"冲销 {entry.on:%Y-%m-%d} 凭证：{reason.strip()}" if reason.strip() else ""
    content = entry_content(on, text, lines, reverses=entry.id)
    return propose(Proposal.Kind.REVERSAL, entry.fund_id, content, actor=actor)
