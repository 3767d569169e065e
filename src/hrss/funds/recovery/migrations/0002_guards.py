"""What the database refuses about recovery, whatever the code above it does.

A line that was not paid, paid to another or claimed already; skipped states; a measure without its signatures; a
write-off without the inspector; more recovered than was paid too much; any change of what is written.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

SOURCES = """
INSERT INTO ledger_source (code, title, persons) VALUES
  ('debt', '多发待遇追回决定', 3), ('debt_cancel', '撤销追回决定', 3), ('debt_restore', '恢复追回', 3)
"""

FUNCTIONS = """
CREATE SEQUENCE recovery_debt_number;

CREATE TABLE recovery_transition (from_state text, to_state text, PRIMARY KEY (from_state, to_state));
INSERT INTO recovery_transition VALUES ('open', 'decided'), ('open', 'dropped'), ('decided', 'settled'),
  ('decided', 'written_off'), ('decided', 'cancelled'), ('written_off', 'decided');

-- What is still owed: the amount less what moved and what payments keep back that no movement shows yet.
CREATE FUNCTION recovery_outstanding(wanted uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
  SELECT (d.amount - coalesce((SELECT sum(m.amount) FROM recovery_movement m WHERE m.debt_id = d.id), 0)
    - coalesce((SELECT sum(p.deducted) FROM payables_deduction x JOIN payables_payment p ON p.deduction_id = x.id
                 WHERE x.reference = d.id AND NOT p.settled AND p.state <> 'dropped' AND p.deducted > 0
                   AND NOT EXISTS (SELECT 1 FROM recovery_movement m JOIN payables_payment o ON o.id = m.payment_id
                                    WHERE m.debt_id = d.id AND o.entitlement_id = p.entitlement_id
                                      AND o.month = p.month)), 0))::bigint
    FROM recovery_debt d WHERE d.id = wanted
$$;

CREATE FUNCTION recovery_check_signed(for_kind text, measure uuid) RETURNS void LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
  IF (SELECT count(DISTINCT s.person_id) FROM signing_signature s JOIN recovery_measure m ON m.id = measure
       WHERE s.source = for_kind AND s.reference = measure::text AND m.kind = for_kind AND s.digest = m.digest) <> 3 THEN
    PERFORM payables_refuse('recovery_three_persons', '没有经过三个不同的人签名');
  END IF;
  IF for_kind = 'write_off' AND NOT EXISTS (
      SELECT 1 FROM recovery_confirmation c WHERE c.measure_id = measure AND NOT EXISTS (
        SELECT 1 FROM signing_signature s WHERE s.source = for_kind AND s.reference = measure::text
           AND s.person_id = c.person_id)) THEN
    PERFORM payables_refuse('recovery_confirmed', '核销没有由稽核岗位的另一个人确认');
  END IF;
END
$$;

CREATE FUNCTION recovery_guard_debt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  moved bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR NEW.heir_id IS NOT NULL THEN
      PERFORM payables_refuse('recovery_states', '多发待遇从核实开始');
    END IF;
    IF NEW.origin = 'recalculated' THEN PERFORM payables_check_origin(NEW.case_id, '', NEW.person_id); END IF;
    IF NEW.origin = 'stopped' AND hrss_kind() <> 'system' THEN
      PERFORM payables_refuse('recovery_fixed', '停发后的多发待遇由系统登记');
    END IF;
    NEW.number := to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD')
                  || lpad(nextval('recovery_debt_number')::text, 6, '0');
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.number, NEW.person_id, NEW.region_code, NEW.fund, NEW.benefit, NEW.entitlement_id, NEW.origin,
      NEW.reason, NEW.case_id, NEW.amount, NEW.opened_at) IS DISTINCT FROM (OLD.id, OLD.number, OLD.person_id,
      OLD.region_code, OLD.fund, OLD.benefit, OLD.entitlement_id, OLD.origin, OLD.reason, OLD.case_id, OLD.amount,
      OLD.opened_at) THEN
    PERFORM payables_refuse('recovery_fixed', '已登记的多发待遇不能改');
  END IF;
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT 1 FROM recovery_transition t WHERE t.from_state = OLD.state AND t.to_state = NEW.state) THEN
    PERFORM payables_refuse('recovery_states', format('多发待遇不能从 %s 变为 %s', OLD.state, NEW.state));
  END IF;
  IF NEW.state IN ('dropped', 'cancelled') OR OLD.state IN ('open', 'written_off') THEN
    IF NOT EXISTS (SELECT 1 FROM recovery_measure m WHERE m.debt_id = NEW.id AND m.state = 'done'
        AND m.kind = CASE WHEN NEW.state = 'cancelled' THEN 'debt_cancel' WHEN OLD.state = 'written_off'
                          THEN 'debt_restore' ELSE 'debt' END) THEN
      PERFORM payables_refuse('recovery_three_persons', '这一步还没有三个人的决定');
    END IF;
  END IF;
  SELECT coalesce(sum(amount), 0) INTO moved FROM recovery_movement WHERE debt_id = NEW.id;
  IF (NEW.state IN ('settled', 'written_off') AND moved <> NEW.amount) OR (NEW.state = 'cancelled' AND moved <> 0)
     OR (NEW.state = 'written_off' AND NOT EXISTS (
           SELECT 1 FROM recovery_movement WHERE debt_id = NEW.id AND kind = 'write_off')) THEN
    PERFORM payables_refuse('recovery_states', '金额与这一步不符');
  END IF;
  RETURN NEW;
