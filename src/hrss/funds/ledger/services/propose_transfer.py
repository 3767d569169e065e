"""Propose a transfer among the three bank accounts of a fund (收入户 → 财政专户 → 支出户)."""

from __future__ import annotations

from datetime import date

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Account, Proposal
from hrss.funds.ledger.policies import require_covered
from hrss.funds.ledger.posting import Line
from hrss.funds.ledger.proposing import propose
from hrss.funds.ledger.services.propose_entry import entry_content
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

Bank = Account.Bank
RULE = "社会保险基金财务制度第三十九条至第四十二条"
ALLOWED: dict[tuple[str, str], str] = {
    (Bank.INCOME, Bank.FISCAL): "收入户存款缴存财政专户",
    (Bank.FISCAL, Bank.EXPENDITURE): "财政专户向支出户拨款",
    (Bank.EXPENDITURE, Bank.FISCAL): "支出户利息或结余缴回财政专户",
}


@verb("funds.propose_transfer")
def propose_transfer(
    *, actor: Actor, fund: str, giver: str, taker: str, fen: int, on: date, text: str = "", key: str = ""
) -> Outcome:
    """Propose to move ``fen`` from the bank account ``giver`` to ``taker`` (income, fiscal, expenditure).

    Problems: ``access.no_post`` (403), ``ledger.transfer_way``, ``ledger.amount``, ``ledger.not_covered``.
    """
    require(actor, Function.FINANCE, doing="申请划转")
    default = ALLOWED.get((giver, taker))
    if default is None:
        raise Problem(
            "ledger.transfer_way",
            "这两个账户之间不能直接划转",
            rule=f"{RULE}：收入户缴财政专户，财政专户拨支出户",
            remedy="请选择收入户到财政专户，或者财政专户到支出户",
            field="taker",
        )
    if fen <= 0:
        raise Problem("ledger.amount", "划转金额要大于零", remedy="请核对金额", field="amount")
    require_covered(fund, giver, fen)
    codes = dict(Account.objects.filter(fund_id=fund_of(fund).value).exclude(bank="").values_list("bank", "code"))
    lines = [Line(codes[taker], debit=fen), Line(codes[giver], credit=fen)]
    return propose(Proposal.Kind.TRANSFER, fund, entry_content(on, text or default, lines), actor=actor)
