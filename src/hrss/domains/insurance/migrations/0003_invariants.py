"""I5 as a view that must be empty: a resident's account is what was credited, plus interest, less what was drawn."""

from __future__ import annotations

from django.db import migrations

ACCOUNTS = """
SELECT 'resident_pension'::text AS fund, a.person_id::text AS subject,
       format('%s 年个人账户余额 %s 分，应为上年 %s 分加记账 %s 分加利息 %s 分', a.year, a.balance_fen,
              coalesce(b.balance_fen, 0), a.credit_fen, a.interest_fen) AS problem
  FROM insurance_accountyear a LEFT JOIN insurance_accountyear b
    ON b.person_id = a.person_id AND b.scheme = a.scheme AND b.year = a.year - 1
 WHERE a.scheme = 'resident' AND a.closed_on IS NOT NULL
   AND (a.balance_fen < 0 OR a.balance_fen <> coalesce(b.balance_fen, 0) + a.credit_fen + a.interest_fen)
UNION ALL
SELECT 'resident_pension', a.person_id::text,
       format('%s 年个人账户记账 %s 分，当年缴费和补贴是 %s 分', a.year, a.credit_fen, p.fen)
  FROM insurance_accountyear a JOIN (
    SELECT person_id, extract(year FROM paid_on)::int AS year, sum(paid_fen + subsidy_fen) AS fen
      FROM insurance_residentpayment GROUP BY 1, 2) p ON p.person_id = a.person_id AND p.year = a.year
 WHERE a.scheme = 'resident' AND a.credit_fen <> p.fen
"""


class Migration(migrations.Migration):
    dependencies = [("insurance", "0002_protect")]
    operations = [
        migrations.RunSQL(
            [f"CREATE VIEW insurance_unsound_accounts AS {ACCOUNTS}"], ["DROP VIEW insurance_unsound_accounts"]
        )
    ]
