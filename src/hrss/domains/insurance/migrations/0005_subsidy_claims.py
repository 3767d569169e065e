"""Claims to the treasury: written once, their arrival once, with a voucher of the very amount."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from hrss.foundation.scope.policies import protect

GUARD = """
CREATE FUNCTION insurance_guard_claim() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.entry_id IS NOT NULL THEN
      RAISE EXCEPTION '请拨单从请拨开始' USING ERRCODE = '23514', CONSTRAINT = 'insurance_claim_fixed';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.entry_id IS NOT NULL
     OR (NEW.id, NEW.month, NEW.amount_fen, NEW.claimed_on, NEW.due_on)
        IS DISTINCT FROM (OLD.id, OLD.month, OLD.amount_fen, OLD.claimed_on, OLD.due_on)
     OR NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = NEW.entry_id AND e.source = 'subsidy'
                       AND e.total = NEW.amount_fen AND e."on" >= NEW.arrived_on) THEN
    RAISE EXCEPTION '请拨单只能记一次到账，金额与凭证相等' USING ERRCODE = '23514', CONSTRAINT = 'insurance_claim_fixed';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER insurance_subsidyclaim_guard BEFORE INSERT OR UPDATE OR DELETE ON insurance_subsidyclaim
  FOR EACH ROW EXECUTE FUNCTION insurance_guard_claim();
REVOKE UPDATE, DELETE, TRUNCATE ON insurance_subsidyclaim FROM hrss_app;
GRANT UPDATE (arrived_on, notice, entry_id) ON insurance_subsidyclaim TO hrss_app;
"""
UNGUARD = """
GRANT UPDATE, DELETE ON insurance_subsidyclaim TO hrss_app;
DROP TRIGGER insurance_subsidyclaim_guard ON insurance_subsidyclaim;
DROP FUNCTION insurance_guard_claim();
"""


class Migration(migrations.Migration):
    dependencies = [("insurance", "0004_subsidies"), ("ledger", "0005_signed_content")]
    operations = [
        migrations.CreateModel(
            name="SubsidyClaim",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.IntegerField(unique=True, verbose_name="补贴所属月")),
                ("amount_fen", models.BigIntegerField(verbose_name="请拨金额（分）")),
                ("claimed_on", models.DateField(verbose_name="请拨日期")),
                ("due_on", models.DateField(verbose_name="应到日期")),
                ("arrived_on", models.DateField(null=True, verbose_name="到账日期")),
                ("notice", models.CharField(blank=True, default="", max_length=120, verbose_name="到账通知")),
                (
                    "entry",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "请拨单",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="insurance_claim_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("arrived_on", None), ("entry", None), ("notice", ""))
                        | (
                            models.Q(("arrived_on__isnull", False), ("entry__isnull", False))
                            & ~models.Q(("notice", ""))
                        ),
                        name="insurance_claim_arrival",
                    ),
                ],
            },
        ),
        protect("insurance_subsidyclaim", region="", extra="hrss_kind() IN ('staff', 'system')"),
        migrations.RunSQL([GUARD], [UNGUARD]),
        migrations.RunSQL(
            ["UPDATE ledger_source SET title = '财政缴费补贴到账（凭通知）' WHERE code = 'subsidy'"],
            ["UPDATE ledger_source SET title = '财政缴费补贴到账' WHERE code = 'subsidy'"],
        ),
    ]