END
$$;

-- Lines are paid lines of the debt's entitlement, none claimed twice, together the amount (at commit).
CREATE FUNCTION recovery_guard_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM made m JOIN recovery_debt d ON d.id = m.debt_id
               LEFT JOIN payables_payment p ON p.id = m.payment_id
              WHERE p.id IS NULL OR p.state <> 'paid' OR p.entitlement_id <> d.entitlement_id OR d.state <> 'open'
                 OR m.person_id <> d.person_id OR m.month <> p.month OR m.paid <> p.amount) THEN
    PERFORM payables_refuse('recovery_fixed', '多发明细与已发放的明细不符');
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('recovery:' || id, 0))
     FROM (SELECT DISTINCT payment_id::text AS id FROM made ORDER BY 1) wanted;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT payment_id FROM made) n JOIN payables_payment p ON p.id = n.payment_id
              WHERE p.amount < (SELECT sum(l.amount) FROM recovery_debtline l JOIN recovery_debt d ON d.id = l.debt_id
                                 WHERE l.payment_id = p.id AND d.state NOT IN ('dropped', 'cancelled'))) THEN
    PERFORM payables_refuse('recovery_claimed_once', '同一笔发放只追回一次');
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION recovery_check_debt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF NEW.amount <> (SELECT coalesce(sum(amount), 0) FROM recovery_debtline WHERE debt_id = NEW.id) THEN
    PERFORM payables_refuse('recovery_fixed', '多发金额与明细之和不符');
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION recovery_guard_movement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  d record;
  moved bigint;
BEGIN
  SELECT state, amount, fund INTO d FROM recovery_debt WHERE id = NEW.debt_id FOR UPDATE;
  SELECT coalesce(sum(amount), 0) INTO moved FROM recovery_movement WHERE debt_id = NEW.debt_id;
  IF d.state IS DISTINCT FROM 'decided' AND NEW.kind <> 'offset' THEN
    PERFORM payables_refuse('recovery_states', '还没有决定追回，或者已经了结');
  END IF;
  IF moved + NEW.amount > d.amount OR moved + NEW.amount < 0
     OR (NEW.kind IN ('refund', 'write_off') AND NEW.amount > recovery_outstanding(NEW.debt_id)) THEN
    PERFORM payables_refuse('recovery_over', '追回不超过多发的金额');
  END IF;
  IF NEW.kind IN ('write_off', 'debt_restore') THEN PERFORM recovery_check_signed(NEW.kind, NEW.measure_id); END IF;
  IF NEW.kind = 'refund' AND NOT EXISTS (
      SELECT 1 FROM banking_receipt r WHERE r.id = NEW.receipt_id AND r.amount = NEW.amount AND NOT r.surplus
         AND r.fund = d.fund) THEN
    PERFORM payables_refuse('recovery_over', '退回与到账的金额不符');
  END IF;
  IF NEW.kind = 'offset' AND NOT EXISTS (
      SELECT 1 FROM payables_payment p JOIN payables_deduction x ON x.id = p.deduction_id
       WHERE p.id = NEW.payment_id AND p.deducted = NEW.amount AND x.reference = NEW.debt_id
         AND p.state IN ('paid', 'returned')) THEN
    PERFORM payables_refuse('recovery_over', '抵扣与发放的金额不符');
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION recovery_guard_measure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'made' OR NEW.entry_id IS NOT NULL THEN
      PERFORM payables_refuse('recovery_states', '措施从经办开始');
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.debt_id, NEW.person_id, NEW.kind, NEW.content, NEW.digest, NEW.made_at) IS DISTINCT FROM
     (OLD.id, OLD.debt_id, OLD.person_id, OLD.kind, OLD.content, OLD.digest, OLD.made_at)
     OR (OLD.entry_id IS NOT NULL AND NEW.entry_id IS DISTINCT FROM OLD.entry_id) THEN
    PERFORM payables_refuse('recovery_fixed', '已签的内容不能改');
  END IF;
  IF NEW.state <> OLD.state THEN
    IF NOT ((OLD.state = 'made' AND NEW.state IN ('reviewed', 'refused'))
         OR (OLD.state = 'reviewed' AND NEW.state IN ('done', 'refused'))) THEN
      PERFORM payables_refuse('recovery_states', '措施不能跳过环节');
    END IF;
    IF NEW.state = 'reviewed' AND NOT EXISTS (SELECT 1 FROM signing_signature s WHERE s.source = NEW.kind
         AND s.reference = NEW.id::text AND s.step = 'reviewed' AND s.digest = NEW.digest) THEN
      PERFORM payables_refuse('recovery_three_persons', '还没有复核签名');
    END IF;
    IF NEW.state = 'done' THEN PERFORM recovery_check_signed(NEW.kind, NEW.id); END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION recovery_guard_instalment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM recovery_measure m WHERE m.id = NEW.measure_id AND m.kind = 'debt_plan'
                    AND m.state = 'done' AND m.person_id = NEW.person_id) THEN
    PERFORM payables_refuse('recovery_three_persons', '分期还没有三个人的决定');
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION recovery_guard_confirmation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF hrss_kind() <> 'staff' OR hrss_person() IS NULL THEN
    PERFORM payables_refuse('recovery_confirmer', '核销由稽核岗位的自然人确认');
  END IF;
  NEW.person_id := access_natural_person(hrss_person());
  NEW.at := clock_timestamp();
  IF NOT EXISTS (SELECT 1 FROM access_post p WHERE access_natural_person(p.person_id) = NEW.person_id
                    AND p.function = 'inspector' AND p.ended_at IS NULL
                    AND p.since <= hrss_today() AND (p.until IS NULL OR p.until >= hrss_today()))
     OR NOT EXISTS (SELECT 1 FROM recovery_measure m WHERE m.id = NEW.measure_id AND m.kind = 'write_off'
                       AND m.state IN ('made', 'reviewed'))
     OR EXISTS (SELECT 1 FROM signing_signature s WHERE s.source = 'write_off' AND s.reference = NEW.measure_id::text
                   AND s.person_id = NEW.person_id) THEN
    PERFORM payables_refuse('recovery_confirmer', '核销由稽核岗位、没有签过这一项的人确认');
  END IF;
  RETURN NEW;
