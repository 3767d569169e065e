"""What must hold before money moves, as Problems: a bank account is never overdrawn."""

from __future__ import annotations

from hrss.funds.ledger.models import Account
from hrss.funds.ledger.queries import balance_of
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem


def require_covered(fund: str, bank: str, fen: int) -> None:
    """Problem ``ledger.not_covered`` (409) when the book balance of a bank account is less than ``fen``.

    ``bank`` is ``income``, ``fiscal`` or ``expenditure``. Takes the book's lock, so that two payments in one fund look
    one after the other.
    """
    balance = balance_of(fund, bank, lock=True)
    if balance < fen:
        raise Problem(
            "ledger.not_covered",
            f"{Account.Bank(bank).label}余额 {yuan(balance)} 元，不够支付 {yuan(fen)} 元",
            rule="银行账户不得透支",
            remedy="请先申请拨款，或者核对金额",
            status=409,
        )
