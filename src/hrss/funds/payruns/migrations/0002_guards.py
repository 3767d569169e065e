"""What the database refuses about pay runs, whatever the code above it does.

Undeclared transitions; lines added or changed after the freeze; a hash, sum or count that is not that of the lines; a
run without three natural persons, or without the confirmation its findings need; a file or entry of another amount.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect
from hrss.funds.payruns.states import TRANSITIONS

MOVES = ", ".join(f"('{start}', '{end}')" for start, ends in TRANSITIONS.items() for end in ends)

GUARDS = """
CREATE TABLE payruns_transition (from_state text, to_state text, PRIMARY KEY (from_state, to_state));
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON payruns_transition FROM hrss_app;
INSERT INTO payruns_transition VALUES __MOVES__;

-- Count, sum and SHA-256 of the frozen lines of a run, in the order of their ordinals.
CREATE FUNCTION payruns_seal(run uuid, OUT line_count bigint, OUT total bigint, OUT digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
  head text;
  body text;
BEGIN
  SELECT count(*), coalesce(sum(p.amount), 0),
         string_agg(concat_ws('|', p.ordinal, p.person_id, p.benefit, p.month, p.purpose, p.amount,
                              encode(p.account_index, 'hex'), p.holder, p.bank, p.facts_id, p.rule),
                    E'\\n' ORDER BY p.ordinal)
    INTO line_count, total, body
    FROM payables_payment p WHERE p.run_id = run AND p.ordinal IS NOT NULL;
  SELECT concat_ws('|', r.number, r.fund, r.run_group, r.month, r.pay_on, payruns_seal.line_count, payruns_seal.total)
    INTO head
    FROM payruns_run r WHERE r.id = run;
  digest := encode(sha256(convert_to(head || E'\\n' || coalesce(body, ''), 'UTF8')), 'hex');
END
$$;

CREATE FUNCTION payruns_check_approval(run payruns_run) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  found record;
BEGIN
  IF (SELECT count(DISTINCT person_id) FROM signing_signature s
       WHERE s.source = 'payrun' AND s.reference = run.number AND s.digest = run.digest) <> 3 THEN
    PERFORM payables_refuse('payruns_three_persons', '批次没有经过三个不同的人签名');
  END IF;
  SELECT count(*) AS many, bool_or(f.rule = 'F13') AS needs_meeting INTO found
    FROM payruns_finding f WHERE f.run_id = run.id AND f.kind = 'confirm';
  IF found.many > 0 AND NOT EXISTS (
      SELECT 1 FROM payruns_confirmation c WHERE c.run_id = run.id AND c.count = found.many
         AND (c.meeting <> '' OR NOT found.needs_meeting)
         AND NOT EXISTS (SELECT 1 FROM signing_signature s WHERE s.source = 'payrun' AND s.reference = run.number
                            AND s.person_id = c.person_id)) THEN
    PERFORM payables_refuse('payruns_confirmed', '检查出的事项还没有由另外的人确认');
  END IF;
END
$$;

CREATE FUNCTION payruns_guard_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  sealed record;
  sent record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR NEW.line_count <> 0 OR NEW.total <> 0 OR NEW.digest <> '' THEN
      PERFORM payables_refuse('payruns_transition', '新批次从“正在核算”开始');
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.number, NEW.fund, NEW.run_group, NEW.month, NEW.ordinal, NEW.pay_on, NEW.opened_by, NEW.opened_at)
     IS DISTINCT FROM (OLD.id, OLD.number, OLD.fund, OLD.run_group, OLD.month, OLD.ordinal, OLD.pay_on, OLD.opened_by,
     OLD.opened_at) THEN
    PERFORM payables_refuse('payruns_fixed', '批次的基本信息不能改');
  END IF;
  IF NEW.state = OLD.state THEN
    IF (NEW.line_count, NEW.total, NEW.held_count, NEW.digest)
       IS DISTINCT FROM (OLD.line_count, OLD.total, OLD.held_count, OLD.digest) THEN
      PERFORM payables_refuse('payruns_fixed', '冻结后的笔数、金额和摘要不能改');
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM payruns_transition t WHERE t.from_state = OLD.state AND t.to_state = NEW.state) THEN
    PERFORM payables_refuse('payruns_transition', format('批次不能从 %s 变为 %s', OLD.state, NEW.state));
  END IF;
  IF OLD.state <> 'open' AND (NEW.line_count, NEW.total, NEW.held_count, NEW.digest)
     IS DISTINCT FROM (OLD.line_count, OLD.total, OLD.held_count, OLD.digest) THEN
    PERFORM payables_refuse('payruns_fixed', '冻结后的笔数、金额和摘要不能改');
  END IF;
  IF NEW.state IN ('frozen', 'approved', 'filed') THEN
    SELECT * INTO sealed FROM payruns_seal(NEW.id);
    IF (sealed.line_count, sealed.total, sealed.digest) IS DISTINCT FROM (NEW.line_count::bigint, NEW.total, NEW.digest)
       OR sealed.line_count = 0 THEN
      PERFORM payables_refuse('payruns_sealed', '批次的摘要与明细不符');
    END IF;
  END IF;
  IF NEW.state IN ('made', 'reviewed', 'approved') AND NOT EXISTS (
      SELECT 1 FROM signing_signature s WHERE s.source = 'payrun' AND s.reference = NEW.number
         AND s.step = NEW.state AND s.digest = NEW.digest) THEN
    PERFORM payables_refuse('payruns_signed', '这一步还没有签名');
  END IF;
  IF NEW.state IN ('approved', 'filed') THEN PERFORM payruns_check_approval(NEW); END IF;
  IF NEW.state = 'filed' THEN
    SELECT count(*) AS many, coalesce(sum(amount), 0) AS total INTO sent
      FROM payables_payment WHERE run_id = NEW.id AND state = 'open';
    IF NOT EXISTS (SELECT 1 FROM banking_bankfile b WHERE b.kind = 'order' AND b.number = NEW.number
                      AND b.line_count = sent.many AND b.total = sent.total)
       OR NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.source = 'payrun' AND e.reference = NEW.number
                         AND e.fund = NEW.fund AND e.total = sent.total) THEN
      PERFORM payables_refuse('payruns_four_equal', '批次、明细、银行文件和账不一致');
    END IF;
  END IF;
  IF NEW.state = 'answered' AND EXISTS (SELECT 1 FROM payables_payment WHERE run_id = NEW.id AND state = 'open') THEN
    PERFORM payables_refuse('payruns_answered', '还有没得到银行答复的明细');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payruns_run_guard BEFORE INSERT OR UPDATE ON payruns_run
  FOR EACH ROW EXECUTE FUNCTION payruns_guard_run();

