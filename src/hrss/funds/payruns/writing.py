"""Writing the lines of a run: the account each goes to, what holds one out, and the order all of them have.

One statement over the candidates and their amounts. What is held out is written too, without a place in the run, so
that it is known why and taken up again next time.
"""

from __future__ import annotations

import orjson
from django.db import connection

from hrss.funds.payruns.models import Run

# What holds a payment out, in the order it is looked at: code → (check, sentence).
HOLDS: dict[str, tuple[str, str]] = {
    "merged": ("M02", "这份档案已并入另一份，请在保留的档案上办理"),
    "dead": ("B03", "发放月份在死亡之后"),
    "cooling": ("F08", "收款账户变更后还在冷却期"),
    "no_account": ("F06", "没有可用的收款账户"),
    "same_account": ("F08", "上次被银行退回，收款账户还没有更换"),
    "paid_already": ("F07", "这个月份已经发放或者正在发放"),
}

_WRITE = """
WITH chosen AS MATERIALIZED (
  SELECT c.*, a.amount, a.part, k.fen AS kept, k.deduction AS kept_by, a.rule, a.basis, a.inputs,
         b.id AS account_id, b.index, b.tail, b.holder, b.bank,
         CASE
           WHEN p.merged_into_id IS NOT NULL THEN 'merged'
           WHEN c.purpose = '' AND make_date(c.month / 12, c.month %% 12 + 1, 1)
                > p.death_date THEN 'dead'
           WHEN b.id IS NULL AND EXISTS (
             SELECT 1 FROM people_bankaccount later WHERE later.person_id = c.person_id AND later.state = 'active'
                AND later.usable_from > %(pay_on)s) THEN 'cooling'
           WHEN b.id IS NULL THEN 'no_account'
           WHEN b.index = c.returned_index THEN 'same_account'
           WHEN EXISTS (SELECT 1 FROM payables_payment live WHERE live.person_id = c.person_id
                           AND live.benefit = c.benefit AND live.month = c.month AND live.purpose = c.purpose
                           AND live.state IN ('open', 'paid')) THEN 'paid_already'
           ELSE '' END AS hold
    FROM payruns_candidate c JOIN payruns_amount a ON a.no = c.no AND a.amount > 0
    LEFT JOIN payruns_kept k ON k.no = c.no
    JOIN people_person p ON p.id = c.person_id
    LEFT JOIN LATERAL (
      SELECT id, index, tail, holder, bank FROM people_bankaccount b
       WHERE b.person_id = c.person_id AND b.state = 'active' AND b.usable_from <= %(pay_on)s
         AND (b.until IS NULL OR b.until >= %(pay_on)s)
       ORDER BY (b.id = c.wanted_account) DESC NULLS LAST, b.since DESC, b.id DESC LIMIT 1) b ON true)
INSERT INTO payables_payment (
  entitlement_id, facts_id, person_id, region_code, benefit, month, purpose, amount, part, deducted, deduction_id,
  rule, basis_id, inputs, account_id, account_index, account_tail, holder, bank, run_id, run_number, ordinal,
  attempt, retry_of_id, was_returned, state, settled, answer, note)
SELECT entitlement_id, facts_id, person_id, region_code, benefit, month, purpose, amount, part,
       CASE WHEN hold = '' OR carried > 0 THEN coalesce(kept, 0) ELSE 0 END,
       CASE WHEN hold = '' OR carried > 0 THEN kept_by END, rule, basis, inputs, account_id,
       coalesce(index, ''), coalesce(tail, ''), coalesce(holder, ''), coalesce(bank, ''),
       %(run)s, %(number)s,
       CASE WHEN hold = '' THEN row_number() OVER (PARTITION BY hold = '' ORDER BY no) END, attempt, retry_of,
       was_returned, CASE WHEN hold = '' THEN 'open' ELSE 'held' END, false, '', hold
  FROM chosen ORDER BY no
"""
_FINDINGS = """
INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
SELECT run_id, id, %(rules)s::jsonb ->> note, note, 'block', '{}' FROM payables_payment
 WHERE run_id = %(run)s AND state = 'held' ORDER BY id
"""
_SEALED = "SELECT line_count, total, digest FROM payruns_seal(%s)"
_HELD = "SELECT count(*) FROM payables_payment WHERE run_id = %s AND ordinal IS NULL"


def write_lines(run: Run) -> None:
    """Insert the run's payments and a blocking finding for each one held out."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"run": run.id, "number": run.number, "pay_on": run.pay_on})
        rules = {code: rule for code, (rule, _) in HOLDS.items()}
        cursor.execute(_FINDINGS, {"run": run.id, "rules": _json(rules)})


def seal_of(run: Run) -> tuple[int, int, str]:
    """Give count, sum in fen and hash of the run's lines as the database computes them."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [run.id])
        count, total, digest = cursor.fetchone()
    return int(count), int(total), str(digest)


def held_count(run: Run) -> int:
    """Give how many payments were held out of the run."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [run.id])
        return int(cursor.fetchone()[0])


def _json(value: dict[str, str]) -> str:
    return orjson.dumps(value).decode()
