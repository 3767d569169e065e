"""Keeping back what is deducted for a debt (抵扣): the agreed share of each month, by the rule, never above the debt.

Runs between computing and writing, with the live deductions locked. What a returned payment had kept back already is
carried over to its retry and not taken a second time.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import connection

from hrss.funds.payables.deductions import taken
from hrss.funds.payables.models import Deduction
from hrss.kernel.months import YearMonth
from hrss.rules.engine import evaluate
from hrss.rules.insurance.recalculation import offset

_TABLE = "CREATE TEMPORARY TABLE payruns_kept (no int PRIMARY KEY, deduction bigint, fen bigint) ON COMMIT DROP"
_CARRIED = """
INSERT INTO payruns_kept SELECT no, carried_by, carried FROM payruns_candidate WHERE carried > 0
"""
_WANTED = """
SELECT c.no, c.entitlement_id, c.month, a.amount FROM payruns_candidate c JOIN payruns_amount a USING (no)
 WHERE c.entitlement_id = ANY (%s) AND c.carried = 0 AND c.purpose = '' AND a.amount > 1 ORDER BY c.no
"""
_KEEP = "INSERT INTO payruns_kept VALUES (%s, %s, %s)"
_RELEASED = """
SELECT coalesce(sum(p.deducted), 0)::bigint FROM payables_payment p JOIN payruns_candidate c ON c.retry_of = p.id
 WHERE p.deduction_id = %s AND c.carried = 0
"""

Row = tuple[int, UUID, int, int]


def deduct_due() -> None:
    """Make ``payruns_kept``: which candidate keeps how much for which deduction."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS payruns_kept")
        cursor.execute(_TABLE)
        cursor.execute(_CARRIED)
    live = _live()
    if not live:
        return
    rows = _wanted(list(live))
    kept = [one for entitlement, months in rows.items() for one in _keep(live[entitlement], months)]
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP, kept)


def _live() -> dict[UUID, Deduction]:
    """Lock the live deductions of entitlements that are candidates."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT d.id FROM payables_deduction d JOIN payruns_candidate c"
            " ON c.entitlement_id = d.entitlement_id WHERE d.ended_at IS NULL"
        )
        ids = [row[0] for row in cursor.fetchall()]
    rows = Deduction.objects.select_for_update().filter(id__in=ids, ended_at=None).order_by("id")
    return {row.entitlement_id: row for row in rows}


def _wanted(entitlements: list[UUID]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WANTED, [entitlements])
        for row in cursor.fetchall():
            found[row[1]].append(row)
    return found


def _keep(deduction: Deduction, months: list[Row]) -> list[tuple[int, int, int]]:
    left, kept = deduction.most - taken(deduction) + _released(deduction), []
    for no, _, month, amount in months:
        fen = min(_offset(amount, left, deduction.share, month), amount - 1)
        if fen > 0:
            kept.append((no, deduction.id, fen))
            left -= fen
    return kept


def _released(deduction: Deduction) -> int:
    """Give what held attempts kept that are computed anew in this run."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASED, [deduction.id])
        return int(cursor.fetchone()[0])


def _offset(amount: int, owed: int, share: int, month: int) -> int:
    facts: dict[str, Any] = {"benefit": amount, "debt": max(owed, 0), "share": share}
    return int(evaluate(offset, facts, on=YearMonth.from_index(month).first_day).amount)
