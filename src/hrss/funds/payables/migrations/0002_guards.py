"""What the database refuses about payables, whatever the code above it does.

An entitlement without three natural persons behind it; overlapping entitlements; rewritten entitlements, facts and
payments; facts for months already paid; a payment that does not fit its entitlement.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

GUARDS = """
CREATE FUNCTION payables_refuse(code text, message text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', message USING ERRCODE = '23514', CONSTRAINT = code; END $$;

-- Three different natural persons decided the case of this person, or signed the batch. Refuses otherwise.
CREATE FUNCTION payables_check_origin(for_case uuid, for_batch text, person uuid) RETURNS void LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
  c record;
  persons bigint;
BEGIN
  IF for_case IS NOT NULL THEN
    SELECT applicant_person_id, decision INTO c FROM casework_case WHERE id = for_case;
    IF NOT FOUND OR c.decision <> 'granted'
       OR access_natural_person(c.applicant_person_id) IS DISTINCT FROM access_natural_person(person) THEN
      PERFORM payables_refuse('payables_not_granted', '办件没有准予，或者不是这个人的');
    END IF;
    SELECT count(DISTINCT access_natural_person(a.actor_person_id)) INTO persons FROM casework_action a
     WHERE a.case_id = for_case AND a.actor_kind = 'staff' AND a.post IN ('handle', 'review', 'approve');
  ELSE
    SELECT count(DISTINCT s.person_id) INTO persons FROM signing_signature s
      JOIN payables_batch b ON b.reference = s.reference AND b.digest = s.digest AND b.taken_at IS NULL
     WHERE s.source = 'payables.batch' AND s.reference = for_batch;
  END IF;
  IF persons < 3 THEN
    PERFORM payables_refuse('payables_three_persons', '没有经过三个不同的人办理');
  END IF;
END
$$;

CREATE FUNCTION payables_guard_entitlement() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.next_month <> NEW.first OR NEW.stopped_at IS NOT NULL THEN
      PERFORM payables_refuse('payables_entitlement_fixed', '新的待遇资格从起始月开始核算');
    END IF;
    PERFORM payables_check_origin(NEW.case_id, NEW.batch, NEW.person_id);
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.person_id, NEW.benefit, NEW.exclusion, NEW.purpose, NEW.first, NEW.case_id, NEW.batch, NEW.created_at,
      NEW.continues_id) IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.benefit, OLD.exclusion, OLD.purpose, OLD.first,
      OLD.case_id, OLD.batch, OLD.created_at, OLD.continues_id)
     OR NEW.next_month < OLD.next_month
     OR (NEW.last IS DISTINCT FROM OLD.last AND (NEW.last IS NULL OR NEW.last > OLD.last OR NEW.stopped_at IS NULL)) THEN
    PERFORM payables_refuse('payables_entitlement_fixed', '待遇资格确认后只能停发');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payables_entitlement_guard BEFORE INSERT OR UPDATE ON payables_entitlement
  FOR EACH ROW EXECUTE FUNCTION payables_guard_entitlement();

CREATE FUNCTION payables_guard_facts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  owner uuid;
BEGIN
  SELECT person_id INTO owner FROM payables_entitlement WHERE id = NEW.entitlement_id FOR UPDATE;
  IF owner IS NULL OR owner <> NEW.person_id THEN
    PERFORM payables_refuse('payables_entitlement_fixed', '核定依据和待遇资格不是同一个人的');
  END IF;
  PERFORM payables_check_origin(NEW.case_id, NEW.batch, NEW.person_id);
  IF EXISTS (SELECT 1 FROM payables_payment p WHERE p.entitlement_id = NEW.entitlement_id
              AND p.month >= NEW.from_month AND p.state IN ('open', 'paid')) THEN
    PERFORM payables_refuse('payables_paid_months', '不能改写已发放的月份');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payables_factversion_guard BEFORE INSERT ON payables_factversion
  FOR EACH ROW EXECUTE FUNCTION payables_guard_facts();

CREATE FUNCTION payables_guard_payments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (
      SELECT 1 FROM made m
        LEFT JOIN payables_entitlement e ON e.id = m.entitlement_id
        LEFT JOIN payables_factversion f ON f.id = m.facts_id
        LEFT JOIN people_bankaccount a ON a.id = m.account_id
       WHERE e.id IS NULL OR e.person_id <> m.person_id OR e.benefit <> m.benefit OR e.purpose <> m.purpose
          OR m.month < e.first OR m.month > coalesce(e.last, m.month)
          OR f.entitlement_id IS DISTINCT FROM m.entitlement_id OR f.from_month > m.month
          OR m.state NOT IN ('open', 'held') OR m.settled OR m.answer <> ''
          OR (m.account_id IS NOT NULL AND (a.person_id <> m.person_id OR a.index <> m.account_index))) THEN
    PERFORM payables_refuse('payables_payment_fits', '发放和待遇资格、核定依据或者收款账户不符');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER payables_payment_fits AFTER INSERT ON payables_payment
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION payables_guard_payments();

