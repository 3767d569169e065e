"""What the database refuses in the ledger, whatever the code above it does.

Unbalanced or incomplete entries, lines of another fund, details that do not add up, closed days, missing signatures,
reversals that are no mirror, and any change of what is written.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

FUNCTIONS = """
CREATE FUNCTION ledger_refuse(code text, message text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', message USING ERRCODE = '23514', CONSTRAINT = code; END $$;

-- Before an entry: its books are open on that day (shared lock: closing waits for postings under way, and they for it).
CREATE FUNCTION ledger_guard_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  book record;
BEGIN
  SELECT opened_on, closed_through INTO book FROM ledger_book WHERE fund = NEW.fund FOR SHARE;
  IF NOT FOUND THEN PERFORM ledger_refuse('ledger_no_book', '这个基金还没有建账'); END IF;
  IF NEW."on" < book.opened_on THEN PERFORM ledger_refuse('ledger_before_opening', '记账日期早于账套启用日期'); END IF;
  IF NEW."on" <= book.closed_through THEN PERFORM ledger_refuse('ledger_closed', '这个月已经结账'); END IF;
  IF NOT EXISTS (SELECT 1 FROM ledger_source s WHERE s.code = NEW.source) THEN
    PERFORM ledger_refuse('ledger_source', '没有登记这个记账来源');
  END IF;
  IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM ledger_entry e WHERE e.id = NEW.reverses_id AND e.fund = NEW.fund AND e.reverses_id IS NULL
         AND e.total = NEW.total AND e.line_count = NEW.line_count AND e."on" <= NEW."on") THEN
    PERFORM ledger_refuse('ledger_reversal', '冲销凭证要与原凭证相等相反');
  END IF;
  IF hrss_kind() = 'staff' THEN NEW.actor_person := hrss_person(); END IF;
  RETURN NEW;
END
$$;

-- At commit: an entry is whole, balanced, signed, a mirror where it reverses; then it gets its number.
CREATE FUNCTION ledger_check_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  found record;
  wanted smallint;
  first date := date_trunc('month', NEW."on")::date;
BEGIN
  SELECT count(*) AS lines, coalesce(sum(debit), 0) AS debit, coalesce(sum(credit), 0) AS credit INTO found
    FROM ledger_line WHERE entry_id = NEW.id;
  IF found.lines <> NEW.line_count OR found.debit <> NEW.total OR found.credit <> NEW.total THEN
    PERFORM ledger_refuse('ledger_balanced', format('凭证 %s 借贷不平或分录不全', NEW.id));
  END IF;
  IF NEW.reverses_id IS NOT NULL AND EXISTS (
      (SELECT account_id, debit, credit FROM ledger_line WHERE entry_id = NEW.id)
      EXCEPT (SELECT account_id, credit, debit FROM ledger_line WHERE entry_id = NEW.reverses_id)) THEN
    PERFORM ledger_refuse('ledger_reversal', '冲销凭证要与原凭证相等相反');
  END IF;
  SELECT persons INTO wanted FROM ledger_source WHERE code = NEW.source;
  IF wanted > 0 AND signing_persons(NEW.source, NEW.reference) < wanted THEN
    PERFORM ledger_refuse('ledger_signatures', format('“%s”要有 %s 个不同的人签名才能记账', NEW.source, wanted));
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger:' || NEW.fund || first::text, 0));
  INSERT INTO ledger_voucher (entry_id, fund, month, number)
  SELECT NEW.id, NEW.fund, first, coalesce(max(number), 0) + 1 FROM ledger_voucher
   WHERE fund = NEW.fund AND month = first;
  RETURN NULL;
END
$$;

-- After each statement: no entry has more lines than it said.
CREATE FUNCTION ledger_guard_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT entry_id FROM fresh) n JOIN ledger_entry e ON e.id = n.entry_id
              WHERE (SELECT count(*) FROM ledger_line l WHERE l.entry_id = e.id) > e.line_count) THEN
    PERFORM ledger_refuse('ledger_balanced', '凭证不能再加分录');
  END IF;
  RETURN NULL;
END
$$;

-- After each statement: no line has more details than it said, nor do they exceed it.
CREATE FUNCTION ledger_guard_details() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  kind text := hrss_kind();
BEGIN
  PERFORM set_config('hrss.kind', 'system', true);
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT line_id FROM fresh) n JOIN ledger_line l ON l.id = n.line_id
               CROSS JOIN LATERAL (SELECT count(*) AS many, sum(d.amount) AS amount FROM ledger_detail d
                                    WHERE d.line_id = l.id) d
              WHERE d.many > l.detail_count OR d.amount > l.debit + l.credit) THEN
    PERFORM ledger_refuse('ledger_details', '明细之和不能超过分录');
  END IF;
  PERFORM set_config('hrss.kind', kind, true);
  RETURN NULL;
