"""The subsidy of contributions in the books: its source, an index by day, and a view that must be empty (I5)."""

from __future__ import annotations

from django.db import migrations, models

SUBSIDIES = """
WITH paid AS (
  SELECT to_char(paid_on, 'YYYY-MM') AS month, sum(subsidy_fen)::bigint AS fen
    FROM insurance_residentpayment WHERE subsidy_fen > 0 GROUP BY 1)
SELECT e.fund::text AS fund, e.reference::text AS subject,
       format('%s 的缴费补贴入账 %s 分，记入个人账户的是 %s 分', right(e.reference, 7), e.total, coalesce(p.fen, 0)) AS problem
  FROM ledger_entry e LEFT JOIN paid p ON p.month = right(e.reference, 7)
 WHERE e.source = 'subsidy' AND e.total <> coalesce(p.fen, 0)
"""


class Migration(migrations.Migration):
    dependencies = [("insurance", "0003_invariants"), ("ledger", "0005_signed_content")]
    operations = [
        migrations.RunSQL(
            ["INSERT INTO ledger_source (code, title, persons) VALUES ('subsidy', '财政缴费补贴到账', 0)"],
            ["DELETE FROM ledger_source WHERE code = 'subsidy'"],
        ),
        migrations.AddIndex(
            model_name="residentpayment",
            index=models.Index(fields=["paid_on"], name="insurance_payment_day"),
        ),
        migrations.RunSQL(
            [f"CREATE VIEW insurance_unsound_subsidies AS {SUBSIDIES}"], ["DROP VIEW insurance_unsound_subsidies"]
        ),
    ]