CREATE FUNCTION payruns_log_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  INSERT INTO payruns_runstep (run_id, from_state, to_state, actor_kind, actor_person, at)
  VALUES (NEW.id, CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.state END, NEW.state, hrss_kind(), hrss_person(),
          clock_timestamp());
  RETURN NULL;
END
$$;
CREATE TRIGGER payruns_run_opened AFTER INSERT ON payruns_run FOR EACH ROW EXECUTE FUNCTION payruns_log_step();
CREATE TRIGGER payruns_run_moved AFTER UPDATE ON payruns_run
  FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION payruns_log_step();

-- Lines come while the run is open, and belong to its group and month.
CREATE FUNCTION payruns_guard_new_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM made m LEFT JOIN payruns_run r ON r.id = m.run_id
              WHERE r.id IS NULL OR r.state <> 'open' OR r.number <> m.run_number OR m.month > r.month) THEN
    PERFORM payables_refuse('payruns_frozen', '批次冻结后不能再加明细');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER payables_payment_in_open_run AFTER INSERT ON payables_payment
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION payruns_guard_new_lines();

-- What may become of a line depends on where its run stands.
CREATE FUNCTION payruns_guard_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (
      SELECT 1 FROM after_change n JOIN before_change o ON o.id = n.id AND o.state <> n.state
        JOIN payruns_run r ON r.id = n.run_id
       WHERE NOT CASE n.state
               WHEN 'held' THEN r.state IN ('frozen', 'made', 'reviewed', 'approved', 'filing')
               WHEN 'dropped' THEN r.state = 'discarded'
               ELSE r.state = 'sent' AND n.answer <> '' AND (n.answer = 'paid') = (n.state = 'paid') END) THEN
    PERFORM payables_refuse('payruns_line_states', '批次现在的状态不允许这样改明细');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER payables_payment_with_run AFTER UPDATE ON payables_payment
  REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION payruns_guard_lines();

-- Findings come with the freeze only.
CREATE FUNCTION payruns_guard_findings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM made m JOIN payruns_run r ON r.id = m.run_id
              WHERE r.state NOT IN ('open', 'frozen', 'made', 'reviewed', 'approved', 'filing')
                 OR (m.kind = 'confirm' AND r.state <> 'open')) THEN
    PERFORM payables_refuse('payruns_frozen', '批次冻结后不能再加检查事项');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER payruns_finding_in_time AFTER INSERT ON payruns_finding
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION payruns_guard_findings();