END
$$;

-- At commit: a line that said it has details has them all.
CREATE FUNCTION ledger_check_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  found record;
  kind text := hrss_kind();
BEGIN
  PERFORM set_config('hrss.kind', 'system', true);  -- counts every row, whoever's scope is left at commit
  SELECT count(*) AS many, coalesce(sum(amount), 0) AS amount INTO found FROM ledger_detail WHERE line_id = NEW.id;
  PERFORM set_config('hrss.kind', kind, true);
  IF found.many <> NEW.detail_count OR found.amount <> NEW.debit + NEW.credit THEN
    PERFORM ledger_refuse('ledger_details', format('分录 %s 的明细与合计不符', NEW.id));
  END IF;
  RETURN NULL;
END
$$;

-- Books and accounts are opened by the installation, not by clerks.
CREATE FUNCTION ledger_guard_chart() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF hrss_kind() <> 'system' THEN
    PERFORM ledger_refuse('ledger_chart', '账套和科目由系统按财务制度建立，不能由个人增加');
  END IF;
  RETURN NEW;
END
$$;
"""
UNFUNCTIONS = """
DROP FUNCTION ledger_guard_chart();
DROP FUNCTION ledger_check_line();
DROP FUNCTION ledger_guard_details();
DROP FUNCTION ledger_guard_lines();
DROP FUNCTION ledger_check_entry();
DROP FUNCTION ledger_guard_entry();
DROP FUNCTION ledger_refuse(text, text);
"""
TRIGGERS = """
CREATE TRIGGER ledger_book_guard BEFORE INSERT ON ledger_book FOR EACH ROW EXECUTE FUNCTION ledger_guard_chart();
CREATE TRIGGER ledger_account_guard BEFORE INSERT ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_chart();
CREATE TRIGGER ledger_entry_guard BEFORE INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_entry();
CREATE CONSTRAINT TRIGGER ledger_entry_whole AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_check_entry();
CREATE TRIGGER ledger_line_guard AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_lines();
CREATE CONSTRAINT TRIGGER ledger_line_whole AFTER INSERT ON ledger_line DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.detail_count > 0) EXECUTE FUNCTION ledger_check_line();
CREATE TRIGGER ledger_detail_guard AFTER INSERT ON ledger_detail REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_details();
ALTER TABLE ledger_line ADD CONSTRAINT ledger_line_entry FOREIGN KEY (entry_id, fund) REFERENCES ledger_entry (id, fund);
ALTER TABLE ledger_line ADD CONSTRAINT ledger_line_account
  FOREIGN KEY (account_id, fund) REFERENCES ledger_account (id, fund);
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_book, ledger_account FROM hrss_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_source, ledger_voucher FROM hrss_app;
"""
UNTRIGGERS = """
GRANT INSERT, UPDATE, DELETE ON ledger_source, ledger_voucher TO hrss_app;
GRANT UPDATE, DELETE ON ledger_book, ledger_account TO hrss_app;
ALTER TABLE ledger_line DROP CONSTRAINT ledger_line_account;
ALTER TABLE ledger_line DROP CONSTRAINT ledger_line_entry;
DROP TRIGGER ledger_detail_guard ON ledger_detail;
DROP TRIGGER ledger_line_whole ON ledger_line;
DROP TRIGGER ledger_line_guard ON ledger_line;
DROP TRIGGER ledger_entry_whole ON ledger_entry;
DROP TRIGGER ledger_entry_guard ON ledger_entry;
DROP TRIGGER ledger_account_guard ON ledger_account;
DROP TRIGGER ledger_book_guard ON ledger_book;
"""
SOURCES = """
INSERT INTO ledger_source (code, title, persons) VALUES
  ('opening', '期初建账', 3), ('transfer', '账户间划转', 3), ('manual', '其他收支', 3), ('reversal', '冲销', 3),
  ('carry', '年末结转', 0), ('payrun', '待遇发放', 3), ('reissue', '退回重发', 3), ('offset', '欠款抵扣', 3),
  ('write_off', '欠款核销', 3), ('receipt', '缴费到账', 0), ('returned', '银行退回', 0), ('refund', '退款到账', 0)
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("signing", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        migrations.RunSQL([FUNCTIONS], [UNFUNCTIONS]),
        migrations.RunSQL([TRIGGERS], [UNTRIGGERS]),
        protect("ledger_detail", person="person_id"),
        *(append_only(f"ledger_{name}") for name in ("entry", "line", "detail")),
        migrations.RunSQL([SOURCES], ["DELETE FROM ledger_source"]),
    ]
