"""Which month is due next moves only when a run is computed: nobody skips a person's month by hand."""

from __future__ import annotations

from django.db import migrations

GUARD = """
CREATE FUNCTION payables_guard_next_month() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF hrss_kind() <> 'system' THEN
    PERFORM payables_refuse('payables_entitlement_fixed', '下一个应发月份由批次核算推进，不能由个人改');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payables_entitlement_month BEFORE UPDATE OF next_month ON payables_entitlement FOR EACH ROW
  WHEN (OLD.next_month <> NEW.next_month) EXECUTE FUNCTION payables_guard_next_month();
"""
UNGUARD = """
DROP TRIGGER payables_entitlement_month ON payables_entitlement;
DROP FUNCTION payables_guard_next_month();
"""


class Migration(migrations.Migration):
    dependencies = [("payables", "0004_deduction_rules")]
    operations = [migrations.RunSQL([GUARD], [UNGUARD])]
