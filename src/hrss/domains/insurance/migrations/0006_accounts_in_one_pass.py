"""I5 in one pass: accounts and payments sorted together by person and year, instead of three joins of whole tables.

It finds what the view of migration 3 found, row for row. The former joins were planned by person only, and looked every
payment up by itself, because nobody can tell the planner how many rows row-level security lets through.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

BEFORE = import_module("hrss.domains.insurance.migrations.0003_invariants").ACCOUNTS
ACCOUNTS = """
SELECT 'resident_pension'::text AS fund, a.person_id::text AS subject, told.problem
  FROM (
    SELECT r.person_id, r.year, r.is_account, r.is_closed, r.credit_fen, r.interest_fen, r.balance_fen,
           sum(r.fen) OVER (PARTITION BY r.person_id, r.year) AS paid_fen,
           coalesce(max(r.balance_fen) OVER (
             PARTITION BY r.person_id ORDER BY r.year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING), 0) AS before_fen
      FROM (
        SELECT person_id, year::int AS year, true AS is_account, closed_on IS NOT NULL AS is_closed,
               credit_fen, interest_fen, balance_fen, NULL::bigint AS fen
          FROM insurance_accountyear WHERE scheme = 'resident'
        UNION ALL
        SELECT person_id, extract(year FROM paid_on)::int, false, false, NULL, NULL, NULL, paid_fen + subsidy_fen
          FROM insurance_residentpayment) r) a
  CROSS JOIN LATERAL (
    SELECT format('%s 年个人账户余额 %s 分，应为上年 %s 分加记账 %s 分加利息 %s 分', a.year, a.balance_fen,
                  a.before_fen, a.credit_fen, a.interest_fen) AS problem
     WHERE a.is_closed
       AND (a.balance_fen < 0 OR a.balance_fen <> a.before_fen + a.credit_fen + a.interest_fen)
    UNION ALL
    SELECT format('%s 年个人账户记账 %s 分，当年缴费和补贴是 %s 分', a.year, a.credit_fen, a.paid_fen)
     WHERE a.credit_fen <> a.paid_fen) told
 WHERE a.is_account
   AND (a.credit_fen <> a.paid_fen OR a.is_closed
        AND (a.balance_fen < 0 OR a.balance_fen <> a.before_fen + a.credit_fen + a.interest_fen))
"""


class Migration(migrations.Migration):
    dependencies = [("insurance", "0005_subsidy_claims")]
    operations = [
        migrations.RunSQL(
            [f"CREATE OR REPLACE VIEW insurance_unsound_accounts AS {ACCOUNTS}"],
            [f"CREATE OR REPLACE VIEW insurance_unsound_accounts AS {BEFORE}"],
        )
    ]
