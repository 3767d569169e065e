"""What the database refuses about deductions: more than agreed, from another's benefit, changed terms."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import protect

GUARDS = """
-- What payments keep for a deduction: live ones and those that wait to be paid again.
CREATE FUNCTION payables_taken(wanted bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT coalesce(sum(deducted), 0)::bigint FROM payables_payment
    WHERE deduction_id = wanted AND NOT settled AND state <> 'dropped' $$;

CREATE FUNCTION payables_guard_deduction() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (NEW.id, NEW.reference, NEW.entitlement_id, NEW.person_id, NEW.region_code, NEW.share, NEW.since) IS DISTINCT FROM
     (OLD.id, OLD.reference, OLD.entitlement_id, OLD.person_id, OLD.region_code, OLD.share, OLD.since)
     OR NEW.most > OLD.most OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    PERFORM payables_refuse('payables_deduction_fixed', '抵扣约定后只能减少或者结束');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payables_deduction_guard BEFORE UPDATE ON payables_deduction
  FOR EACH ROW EXECUTE FUNCTION payables_guard_deduction();

CREATE FUNCTION payables_guard_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM made m JOIN payables_deduction d ON d.id = m.deduction_id
              WHERE m.entitlement_id <> d.entitlement_id OR m.person_id <> d.person_id OR m.purpose <> '') THEN
    PERFORM payables_refuse('payables_deduction_over', '抵扣与约定的待遇不符');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER payables_payment_kept AFTER INSERT ON payables_payment
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION payables_guard_kept();

-- At commit, when the attempts a run retries are settled: no more is kept than was agreed.
CREATE FUNCTION payables_check_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM payables_deduction d WHERE d.id = NEW.deduction_id AND payables_taken(d.id) > d.most) THEN
    PERFORM payables_refuse('payables_deduction_over', '抵扣的金额超过约定的上限');
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER payables_payment_kept_whole AFTER INSERT ON payables_payment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.deducted > 0) EXECUTE FUNCTION payables_check_kept();

REVOKE UPDATE, DELETE, TRUNCATE ON payables_deduction FROM hrss_app;
GRANT UPDATE (most, ended_at) ON payables_deduction TO hrss_app;
CREATE POLICY payables_deduction_owner ON payables_deduction FOR SELECT TO CURRENT_USER USING (true);
"""
UNGUARD = """
DROP POLICY payables_deduction_owner ON payables_deduction;
GRANT UPDATE, DELETE ON payables_deduction TO hrss_app;
DROP TRIGGER payables_payment_kept_whole ON payables_payment;
DROP FUNCTION payables_check_kept();
DROP TRIGGER payables_payment_kept ON payables_payment;
DROP FUNCTION payables_guard_kept();
DROP TRIGGER payables_deduction_guard ON payables_deduction;
DROP FUNCTION payables_guard_deduction();
DROP FUNCTION payables_taken(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("payables", "0003_deduction"), ("scope", "0001_functions")]
    operations = [
        protect("payables_deduction", person="person_id"),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
