"""Deductions in a run: part of what is signed, kept from the bank's file, in the books as a claim taken down."""

from __future__ import annotations

from django.db import migrations

GUARDS = """
-- Count, sum and SHA-256 of the frozen lines of a run, in the order of their ordinals.
CREATE OR REPLACE FUNCTION payruns_seal(run uuid, OUT line_count bigint, OUT total bigint, OUT digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
  head text;
  body text;
BEGIN
  SELECT count(*), coalesce(sum(p.amount), 0),
         string_agg(concat_ws('|', p.ordinal, p.person_id, p.benefit, p.month, p.purpose, p.amount,
                              encode(p.account_index, 'hex'), p.holder, p.bank, p.facts_id, p.rule, nullif(p.deducted, 0)),
                    E'\\n' ORDER BY p.ordinal)
    INTO line_count, total, body
    FROM payables_payment p WHERE p.run_id = run AND p.ordinal IS NOT NULL;
  SELECT concat_ws('|', r.number, r.fund, r.run_group, r.month, r.pay_on, payruns_seal.line_count, payruns_seal.total)
    INTO head
    FROM payruns_run r WHERE r.id = run;
  digest := encode(sha256(convert_to(head || E'\\n' || coalesce(body, ''), 'UTF8')), 'hex');
END
$$;

CREATE OR REPLACE FUNCTION payruns_guard_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
    SELECT count(*) AS many, coalesce(sum(amount - deducted), 0) AS net,
           coalesce(sum(CASE WHEN was_returned THEN amount - deducted ELSE amount END), 0) AS booked INTO sent
      FROM payables_payment WHERE run_id = NEW.id AND state = 'open';
    IF NOT EXISTS (SELECT 1 FROM banking_bankfile b WHERE b.kind = 'order' AND b.number = NEW.number
                      AND b.line_count = sent.many AND b.total = sent.net)
       OR NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.source = 'payrun' AND e.reference = NEW.number
                         AND e.fund = NEW.fund AND e.total = sent.booked) THEN
      PERFORM payables_refuse('payruns_four_equal', '批次、明细、银行文件和账不一致');
    END IF;
  END IF;
  IF NEW.state = 'answered' AND EXISTS (SELECT 1 FROM payables_payment WHERE run_id = NEW.id AND state = 'open') THEN
    PERFORM payables_refuse('payruns_answered', '还有没得到银行答复的明细');
  END IF;
  RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("payruns", "0002_guards"), ("payables", "0004_deduction_rules")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
