"""Selecting what a run pays: every month due and not yet computed, and everything that waits from earlier runs.

Temporary tables of the transaction: ``payruns_candidate`` (who, which month, on which facts) and ``payruns_amount``
(what the rules found). Entitlements are locked first, so a stop waits for the snapshot, or the snapshot for the stop.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from uuid import UUID

import orjson
from django.db import connection

from hrss.funds.benefits import Amount, EntitlementFacts, benefit_of
from hrss.funds.payables.bases import Bases
from hrss.funds.payruns.chunks import chunks
from hrss.kernel.months import YearMonth

_CANDIDATES = """
CREATE TEMPORARY TABLE payruns_candidate ON COMMIT DROP AS
WITH due AS MATERIALIZED (
  SELECT id, person_id, region_code, benefit, purpose, account_id, next_month, last FROM payables_entitlement
   WHERE benefit = ANY (%(benefits)s) AND next_month <= %(month)s AND (last IS NULL OR last >= next_month)
   ORDER BY id FOR NO KEY UPDATE),
waiting AS MATERIALIZED (
  SELECT p.id, p.entitlement_id, p.month, p.attempt, p.was_returned OR p.state = 'returned' AS was_returned,
         CASE WHEN p.was_returned OR p.state = 'returned' THEN p.deducted ELSE 0 END AS carried,
         CASE WHEN p.was_returned OR p.state = 'returned' THEN p.deduction_id END AS carried_by,
         (SELECT r.account_index FROM payables_payment r WHERE r.entitlement_id = p.entitlement_id
             AND r.month = p.month AND r.state = 'returned' ORDER BY r.id DESC LIMIT 1) AS returned_index
    FROM payables_payment p
   WHERE p.benefit = ANY (%(benefits)s) AND p.state IN ('held', 'dropped', 'returned') AND NOT p.settled
     AND p.month <= %(month)s ORDER BY p.id FOR NO KEY UPDATE),
wanted AS (
  SELECT due.id AS entitlement_id, m.month, NULL::bigint AS retry_of, 1 AS attempt, false AS was_returned,
         0::bigint AS carried, NULL::bigint AS carried_by, NULL::bytea AS returned_index
    FROM due CROSS JOIN LATERAL generate_series(due.next_month, least(due.last, %(month)s)) AS m (month)
  UNION ALL
  SELECT entitlement_id, month, id, attempt + 1, was_returned, carried, carried_by, returned_index FROM waiting)
SELECT row_number() OVER (ORDER BY e.region_code, e.person_id, e.benefit, w.month, e.purpose, w.retry_of)::int AS no,
       w.*, e.person_id, e.region_code, e.benefit, e.purpose, e.account_id AS wanted_account, f.id AS facts_id, f.facts
  FROM wanted w JOIN payables_entitlement e ON e.id = w.entitlement_id
  JOIN LATERAL (SELECT id, facts FROM payables_factversion v
                 WHERE v.entitlement_id = e.id AND v.from_month <= w.month
                 ORDER BY from_month DESC, id DESC LIMIT 1) f ON true
 WHERE e.last IS NULL OR w.month <= e.last
"""
_AMOUNTS = """
CREATE TEMPORARY TABLE payruns_amount (
  no int, amount bigint, part bigint, rule text, basis int, inputs jsonb) ON COMMIT DROP
"""
_COPY = "COPY payruns_amount (no, amount, part, rule, basis, inputs) FROM STDIN"
_INDEX = """
CREATE UNIQUE INDEX ON payruns_candidate (no); CREATE UNIQUE INDEX ON payruns_amount (no);
ANALYZE payruns_candidate; ANALYZE payruns_amount
"""
_NEXT = """
UPDATE payables_entitlement e SET next_month = c.month + 1
  FROM (SELECT entitlement_id, max(month) AS month FROM payruns_candidate WHERE retry_of IS NULL GROUP BY 1) c
 WHERE e.id = c.entitlement_id
"""
_SETTLE = """
UPDATE payables_payment p SET settled = true FROM payruns_candidate c WHERE p.id = c.retry_of
"""
_FACTS = """
SELECT no, entitlement_id, person_id, benefit, month, facts::text FROM payruns_candidate
 WHERE no > %s ORDER BY no LIMIT %s
"""
_DROP = "DROP TABLE IF EXISTS payruns_candidate, payruns_amount"

Row = tuple[int, UUID, UUID, str, int, str]


def select_due(benefits: list[str], month: YearMonth) -> int:
    """Make ``payruns_candidate``; gives how many payments are due."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP)
        cursor.execute(_CANDIDATES, {"benefits": benefits, "month": month.index})
        cursor.execute("SELECT count(*) FROM payruns_candidate")
        return int(cursor.fetchone()[0])


def compute_due() -> None:
    """Have the rules compute every candidate and keep the amounts in ``payruns_amount``; nothing due is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_AMOUNTS)
        bases = Bases()
        for chunk in chunks(_FACTS):
            lines = b"".join(_copy_lines(chunk, bases))
            with cursor.copy(_COPY) as copy:
                copy.write(lines)
        cursor.execute(_INDEX)


def move_on() -> None:
    """Note on the entitlements up to which month they are computed, and settle the attempts that are retried."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        cursor.execute(_SETTLE)


def computed(rows: list[Row]) -> Iterator[tuple[int, Amount]]:
    """Compute rows (no, entitlement, person, benefit, month, facts as text), a call for each benefit and month."""
    ordered = sorted(rows, key=lambda row: (row[3], row[4]))
    for (code, index), group in itertools.groupby(ordered, key=lambda row: (row[3], row[4])):
        month = YearMonth.from_index(index)
        members = list(group)
        facts = [EntitlementFacts(row[1], row[2], code, month, orjson.loads(row[5])) for row in members]
        amounts = benefit_of(code).compute(month, facts)
        yield from ((row[0], amounts[row[1]]) for row in members if row[1] in amounts)


def _copy_lines(chunk: list[Row], bases: Bases) -> Iterator[bytes]:
    for no, amount in computed(chunk):
        basis = bases.id_of(amount.explanation, amount.versions)
        inputs = orjson.dumps(dict(amount.explanation["facts"])).replace(b"\\", b"\\\\")
        yield b"%d\t%d\t%d\t%s\t%d\t%s\n" % (no, amount.fen, amount.part, amount.rule.encode(), basis, inputs)