CREATE FUNCTION payables_guard_payment() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (OLD.settled AND NOT NEW.settled) OR (NEW.settled AND NEW.state IN ('open', 'paid'))
     OR (NEW.state <> OLD.state AND NOT (OLD.state = 'open' AND NEW.state IN ('paid', 'returned', 'held', 'dropped')))
     OR (OLD.answer <> '' AND NEW.answer <> OLD.answer) THEN
    PERFORM payables_refuse('payables_payment_states', format('发放不能从 %s 变为 %s', OLD.state, NEW.state));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payables_payment_guard BEFORE UPDATE ON payables_payment
  FOR EACH ROW EXECUTE FUNCTION payables_guard_payment();

-- A batch is taken once, whole: as many rows as were signed.
CREATE FUNCTION payables_guard_batch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  rows bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.taken_at := NULL;
    RETURN NEW;
  END IF;
  IF OLD.taken_at IS NOT NULL OR NEW.taken_at IS NULL OR (NEW.reference, NEW.text, NEW.row_count, NEW.digest,
      NEW.prepared_at) IS DISTINCT FROM (OLD.reference, OLD.text, OLD.row_count, OLD.digest, OLD.prepared_at) THEN
    PERFORM payables_refuse('payables_batch_once', '批次只能写入一次');
  END IF;
  SELECT count(*) INTO rows FROM payables_factversion f WHERE f.batch = NEW.reference;
  IF rows <> NEW.row_count THEN
    PERFORM payables_refuse('payables_batch_whole', format('批次应有 %s 行，实有 %s 行', NEW.row_count, rows));
  END IF;
  NEW.taken_at := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER payables_batch_guard BEFORE INSERT OR UPDATE ON payables_batch
  FOR EACH ROW EXECUTE FUNCTION payables_guard_batch();
REVOKE DELETE, TRUNCATE ON payables_batch FROM hrss_app;

ALTER TABLE payables_entitlement ADD CONSTRAINT payables_entitlement_no_overlap EXCLUDE USING gist (
  int8range(hashtextextended(person_id::text || exclusion || purpose, 0),
            hashtextextended(person_id::text || exclusion || purpose, 0), '[]') WITH &&,
  int4range(first, last, '[]') WITH &&
) WHERE (last IS NULL OR last >= first);
CREATE UNIQUE INDEX payables_entitlement_once_a_case ON payables_entitlement (case_id, benefit, purpose)
  WHERE case_id IS NOT NULL;

REVOKE DELETE, TRUNCATE ON payables_entitlement FROM hrss_app;
REVOKE UPDATE, DELETE, TRUNCATE ON payables_payment FROM hrss_app;
GRANT UPDATE (state, settled, answer, answered_on, note) ON payables_payment TO hrss_app;
"""
UNGUARD = """
GRANT DELETE ON payables_batch TO hrss_app;
DROP TRIGGER payables_batch_guard ON payables_batch;
DROP FUNCTION payables_guard_batch();
GRANT UPDATE, DELETE ON payables_payment TO hrss_app;
GRANT DELETE ON payables_entitlement TO hrss_app;
DROP INDEX payables_entitlement_once_a_case;
ALTER TABLE payables_entitlement DROP CONSTRAINT payables_entitlement_no_overlap;
DROP TRIGGER payables_payment_guard ON payables_payment;
DROP FUNCTION payables_guard_payment();
DROP TRIGGER payables_payment_fits ON payables_payment;
DROP FUNCTION payables_guard_payments();
DROP TRIGGER payables_factversion_guard ON payables_factversion;
DROP FUNCTION payables_guard_facts();
DROP TRIGGER payables_entitlement_guard ON payables_entitlement;
DROP FUNCTION payables_guard_entitlement();
DROP FUNCTION payables_check_origin(uuid, text, uuid);
DROP FUNCTION payables_refuse(text, text);
"""


# The definer functions run as the owner, who must read what they check.
OWNER = """
CREATE POLICY payables_entitlement_owner ON payables_entitlement TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY payables_factversion_owner ON payables_factversion FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY payables_payment_owner ON payables_payment FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY people_bankaccount_payables ON people_bankaccount FOR SELECT TO CURRENT_USER USING (true);
"""
UNOWNER = """
DROP POLICY people_bankaccount_payables ON people_bankaccount;
DROP POLICY payables_payment_owner ON payables_payment;
DROP POLICY payables_factversion_owner ON payables_factversion;
DROP POLICY payables_entitlement_owner ON payables_entitlement;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payables", "0001_initial"),
        ("access", "0002_rules"),
        ("casework", "0002_rules"),
        ("scope", "0001_functions"),
        ("signing", "0001_initial"),
    ]
    operations = [
        protect("payables_entitlement", person="person_id"),
        protect("payables_factversion", person="person_id"),
        append_only("payables_factversion"),
        protect("payables_payment", person="person_id"),
        migrations.RunSQL(GUARDS, UNGUARD),
        migrations.RunSQL(OWNER, UNOWNER),
    ]
