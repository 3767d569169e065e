"""Verifying a run before its file is made: every amount computed again, every payee looked at again (B01, B03, B13)."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from hrss.funds.payables.models import Payment
from hrss.funds.payruns.chunks import chunks
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.selecting import Row, computed
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem

Stored = tuple[int, UUID, UUID, str, int, str, int, int, str]

_LINES = """
SELECT p.id, p.entitlement_id, p.person_id, p.benefit, p.month, f.facts::text, p.amount, p.part, b.versions
  FROM payables_payment p JOIN payables_factversion f ON f.id = p.facts_id
  JOIN payables_basis b ON b.id = p.basis_id
 WHERE p.run_id = %s AND p.id > %s AND p.state = 'open' ORDER BY p.id LIMIT %s
"""
# What became known after the snapshot: a death, a stop, an account closed or not usable.
_NO_LONGER = """
SELECT p.id, CASE
         WHEN e.last < p.month THEN 'stopped'
         WHEN p.purpose = '' AND make_date(p.month / 12, p.month %% 12 + 1, 1) > m.death_date THEN 'dead'
         ELSE 'account' END
  FROM payables_payment p JOIN payables_entitlement e ON e.id = p.entitlement_id
  JOIN people_person m ON m.id = p.person_id JOIN people_bankaccount b ON b.id = p.account_id
 WHERE p.run_id = %s AND p.state = 'open'
   AND (e.last < p.month OR b.state <> 'active' OR b.usable_from > %s OR b.until < %s OR b.index <> p.account_index
        OR (p.purpose = '' AND make_date(p.month / 12, p.month %% 12 + 1, 1) > m.death_date))
 ORDER BY p.id
"""
NO_LONGER: dict[str, tuple[str, str]] = {
    "stopped": ("B03", "冻结以后已经停发"),
    "dead": ("B03", "冻结以后得知死亡"),
    "account": ("F08", "冻结以后收款账户停用或者更换"),
}


def check_amounts(run: Run) -> int:
    """Compute every open line again; gives how many. Problem ``payruns.amount`` for the first that differs."""
    checked = 0
    for rows in chunks(_LINES, run.id):
        stored = {row[0]: row[6:9] for row in rows}
        found = dict(computed([_plain(row) for row in rows]))
        for line, signed in stored.items():
            again = found.get(line)
            if again is None or (again.fen, again.part, again.versions) != signed:
                raise _differs(line, signed[0], again.fen if again else 0)
        checked += len(stored)
    return checked


def no_longer_due(run: Run) -> list[tuple[Payment, str]]:
    """Give the open lines that must not go out any more, with the code why."""
    with connection.cursor() as cursor:
        cursor.execute(_NO_LONGER, [run.id, run.pay_on, run.pay_on])
        codes = dict(cursor.fetchall())
    lines = Payment.objects.in_bulk(list(codes))
    return [(lines[key], code) for key, code in codes.items()]


def _plain(row: Stored) -> Row:
    return row[0], row[1], row[2], row[3], row[4], row[5]


def _differs(line: int, stored: int, again: int) -> Problem:
    return Problem(
        "payruns.amount",
        f"有一笔金额（{yuan(stored)} 元）与规则重新算出的（{yuan(again)} 元）不同，没有送出",
        rule="B01、B13：金额只来自规则，每笔都能重新算出",
        remedy="请退回这个批次重新核算，并报告稽核",
        status=409,
        payment=line,
    )
