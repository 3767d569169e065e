"""Propose an entry made by hand (其他收支): interest, grants of the treasury, opening balances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Account, Proposal
from hrss.funds.ledger.posting import BALANCE_RULE, Line, check_lines
from hrss.funds.ledger.proposing import propose
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("funds.propose_entry")
def propose_entry(
    *, actor: Actor, fund: str, on: date, lines: Sequence[Line], text: str, opening: bool = False, key: str = ""
) -> Outcome:
    """Propose ``lines`` for the books of ``fund``; ``opening`` brings in balances kept elsewhere before.

    Problems: ``access.no_post`` (403), ``ledger.line|unbalanced|account|future|text``.
    """
    require(actor, Function.FINANCE, doing="申请记账")
    check_lines(lines)
    _check_accounts(fund_of(fund).value, lines)
    debit, credit = sum(line.debit for line in lines), sum(line.credit for line in lines)
    if debit != credit:
        raise Problem(
            "ledger.unbalanced",
            f"借方 {yuan(debit)} 元与贷方 {yuan(credit)} 元不相等",
            rule=BALANCE_RULE,
            remedy="请核对各行金额",
        )
    kind = Proposal.Kind.OPENING if opening else Proposal.Kind.MANUAL
    return propose(kind, fund, entry_content(on, text, lines), actor=actor)


def entry_content(on: date, text: str, lines: Sequence[Line], **more: Any) -> dict[str, Any]:
    """Give what is signed for an entry. Problems ``ledger.future``, ``ledger.text``."""
    if on > timezone.localdate():
        raise Problem("ledger.future", "记账日期不能晚于今天", remedy="请核对日期", field="on")
    if not text.strip():
        raise Problem("ledger.text", "请填写摘要", remedy="写明这笔钱是什么", field="text")
    rows = [{"account": line.account, "debit": line.debit, "credit": line.credit} for line in lines]
    return {"on": on.isoformat(), "text": text.strip(), "lines": rows, **more}


def _check_accounts(fund: str, lines: Sequence[Line]) -> None:
    known = set(Account.objects.filter(fund_id=fund).values_list("code", flat=True))
    for line in lines:
        if line.account not in known:
            raise Problem(
                "ledger.account", f"这个基金没有科目 {line.account}", remedy="请从列表里选择科目", field="account"
            )
