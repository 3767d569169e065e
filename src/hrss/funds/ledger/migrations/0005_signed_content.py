"""What was signed is what is written: proposals do not change, and their entry has the very lines three persons signed.

Also an opening balance taken back: its mirror touches both bank lines as it did itself.
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

from hrss.foundation.scope.revising import revised

_before = import_module("hrss.funds.ledger.migrations.0004_closing_rules")

TWO_LINES = revised(
    _before.TWO_LINES,
    {
        "e.source <> 'opening'": "e.source <> 'opening' AND NOT EXISTS ("
        "SELECT FROM ledger_entry o WHERE o.id = e.reverses_id AND o.source = 'opening')"
    },
)
CHECK_ENTRY = revised(
    _before.CHECK_ENTRY,
    {
        _before.TWO_LINES: TWO_LINES,
        "  PERFORM pg_advisory_xact_lock": "  IF EXISTS (SELECT FROM ledger_proposal_kind k WHERE k.code = NEW.source) THEN\n"
        "    PERFORM ledger_check_signed(NEW);\n"
        "  END IF;\n"
        "  PERFORM pg_advisory_xact_lock",
    },
)

SIGNED = """
CREATE VIEW ledger_proposal_kind AS SELECT unnest(ARRAY['opening', 'transfer', 'manual', 'reversal']) AS code;

-- Three persons signed this proposal as it stands: its digest, not just its number.
CREATE FUNCTION ledger_signers(proposal ledger_proposal) RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT count(DISTINCT s.person_id) FROM signing_signature s
    WHERE s.source = proposal.kind AND s.reference = proposal.id::text AND s.digest = proposal.digest $$;

-- An entry made from a proposal is done by it and has its day, its text and its lines.
CREATE FUNCTION ledger_check_signed(entry ledger_entry) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  p ledger_proposal;
BEGIN
  SELECT * INTO p FROM ledger_proposal WHERE id::text = entry.reference AND kind = entry.source AND fund = entry.fund
     AND state = 'done' AND entry_id = entry.id;
  IF NOT FOUND OR ledger_signers(p) < 3 OR p.content ->> 'on' <> entry."on"::text OR p.content ->> 'text' <> entry.text
     OR EXISTS (SELECT FROM (
          SELECT a.code, l.debit, l.credit, 1 AS sign FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
           WHERE l.entry_id = entry.id
          UNION ALL
          SELECT c.account, c.debit, c.credit, -1
            FROM jsonb_to_recordset(p.content -> 'lines') AS c(account text, debit bigint, credit bigint)) both_sides
        GROUP BY code, debit > 0 HAVING sum(sign * debit) <> 0 OR sum(sign * credit) <> 0) THEN
    PERFORM ledger_refuse('ledger_signed_content', '凭证与三个人签的内容不同');
  END IF;
END
$$;

CREATE FUNCTION ledger_guard_proposal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'made' OR NEW.entry_id IS NOT NULL THEN
      PERFORM ledger_refuse('ledger_proposal_moves', '新的记账申请从待复核开始');
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.kind, NEW.fund, NEW.content, NEW.digest, NEW.made_at)
     IS DISTINCT FROM (OLD.id, OLD.kind, OLD.fund, OLD.content, OLD.digest, OLD.made_at)
     OR (OLD.entry_id IS NOT NULL AND NEW.entry_id IS DISTINCT FROM OLD.entry_id) THEN
    PERFORM ledger_refuse('ledger_proposal_moves', '申请签名以后不能改，要改的请退回后重新申请');
  END IF;
  IF NEW.state <> OLD.state AND NOT (
       NEW.state = 'reviewed' AND OLD.state = 'made' AND EXISTS (
         SELECT FROM signing_signature s WHERE s.source = NEW.kind AND s.reference = NEW.id::text
            AND s.step = 'reviewed' AND s.digest = NEW.digest)
       OR NEW.state = 'done' AND OLD.state = 'reviewed' AND ledger_signers(NEW) = 3
       OR NEW.state = 'refused' AND OLD.state IN ('made', 'reviewed')) THEN
    PERFORM ledger_refuse('ledger_proposal_moves', '这一步还没有签名，申请不能往下走');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER ledger_proposal_guard BEFORE INSERT OR UPDATE ON ledger_proposal
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_proposal();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_proposal FROM hrss_app;
GRANT UPDATE (state, entry_id, note) ON ledger_proposal TO hrss_app;

-- A month is shut by the proposal that asked for that month.
CREATE FUNCTION ledger_guard_closed_month() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_proposal p WHERE p.id::text = NEW.reference AND p.kind = 'close' AND p.fund = NEW.fund
                    AND p.content ->> 'month' = to_char(NEW.month, 'YYYY-MM') AND ledger_signers(p) >= 3) THEN
    PERFORM ledger_refuse('ledger_signed_content', '结账的月份与三个人签的不同');
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER ledger_closing_signed BEFORE INSERT ON ledger_closing
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_closed_month();
"""
UNSIGNED = """
DROP TRIGGER ledger_closing_signed ON ledger_closing;
DROP FUNCTION ledger_guard_closed_month();
GRANT UPDATE, DELETE ON ledger_proposal TO hrss_app;
DROP TRIGGER ledger_proposal_guard ON ledger_proposal;
DROP FUNCTION ledger_guard_proposal();
DROP FUNCTION ledger_check_signed(ledger_entry);
DROP FUNCTION ledger_signers(ledger_proposal);
DROP VIEW ledger_proposal_kind;
"""
VIEW = "CREATE OR REPLACE VIEW ledger_unsound_two_lines AS " + _before.VIEWS["ledger_unsound_two_lines"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_closing_rules")]
    operations = [
        migrations.RunSQL([SIGNED], [UNSIGNED]),
        migrations.RunSQL([CHECK_ENTRY], [_before.CHECK_ENTRY]),
        migrations.RunSQL([revised(VIEW, {_before.TWO_LINES: TWO_LINES})], [VIEW]),
    ]
