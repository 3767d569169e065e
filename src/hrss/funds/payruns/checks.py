"""The checks on the frozen lines (F03, F04, F13, M07, B08): what needs a further pair of eyes, what is pointed out.

Each is one statement that inserts findings; the sentence a person reads is made from ``SENTENCES`` and the finding's
facts. What blocks a payment is decided when it is written (``writing.HOLDS``).
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from hrss.funds.payruns.bands import FEW, PLACES, band
from hrss.funds.payruns.limits import Limits
from hrss.funds.payruns.models import Run

SENTENCES: dict[str, str] = {
    "over_limit": "单笔金额超过另行确认的限额",
    "once_over_limit": "一次性待遇超过集体会审的限额",
    "jump": "比上次发放增长过快",
    "extreme": "和同一待遇的多数人差得太远",
    "total_change": "批次总额与上月相差过大",
    "shared_account": "同一个账户收多个人的待遇",
    "old_age": "年龄特别大，请核实生存状态",
    "arrears": "一次补发多个月份",
}

_LINES = """
CREATE TEMPORARY TABLE payruns_line ON COMMIT DROP AS
SELECT id, run_id, entitlement_id, person_id, benefit, month, purpose, amount, account_index
  FROM payables_payment WHERE run_id = %s AND state = 'open'
"""
# The last paid month of each payee within a year: a table of its own, because PostgreSQL knows nothing yet of the lines
# this transaction has just written and would look each one up.
_BEFORE = """
CREATE TEMPORARY TABLE payruns_before ON COMMIT DROP AS
SELECT DISTINCT ON (entitlement_id) entitlement_id, month, amount FROM payables_payment
 WHERE state = 'paid' AND month BETWEEN %(month)s - 12 AND %(month)s
   AND benefit IN (SELECT DISTINCT benefit FROM payruns_line)
 ORDER BY entitlement_id, month DESC
"""
_PLACES = """
SELECT benefit, percentile_disc(%s::float8[]) WITHIN GROUP (ORDER BY amount) FROM payruns_line
 WHERE purpose = '' GROUP BY benefit HAVING count(*) >= %s ORDER BY benefit
"""
CHECKS: tuple[str, ...] = (
    # F03 threshold, F13 one-off over the limit
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT run_id, id, CASE WHEN purpose = '' THEN 'F03' ELSE 'F13' END,
         CASE WHEN purpose = '' THEN 'over_limit' ELSE 'once_over_limit' END, 'confirm',
         jsonb_build_object('amount', amount, 'limit', CASE WHEN purpose = '' THEN %(line)s ELSE %(once)s END)
    FROM payruns_line l WHERE amount > CASE WHEN purpose = '' THEN %(line)s ELSE %(once)s END ORDER BY id""",
    # F03 jump against the last paid month of the same person and benefit
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT l.run_id, l.id, 'F03', 'jump', 'confirm',
         jsonb_build_object('amount', l.amount, 'before', b.amount, 'before_month', b.month)
    FROM payruns_line l JOIN payruns_before b ON b.entitlement_id = l.entitlement_id AND b.month < l.month
    WHERE l.purpose = '' AND l.amount * 1000000 > b.amount * (1000000 + %(jump)s) ORDER BY l.id""",
    # F03 extreme: outside the band of its benefit (``bands``), unless it was paid like that before and looked at then
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT l.run_id, l.id, 'F03', 'extreme', 'confirm',
         jsonb_build_object('amount', l.amount, 'middle', b.middle, 'least', b.least, 'most', b.most)
    FROM payruns_line l JOIN unnest(%(benefits)s::text[], %(least)s::bigint[], %(middle)s::bigint[], %(most)s::bigint[])
      AS b (benefit, least, middle, most) ON b.benefit = l.benefit
    LEFT JOIN payruns_before p ON p.entitlement_id = l.entitlement_id AND p.month < l.month
    WHERE l.purpose = '' AND (l.amount < b.least OR l.amount > b.most)
      AND (p.amount IS NULL OR abs(l.amount - p.amount) * 1000000 > p.amount * %(jump)s) ORDER BY l.id""",
    # F04 total against the last closed run of the group
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT %(run)s, NULL, 'F04', 'total_change', 'confirm',
         jsonb_build_object('total', now.total, 'before', b.total, 'before_number', b.number)
    FROM (SELECT coalesce(sum(amount), 0)::bigint AS total FROM payruns_line) now
    JOIN (SELECT total, number FROM payruns_run WHERE run_group = %(group)s AND state = 'closed' AND ordinal = 1
           ORDER BY month DESC LIMIT 1) b ON true
    WHERE %(first)s AND abs(now.total - b.total) * 1000000 > b.total * %(total)s""",
    # M07 one account for several people
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT l.run_id, l.id, 'M07', 'shared_account', 'confirm', jsonb_build_object('people', s.people)
    FROM payruns_line l JOIN (
      SELECT account_index, count(DISTINCT person_id) AS people FROM payruns_line GROUP BY 1
      HAVING count(DISTINCT person_id) > 1) s USING (account_index) ORDER BY l.id""",
    # B08 very old people
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT l.run_id, l.id, 'B08', 'old_age', 'alert',
         jsonb_build_object('age', extract(year FROM age(%(pay_on)s, p.birth_date)))
    FROM payruns_line l JOIN people_person p ON p.id = l.person_id
    WHERE p.birth_date < %(pay_on)s - make_interval(years => %(old)s) AND l.purpose = '' ORDER BY l.id""",
    # F12 several months at once
    """INSERT INTO payruns_finding (run_id, payment_id, rule, code, kind, facts)
    SELECT %(run)s, min(id), 'F12', 'arrears', 'alert', jsonb_build_object('months', count(*))
    FROM payruns_line l WHERE purpose = '' GROUP BY entitlement_id HAVING count(*) > 1 ORDER BY min(id)""",
)


def check_lines(run: Run, limits: Limits) -> None:
    """Insert the findings about the run's lines."""
    values: dict[str, Any] = {
        "run": run.id,
        "group": run.group,
        "month": run.month,
        "pay_on": run.pay_on,
        "first": run.ordinal == 1,
        "line": limits.line,
        "once": limits.once,
        "jump": limits.jump,
        "total": limits.total_change,
        "old": limits.old_age,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS payruns_line, payruns_before")
        cursor.execute(_LINES, [run.id])
        cursor.execute("ANALYZE payruns_line")
        cursor.execute(_BEFORE, values)
        cursor.execute("CREATE UNIQUE INDEX ON payruns_before (entitlement_id); ANALYZE payruns_before")
        values |= _bands(limits)
        for statement in CHECKS:
            cursor.execute(statement, values)


def _bands(limits: Limits) -> dict[str, list[Any]]:
    """Give the bands of the run's benefits as columns."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [list(PLACES), FEW])
        found = {
            benefit: band(*places, times=limits.extreme_times, floor=limits.extreme_floor)
            for benefit, places in cursor.fetchall()
        }
    bands = list(found.values())
    return {
        "benefits": list(found),
        "least": [one.least for one in bands],
        "middle": [one.middle for one in bands],
        "most": [one.most for one in bands],
    }
