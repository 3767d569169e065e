"""Invariants of payables and pay runs as views that must be empty (I3, I4, I8, I9), and what I9 keeps."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from hrss.foundation.scope.policies import protect

TOTALS = """
SELECT r.fund, r.number AS subject,
       format('批次 %%s 合计 %%s 分，明细 %%s 分、银行文件 %%s 分、账 %%s 分、退回入账 %%s 分', r.number, r.total, s.whole,
              f.total, e.total, b.total) AS problem
  FROM payruns_run r CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(sum(p.amount), 0) AS whole,
           coalesce(sum(p.amount - p.deducted) FILTER (WHERE p.state <> 'held'), 0) AS net,
           coalesce(sum(CASE WHEN p.was_returned THEN p.amount - p.deducted ELSE p.amount END)
                    FILTER (WHERE p.state <> 'held'), 0) AS booked,
           coalesce(sum(p.amount - p.deducted) FILTER (WHERE p.state = 'returned'), 0) AS back
      FROM payables_payment p WHERE p.run_id = r.id AND p.ordinal IS NOT NULL) s
  LEFT JOIN banking_bankfile f ON f.kind = 'order' AND f.number = r.number
  LEFT JOIN ledger_entry e ON e.source = 'payrun' AND e.reference = r.number
  LEFT JOIN ledger_entry b ON b.source = 'returned' AND b.reference = r.number
 WHERE {scope} AND (
   s.whole <> r.total OR s.many <> r.line_count
   OR (r.state IN ('filed', 'sent', 'answered', 'closed')
       AND (f.total IS DISTINCT FROM s.net OR e.total IS DISTINCT FROM s.booked))
   OR (r.state IN ('answered', 'closed') AND coalesce(b.total, 0) <> s.back))
""".replace("%%", "%")
VIEWS = {
    "payruns_unsound_once": """
SELECT ''::text AS fund, person_id::text AS subject, format('同一人同一待遇 %s 同一月份有 %s 笔有效发放', benefit, count(*))
       AS problem
  FROM payables_payment WHERE state IN ('open', 'paid')
 GROUP BY person_id, benefit, month, purpose HAVING count(*) > 1
""",
    "payruns_unsound_totals": TOTALS.format(scope="r.state NOT IN ('open', 'discarded', 'closed')"),
    "payruns_unsound_totals_ever": TOTALS.format(scope="r.state NOT IN ('open', 'discarded')"),
    "payruns_unsound_overlap": """
SELECT ''::text AS fund, id::text AS subject, format('待遇资格 %s 与同类待遇的时间重叠', id) AS problem
  FROM (SELECT id, first, last, lag(coalesce(last, 2147483647)) OVER same AS before
          FROM payables_entitlement WHERE last IS NULL OR last >= first
        WINDOW same AS (PARTITION BY person_id, exclusion, purpose ORDER BY first, id)) e
 WHERE e.first <= e.before
""",
    "payruns_unsound_amounts": """
SELECT r.fund, d.payment_id::text AS subject,
       format('发放 %s 的金额 %s 分与规则重新算出的 %s 分不同', d.payment_id, d.stored, d.found) AS problem
  FROM payruns_difference d JOIN payables_payment p ON p.id = d.payment_id AND p.amount = d.stored
  JOIN payruns_run r ON r.id = p.run_id
""",
}


class Migration(migrations.Migration):
    dependencies = [
        ("payruns", "0003_deductions"),
        ("payables", "0004_deduction_rules"),
        ("ledger", "0004_closing_rules"),
    ]
    operations = [
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="payables.payment",
                    ),
                ),
                ("stored", models.BigIntegerField(verbose_name="发放的金额（分）")),
                ("found", models.BigIntegerField(verbose_name="重新算出的金额（分）")),
                ("at", models.DateTimeField(db_default=Now(), editable=False)),
            ],
            options={"verbose_name": "重算差异"},
        ),
        protect("payruns_difference", region="", extra="hrss_kind() IN ('staff', 'system')"),
        *(migrations.RunSQL([f"CREATE VIEW {name} AS {body}"], [f"DROP VIEW {name}"]) for name, body in VIEWS.items()),
    ]
