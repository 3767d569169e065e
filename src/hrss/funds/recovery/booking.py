"""What recovery does to the books: a decided debt becomes a claim, money and write-offs take it down again.

The claim stands on 暂付款 in the fund that paid, with the debt's number as reference of each detail. Recovered money
comes to the expenditure account it was paid from (原渠道退回); what is written off becomes 其他支出.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from hrss.funds.benefits import benefit_of
from hrss.funds.ledger.models import Entry
from hrss.funds.ledger.posting import Line, post
from hrss.funds.recovery.models import Debt
from hrss.kernel.actor import Actor

CLAIM = "1101"  # 暂付款
BANK = "1004"  # 支出户存款
LOST = "5901"  # 其他支出


def book_debt(debt: Debt, reference: str, *, actor: Actor, on: date) -> int:
    """Turn the expense into a claim, out of the very accounts it was booked to."""
    benefit = benefit_of(debt.benefit)
    part = int(debt.lines.aggregate(sum=Sum("part"))["sum"])
    lines = [_line(debt, CLAIM, debit=debt.amount)]
    for account, fen in ((benefit.expense_account, debt.amount - part), (benefit.part_account, part)):
        if fen:  # where the new calculation finds more of one kind, that account is debited
            lines.append(_line(debt, account, debit=max(-fen, 0), credit=max(fen, 0)))
    text = f"多发待遇追回决定 {debt.number}"
    return post(actor=actor, fund=debt.fund, on=on, lines=lines, source="debt", reference=reference, text=text)


def book_write_off(debt: Debt, fen: int, reference: str, *, actor: Actor, on: date) -> int:
    """Turn what is left of the claim into an expense of the year."""
    return _post(debt, LOST, CLAIM, fen, "write_off", reference, f"多发待遇核销 {debt.number}", actor=actor, on=on)


def book_mirror(debt: Debt, original: int, reference: str, source: str, text: str, *, actor: Actor, on: date) -> int:
    """Take an entry back by its mirror."""
    entry = Entry.objects.get(id=original)
    lines = [
        _line(debt, row.account.code, debit=row.credit, credit=row.debit)
        for row in entry.lines.select_related("account").order_by("id")
    ]
    return post(
        actor=actor,
        fund=debt.fund,
        on=on,
        lines=lines,
        source=source,
        reference=reference,
        text=text,
        reverses=original,
    )


def _post(
    debt: Debt, debit: str, credit: str, fen: int, source: str, reference: str, text: str, *, actor: Actor, on: date
) -> int:
    lines = [_line(debt, debit, debit=fen), _line(debt, credit, credit=fen)]
    return post(actor=actor, fund=debt.fund, on=on, lines=lines, source=source, reference=reference, text=text)


def _line(debt: Debt, account: str, *, debit: int = 0, credit: int = 0) -> Line:
    return Line(account, debit, credit, debt.person_id, debt.region_code, debt.number)
