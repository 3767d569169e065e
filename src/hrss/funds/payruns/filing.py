"""From the lines of a run to the bank's order: always the same bytes for the same lines."""

from __future__ import annotations

from collections.abc import Iterator

from hrss.foundation.crypto import open_sealed, ring_in_use
from hrss.foundation.people.models.belongings import BANK_ACCOUNT
from hrss.funds.banking.format import Order, OrderLine
from hrss.funds.benefits import benefit_of
from hrss.funds.codes import Fund
from hrss.funds.payruns.chunks import chunks
from hrss.funds.payruns.models import Run
from hrss.kernel.months import YearMonth

_LINES = """
SELECT p.ordinal, b.cipher, b.person_id, p.holder, p.amount - p.deducted, p.benefit, p.month
  FROM payables_payment p JOIN people_bankaccount b ON b.id = p.account_id
 WHERE p.run_id = %s AND p.ordinal > %s AND p.state <> 'held' ORDER BY p.ordinal LIMIT %s
"""


def order_of(run: Run) -> Order:
    """Give the order: every line that was not held back, with the account number opened."""
    return Order(run.number, f"{run.pay_on:%Y%m%d}", Fund(run.fund).value, list(_lines(run)))


def _lines(run: Run) -> Iterator[OrderLine]:
    ring = ring_in_use()
    for rows in chunks(_LINES, run.id):
        for ordinal, cipher, person, holder, amount, benefit, month in rows:
            number = open_sealed(cipher, ring=ring, field=BANK_ACCOUNT, owner=person)
            text = f"{benefit_of(benefit).name}{YearMonth.from_index(month)}"
            yield OrderLine(ordinal, number, holder, amount, text)