-- The confirming person is an inspector, outside the three who sign; the database looks.
CREATE FUNCTION payruns_guard_confirmation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  r record;
BEGIN
  SELECT number, state INTO r FROM payruns_run WHERE id = NEW.run_id FOR UPDATE;
  IF hrss_kind() <> 'staff' OR hrss_person() IS NULL THEN
    PERFORM payables_refuse('payruns_confirmer', '检查事项由稽核岗位的自然人确认');
  END IF;
  NEW.person_id := access_natural_person(hrss_person());
  NEW.at := clock_timestamp();
  SELECT count(*) INTO NEW.count FROM payruns_finding f WHERE f.run_id = NEW.run_id AND f.kind = 'confirm';
  IF r.state IS NULL OR r.state NOT IN ('frozen', 'made', 'reviewed') THEN
    PERFORM payables_refuse('payruns_transition', '批次现在不需要确认');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM access_post p WHERE access_natural_person(p.person_id) = NEW.person_id
                    AND p.function = 'inspector' AND p.ended_at IS NULL
                    AND p.since <= current_date AND (p.until IS NULL OR p.until >= current_date))
     OR EXISTS (SELECT 1 FROM signing_signature s WHERE s.source = 'payrun' AND s.reference = r.number
                   AND s.person_id = NEW.person_id) THEN
    PERFORM payables_refuse('payruns_confirmer', '检查事项由稽核岗位、没有签过这个批次的人确认');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER payruns_confirmation_guard BEFORE INSERT ON payruns_confirmation
  FOR EACH ROW EXECUTE FUNCTION payruns_guard_confirmation();

REVOKE UPDATE, DELETE, TRUNCATE ON payruns_run FROM hrss_app;
GRANT UPDATE (state, line_count, total, held_count, digest, problem) ON payruns_run TO hrss_app;
REVOKE INSERT ON payruns_runstep FROM hrss_app;
CREATE POLICY payruns_run_owner ON payruns_run TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY payruns_runstep_owner ON payruns_runstep TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY payruns_finding_owner ON payruns_finding FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY payruns_confirmation_owner ON payruns_confirmation FOR SELECT TO CURRENT_USER USING (true);
""".replace("__MOVES__", MOVES)
UNGUARD = """
DROP POLICY payruns_confirmation_owner ON payruns_confirmation;
DROP POLICY payruns_finding_owner ON payruns_finding;
DROP POLICY payruns_runstep_owner ON payruns_runstep;
DROP POLICY payruns_run_owner ON payruns_run;
GRANT INSERT ON payruns_runstep TO hrss_app;
GRANT UPDATE, DELETE ON payruns_run TO hrss_app;
DROP TRIGGER payruns_confirmation_guard ON payruns_confirmation;
DROP FUNCTION payruns_guard_confirmation();
DROP TRIGGER payruns_finding_in_time ON payruns_finding;
DROP FUNCTION payruns_guard_findings();
DROP TRIGGER payables_payment_with_run ON payables_payment;
DROP FUNCTION payruns_guard_lines();
DROP TRIGGER payables_payment_in_open_run ON payables_payment;
DROP FUNCTION payruns_guard_new_lines();
DROP TRIGGER payruns_run_moved ON payruns_run;
DROP TRIGGER payruns_run_opened ON payruns_run;
DROP FUNCTION payruns_log_step();
DROP TRIGGER payruns_run_guard ON payruns_run;
DROP FUNCTION payruns_guard_run();
DROP FUNCTION payruns_check_approval(payruns_run);
DROP FUNCTION payruns_seal(uuid);
DROP TABLE payruns_transition;
"""
STAFF = "hrss_kind() IN ('staff', 'system')"


class Migration(migrations.Migration):
    dependencies = [
        ("payruns", "0001_initial"),
        ("banking", "0001_initial"),
        ("ledger", "0002_rules"),
        ("payables", "0002_guards"),
        ("scope", "0001_functions"),
    ]
    operations = [
        protect("payruns_run", region="", extra=STAFF),
        protect("payruns_runstep", region="", extra=STAFF),
        protect("payruns_finding", region="", extra=STAFF),
        protect("payruns_confirmation", region="", extra=STAFF),
        append_only("payruns_runstep"),
        append_only("payruns_finding"),
        append_only("payruns_confirmation"),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