END
$$;
"""
UNFUNCTIONS = """
DROP FUNCTION recovery_guard_confirmation();
DROP FUNCTION recovery_guard_instalment();
DROP FUNCTION recovery_guard_measure();
DROP FUNCTION recovery_guard_movement();
DROP FUNCTION recovery_check_debt();
DROP FUNCTION recovery_guard_lines();
DROP FUNCTION recovery_guard_debt();
DROP FUNCTION recovery_check_signed(text, uuid);
DROP FUNCTION recovery_outstanding(uuid);
DROP TABLE recovery_transition;
DROP SEQUENCE recovery_debt_number;
"""
TRIGGERS = """
CREATE TRIGGER recovery_debt_guard BEFORE INSERT OR UPDATE ON recovery_debt
  FOR EACH ROW EXECUTE FUNCTION recovery_guard_debt();
CREATE CONSTRAINT TRIGGER recovery_debt_whole AFTER INSERT ON recovery_debt DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION recovery_check_debt();
CREATE TRIGGER recovery_debtline_guard AFTER INSERT ON recovery_debtline REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION recovery_guard_lines();
CREATE TRIGGER recovery_movement_guard BEFORE INSERT ON recovery_movement
  FOR EACH ROW EXECUTE FUNCTION recovery_guard_movement();
CREATE TRIGGER recovery_measure_guard BEFORE INSERT OR UPDATE ON recovery_measure
  FOR EACH ROW EXECUTE FUNCTION recovery_guard_measure();
CREATE TRIGGER recovery_instalment_guard BEFORE INSERT ON recovery_instalment
  FOR EACH ROW EXECUTE FUNCTION recovery_guard_instalment();
CREATE TRIGGER recovery_confirmation_guard BEFORE INSERT ON recovery_confirmation
  FOR EACH ROW EXECUTE FUNCTION recovery_guard_confirmation();
