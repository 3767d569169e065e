"""Parts booked apart: signed with the run, computed again with the amount, equal to the books line by line (I4b, I9)."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

from hrss.foundation.scope.revising import revised

SEAL = import_module("hrss.funds.payruns.migrations.0003_deductions").SEAL_WITH_DEDUCTIONS
SEAL_WITH_PARTS = revised(
    SEAL,
    {"nullif(p.deducted, 0))": "nullif(p.deducted, 0),\n                              'part=' || nullif(p.part, 0))"},
)
AMOUNTS = import_module("hrss.funds.payruns.migrations.0004_invariants").VIEWS["payruns_unsound_amounts"]
AMOUNTS_WITH_PARTS = revised(
    AMOUNTS,
    {
        "'发放 %s 的金额 %s 分与规则重新算出的 %s 分不同', d.payment_id, d.stored, d.found": (
            "'发放 %s 的金额 %s 分（另列科目 %s 分）与规则重新算出的 %s 分（%s 分）不同', d.payment_id,"
            "\n              d.stored, d.stored_part, d.found, d.found_part"
        ),
        "p.amount = d.stored": "p.amount = d.stored AND p.part = d.stored_part",
    },
)
# The expense of each line of the last weeks' runs stands in the books as its parts, no more and no less.
PARTS = """
SELECT r.fund, r.number || '-' || p.ordinal AS subject,
       format('批次 %s 第 %s 笔的支出是 %s 分和 %s 分，账上是 %s', r.number, p.ordinal, p.amount - p.part, p.part,
              coalesce(b.fen, '{}')) AS problem
  FROM payruns_run r
  JOIN ledger_entry e ON e.source = 'payrun' AND e.reference = r.number
  JOIN payables_payment p ON p.run_id = r.id AND p.ordinal IS NOT NULL AND p.state <> 'held' AND NOT p.was_returned
  LEFT JOIN (
    SELECT l.entry_id, d.reference, array_agg(d.amount ORDER BY d.amount) AS fen
      FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id AND a.kind = 'expense'
      JOIN ledger_detail d ON d.line_id = l.id
     WHERE l.entry_id IN (SELECT e.id FROM payruns_run r JOIN ledger_entry e ON e.source = 'payrun'
                                 AND e.reference = r.number WHERE r.pay_on >= hrss_today() - 35)
     GROUP BY 1, 2) b ON b.entry_id = e.id AND b.reference = r.number || '-' || p.ordinal
 WHERE r.pay_on >= hrss_today() - 35 AND b.fen IS DISTINCT FROM CASE
   WHEN p.part IN (0, p.amount) THEN ARRAY[p.amount]
   ELSE ARRAY[least(p.part, p.amount - p.part), greatest(p.part, p.amount - p.part)] END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payruns", "0005_china_day"),
        ("payables", "0006_part"),
        ("ledger", "0005_signed_content"),
        ("scope", "0003_today"),
    ]
    operations = [
        migrations.AddField(
            model_name="difference",
            name="stored_part",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="发放时另列科目（分）"),
        ),
        migrations.AddField(
            model_name="difference",
            name="found_part",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="重新算出另列科目（分）"),
        ),
        migrations.RunSQL([SEAL_WITH_PARTS], [SEAL]),
        migrations.RunSQL(
            [f"CREATE OR REPLACE VIEW payruns_unsound_amounts AS {AMOUNTS_WITH_PARTS}"],
            [f"CREATE OR REPLACE VIEW payruns_unsound_amounts AS {AMOUNTS}"],
        ),
        migrations.RunSQL([f"CREATE VIEW payruns_unsound_parts AS {PARTS}"], ["DROP VIEW payruns_unsound_parts"]),
    ]
