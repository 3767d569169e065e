"""What a run does to the books: the expense when the bank is ordered, the money back when the bank returns it."""

from __future__ import annotations

from datetime import date

import orjson

from hrss.funds.benefits import benefits_in
from hrss.funds.ledger.posting import Query, post
from hrss.funds.payruns.models import Run
from hrss.kernel.actor import Actor

BANK = "1004"  # 支出户存款
CLAIM = "1101"  # 暂付款: benefits paid too much, decided to be recovered
RETURNED = "2101"  # 暂收款: returned money that waits to be paid again

# A payment that was returned before is no second expense: it leaves the suspense account it came back to. What is
# deducted takes down the claim of its debt, once. A part booked apart is a line of its own, the rest is the other.
_PAID = """
SELECT CASE WHEN was_returned THEN %s ELSE %s::jsonb ->> benefit END,
       CASE WHEN was_returned THEN amount - deducted ELSE amount - part END, 0::bigint, person_id, region_code::text,
       run_number || '-' || ordinal
  FROM payables_payment WHERE run_id = %s AND state = 'open'
UNION ALL
SELECT %s::jsonb ->> benefit, part, 0::bigint, person_id, region_code::text, run_number || '-' || ordinal
  FROM payables_payment WHERE run_id = %s AND state = 'open' AND part > 0 AND NOT was_returned
UNION ALL
SELECT %s, 0::bigint, amount - deducted, person_id, region_code::text, run_number || '-' || ordinal
  FROM payables_payment WHERE run_id = %s AND state = 'open'
UNION ALL
SELECT %s, 0::bigint, deducted, person_id, region_code::text, run_number || '-' || ordinal
  FROM payables_payment WHERE run_id = %s AND state = 'open' AND deducted > 0 AND NOT was_returned
"""
_BACK = """
SELECT side.account, CASE WHEN side.is_debit THEN p.amount - p.deducted ELSE 0 END,
       CASE WHEN side.is_debit THEN 0 ELSE p.amount - p.deducted END,
       p.person_id, p.region_code::text, p.run_number || '-' || p.ordinal
  FROM payables_payment p CROSS JOIN (VALUES (%s, true), (%s, false)) AS side (account, is_debit)
 WHERE p.run_id = %s AND p.state = 'returned'
"""


def book_order(run: Run, *, actor: Actor, on: date) -> int:
    """Post the run: expense by benefit and its part, a detail for each person on both sides."""
    paid = benefits_in(run.group)
    accounts = orjson.dumps({b.code: b.expense_account for b in paid}).decode()
    apart = orjson.dumps({b.code: b.part_account for b in paid if b.part}).decode()
    lines = Query(_PAID, [RETURNED, accounts, run.id, apart, run.id, BANK, run.id, CLAIM, run.id])
    return post(
        actor=actor, fund=run.fund, on=on, lines=lines, source="payrun", reference=run.number, text=f"发放 {run.number}"
    )


def book_returned(run: Run, *, actor: Actor, on: date) -> int:
    """Post what the bank returned: back to the expenditure account, owed until it is paid again."""
    lines = Query(_BACK, [BANK, RETURNED, run.id])
    return post(
        actor=actor,
        fund=run.fund,
        on=on,
        lines=lines,
        source="returned",
        reference=run.number,
        text=f"银行退回 {run.number}",
    )