REVOKE UPDATE, DELETE, TRUNCATE ON recovery_debt, recovery_measure FROM hrss_app;
GRANT UPDATE (state, due_on, heir_id, relation) ON recovery_debt TO hrss_app;
GRANT UPDATE (state, note, entry_id) ON recovery_measure TO hrss_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON recovery_transition FROM hrss_app;
"""
UNTRIGGERS = """
GRANT UPDATE, DELETE ON recovery_debt, recovery_measure TO hrss_app;
DROP TRIGGER recovery_confirmation_guard ON recovery_confirmation;
DROP TRIGGER recovery_instalment_guard ON recovery_instalment;
DROP TRIGGER recovery_measure_guard ON recovery_measure;
DROP TRIGGER recovery_movement_guard ON recovery_movement;
DROP TRIGGER recovery_debtline_guard ON recovery_debtline;
DROP TRIGGER recovery_debt_whole ON recovery_debt;
DROP TRIGGER recovery_debt_guard ON recovery_debt;
"""
OWNED = ("debt", "debtline", "movement", "measure", "confirmation")
OWNER = "\n".join(
    f"CREATE POLICY recovery_{name}_owner ON recovery_{name} TO CURRENT_USER USING (true) WITH CHECK (true);"
    for name in OWNED
)
OWNER += "\nCREATE POLICY banking_receipt_recovery ON banking_receipt FOR SELECT TO CURRENT_USER USING (true);"
UNOWNER = "DROP POLICY banking_receipt_recovery ON banking_receipt;\n" + "\n".join(
    f"DROP POLICY recovery_{name}_owner ON recovery_{name};" for name in OWNED
)
# Whoever may see a debt may see what hangs on it; an heir sees it too.
OF_DEBT = "EXISTS (SELECT 1 FROM recovery_debt d WHERE d.id = debt_id AND hrss_is_self(d.heir_id))"
OF_MEASURE = (
    "EXISTS (SELECT 1 FROM recovery_measure m JOIN recovery_debt d ON d.id = m.debt_id"
    " WHERE m.id = measure_id AND hrss_is_self(d.heir_id))"
)
VIEWS = {
    "recovery_unsound_debts": """
SELECT d.fund, d.number AS subject, format('多发待遇 %s 追回 %s 分，超过多发的 %s 分', d.number, m.moved, d.amount) AS problem
  FROM recovery_debt d JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS moved FROM recovery_movement
                                      WHERE debt_id = d.id) m ON true
 WHERE m.moved > d.amount OR m.moved < 0 OR (d.state IN ('settled', 'written_off') AND m.moved <> d.amount)
UNION ALL
SELECT d.fund, d.number, format('多发待遇 %s 没有三个人的决定', d.number) FROM recovery_debt d
 WHERE d.state NOT IN ('open') AND NOT EXISTS (
   SELECT 1 FROM recovery_measure m WHERE m.debt_id = d.id AND m.kind = 'debt' AND m.state = 'done'
      AND signing_persons('debt', m.id::text) = 3)
UNION ALL
SELECT d.fund, d.number, format('多发待遇 %s 与明细之和不符', d.number) FROM recovery_debt d
 WHERE d.amount <> (SELECT coalesce(sum(l.amount), 0) FROM recovery_debtline l WHERE l.debt_id = d.id)
""",
    "recovery_unsound_claims": """
SELECT b.fund, b.fund AS subject, format('账上待追回 %s 分，各笔应为 %s 分', x.claim, y.owed) AS problem
  FROM ledger_book b CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.debit - l.credit), 0)::bigint AS claim
      FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id JOIN ledger_account a ON a.id = l.account_id
     WHERE e.fund = b.fund AND a.code = '1101'
       AND e.source IN ('debt', 'debt_cancel', 'debt_restore', 'write_off', 'refund')) x
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(d.amount - coalesce((SELECT sum(m.amount) FROM recovery_movement m
                                              WHERE m.debt_id = d.id AND m.kind <> 'offset'), 0)), 0)::bigint AS owed
      FROM recovery_debt d WHERE d.fund = b.fund AND d.state IN ('decided', 'settled', 'written_off')) y
 WHERE x.claim <> y.owed
""",
}


class Migration(migrations.Migration):
    dependencies = [
        ("recovery", "0001_initial"),
        ("payruns", "0003_deductions"),
        ("signing", "0001_initial"),
        ("scope", "0003_today"),
    ]
    operations = [
        migrations.RunSQL([SOURCES], ["DELETE FROM ledger_source WHERE code LIKE 'debt%'"]),
        migrations.RunSQL(FUNCTIONS, UNFUNCTIONS),
        migrations.RunSQL(TRIGGERS, UNTRIGGERS),
        protect("recovery_debt", person="person_id", extra="hrss_is_self(heir_id)"),
        protect("recovery_debtline", person="person_id", extra=OF_DEBT),
        protect("recovery_movement", person="person_id", extra=OF_DEBT),
        protect("recovery_measure", person="person_id", extra=OF_DEBT),
        protect("recovery_instalment", person="person_id", extra=OF_MEASURE),
        protect("recovery_confirmation", region="", extra="hrss_kind() IN ('staff', 'system')"),
        append_only("recovery_debtline"),
        append_only("recovery_movement"),
        append_only("recovery_instalment"),
        append_only("recovery_confirmation"),
        migrations.RunSQL(OWNER, UNOWNER),
        *(migrations.RunSQL([f"CREATE VIEW {name} AS {body}"], [f"DROP VIEW {name}"]) for name, body in VIEWS.items()),
    ]
