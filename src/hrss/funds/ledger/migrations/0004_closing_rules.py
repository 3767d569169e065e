"""Closing, the separation of income and expenditure (F10), and the invariants as views that must be empty.

A closing needs three signatures, follows the month before, writes its own balances and shuts the book. Income account
and expenditure account never meet in one entry; benefits are not paid from the income account; the expenditure account
takes no income but interest (社会保险基金财务制度第三十九条至第四十二条).
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only

TWO_LINES = """
SELECT e.id FROM ledger_entry e CROSS JOIN LATERAL (
  SELECT bool_or(a.bank = 'income') AS income_account, bool_or(a.bank = 'expenditure') AS expenditure_account,
         bool_or(a.kind = 'expense') AS expense, bool_or(a.kind = 'income' AND a.code NOT LIKE '4301%') AS income
    FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id WHERE l.entry_id = e.id) side
WHERE e.source <> 'opening' AND (income_account AND (expense OR expenditure_account) OR expenditure_account AND income)
"""

CHECK_ENTRY = """
-- At commit: an entry is whole, balanced, signed, on one of the two lines, a mirror where it reverses; then its number.
CREATE OR REPLACE FUNCTION ledger_check_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
  IF EXISTS (__TWO_LINES__ AND e.id = NEW.id) THEN
    PERFORM ledger_refuse('ledger_two_lines', '收入户只收不支，支出户只支不收，两户之间经财政专户划转');
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
""".replace("__TWO_LINES__", TWO_LINES)

CLOSING = """
CREATE FUNCTION ledger_lock_book(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ BEGIN PERFORM 1 FROM ledger_book WHERE fund = wanted FOR UPDATE; END $$;

CREATE FUNCTION ledger_guard_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  shut date;
BEGIN
  SELECT closed_through INTO shut FROM ledger_book WHERE fund = NEW.fund FOR UPDATE;
  IF NEW.month <> date_trunc('month', NEW.month)::date
     OR (NEW.month + interval '1 month' - interval '1 day')::date > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
    PERFORM ledger_refuse('ledger_month_not_over', '这个月还没有过完，不能结账');
  END IF;
  IF shut IS NOT NULL AND NEW.month <> shut + 1 THEN
    PERFORM ledger_refuse('ledger_months_in_order', '要按月份先后结账');
  END IF;
  IF signing_persons('close', NEW.reference) < 3 THEN
    PERFORM ledger_refuse('ledger_signatures', '结账要有三个不同的人签名');
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION ledger_do_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  INSERT INTO ledger_closingbalance (closing_id, account_id, opening, debit, credit, balance)
  SELECT NEW.id, account_id, opening, debit, credit, opening + debit - credit
    FROM ledger_movements(NEW.fund, NEW.month, (NEW.month + interval '1 month' - interval '1 day')::date);
  UPDATE ledger_book SET closed_through = (NEW.month + interval '1 month' - interval '1 day')::date
   WHERE fund = NEW.fund;
  RETURN NULL;
END
$$;

-- Opening (debit positive), debit and credit of every account of a fund from one day to another; starts from the last
-- closing before, so that a month costs a month.
CREATE FUNCTION ledger_movements(wanted text, since date, until date)
RETURNS TABLE (account_id bigint, opening bigint, debit bigint, credit bigint) LANGUAGE sql STABLE AS
$$
  WITH last AS (
    SELECT id, (month + interval '1 month' - interval '1 day')::date AS through FROM ledger_closing
     WHERE fund = wanted AND month + interval '1 month' <= since ORDER BY month DESC LIMIT 1),
  moved AS (
    SELECT l.account_id,
           coalesce(sum(l.debit - l.credit) FILTER (WHERE e."on" < since), 0) AS before,
           coalesce(sum(l.debit) FILTER (WHERE e."on" >= since), 0) AS debit,
           coalesce(sum(l.credit) FILTER (WHERE e."on" >= since), 0) AS credit
      FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
     WHERE e.fund = wanted AND e."on" <= until AND e."on" > coalesce((SELECT through FROM last), '-infinity'::date)
     GROUP BY l.account_id)
  SELECT a.id, (coalesce(b.balance, 0) + coalesce(m.before, 0))::bigint, coalesce(m.debit, 0)::bigint,
         coalesce(m.credit, 0)::bigint
    FROM ledger_account a LEFT JOIN moved m ON m.account_id = a.id
    LEFT JOIN ledger_closingbalance b ON b.account_id = a.id AND b.closing_id = (SELECT id FROM last)
   WHERE a.fund = wanted
$$;

CREATE TRIGGER ledger_closing_guard BEFORE INSERT ON ledger_closing
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_closing();
CREATE TRIGGER ledger_closing_do AFTER INSERT ON ledger_closing FOR EACH ROW EXECUTE FUNCTION ledger_do_closing();
REVOKE INSERT ON ledger_closingbalance FROM hrss_app;
"""
UNCLOSING = """
GRANT INSERT ON ledger_closingbalance TO hrss_app;
DROP TRIGGER ledger_closing_do ON ledger_closing;
DROP TRIGGER ledger_closing_guard ON ledger_closing;
DROP FUNCTION ledger_movements(text, date, date);
DROP FUNCTION ledger_do_closing();
DROP FUNCTION ledger_guard_closing();
DROP FUNCTION ledger_lock_book(text);
"""

OPEN = "e.\"on\" > coalesce((SELECT closed_through FROM ledger_book b WHERE b.fund = e.fund), '-infinity'::date)"
BALANCE = """
SELECT e.fund, e.id::text AS subject, format('凭证 %%s 借方 %%s 分、贷方 %%s 分，应为 %%s 分', e.id, s.debit, s.credit, e.total)
       AS problem
  FROM ledger_entry e LEFT JOIN LATERAL (
    SELECT count(*) AS lines, coalesce(sum(debit), 0) AS debit, coalesce(sum(credit), 0) AS credit
      FROM ledger_line l WHERE l.entry_id = e.id) s ON true
 WHERE {scope} AND (s.lines <> e.line_count OR s.debit <> e.total OR s.credit <> e.total)
""".replace("%%", "%")
SIGNATURES = """
SELECT e.fund, e.id::text AS subject, format('凭证 %s 来自“%s”，要 %s 人签名，只有 %s 人', e.id, s.title, s.persons,
       signing_persons(e.source, e.reference)) AS problem
  FROM ledger_source s JOIN ledger_entry e ON e.source = s.code
 WHERE s.persons > 0 AND {scope} AND signing_persons(e.source, e.reference) < s.persons
"""
KEPT = ("ledger_entry", "ledger_line", "ledger_detail", "ledger_closing", "ledger_closingbalance", "signing_signature")
VIEWS = {
    "ledger_unsound_balance": BALANCE.format(scope=OPEN),
    "ledger_unsound_balance_ever": BALANCE.format(scope="true"),
    "ledger_unsound_signatures": SIGNATURES.format(scope=OPEN),
    "ledger_unsound_signatures_ever": SIGNATURES.format(scope="true"),
    "ledger_unsound_details": """
SELECT l.fund, l.id::text AS subject, format('分录 %s 的明细与合计不符', l.id) AS problem
  FROM ledger_line l LEFT JOIN (SELECT line_id, count(*) AS many, sum(amount) AS amount FROM ledger_detail
                                 GROUP BY line_id) d ON d.line_id = l.id
 WHERE coalesce(d.many, 0) <> l.detail_count OR (l.detail_count > 0 AND d.amount <> l.debit + l.credit)
""",
    "ledger_unsound_grants": f"""
SELECT ''::text AS fund, t.name AS subject, format('表 %s 可以被修改或删除', t.name) AS problem
  FROM unnest(ARRAY{list(KEPT)!r}) AS t(name)
 WHERE has_table_privilege('hrss_app', t.name, 'UPDATE') OR has_table_privilege('hrss_app', t.name, 'DELETE')
    OR has_table_privilege('hrss_app', t.name, 'TRUNCATE')
    OR 2 > (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = t.name::regclass AND g.tgenabled <> 'D'
             AND g.tgname IN (t.name || '_append_only', t.name || '_no_truncate'))
""",
    "ledger_unsound_reversals": """
SELECT e.fund, e.id::text AS subject, format('凭证 %s 没有与原凭证 %s 相等相反', e.id, e.reverses_id) AS problem
  FROM ledger_entry e LEFT JOIN ledger_entry o ON o.id = e.reverses_id
 WHERE e.reverses_id IS NOT NULL AND (
   o.id IS NULL OR o.fund <> e.fund OR o.total <> e.total OR o.reverses_id IS NOT NULL
   OR EXISTS ((SELECT account_id, debit, credit FROM ledger_line WHERE entry_id = e.id)
              EXCEPT (SELECT account_id, credit, debit FROM ledger_line WHERE entry_id = o.id)))
""",
    "ledger_unsound_events": """
SELECT e.fund, e.id::text AS subject, format('凭证 %s 没有审计事件', e.id) AS problem
  FROM ledger_entry e WHERE NOT EXISTS (
    SELECT FROM audit_event a WHERE a.subject_kind = 'ledger_entry' AND a.subject_id = e.id::text)
UNION ALL
SELECT '', 'audit', format('审计日志应有 %s 条，实有 %s 条', last, many)
  FROM (SELECT count(*) AS many, coalesce(max(seq), 0) AS last FROM audit_leaf) leaf WHERE many <> last
""",
    "ledger_unsound_banks": """
SELECT b.fund, a.code AS subject, format('%s余额为 %s 分，银行账户不能透支', a.name, m.opening + m.debit - m.credit)
       AS problem
  FROM ledger_book b CROSS JOIN LATERAL ledger_movements(
         b.fund, coalesce(b.closed_through + 1, b.opened_on), 'infinity'::date) m
  JOIN ledger_account a ON a.id = m.account_id WHERE a.bank <> '' AND m.opening + m.debit - m.credit < 0
""",
    "ledger_unsound_closings": """
SELECT c.fund, to_char(c.month, 'YYYY-MM') AS subject,
       format('%s月科目 %s 的结账余额 %s 分与分录累计 %s 分不符', to_char(c.month, 'YYYY-MM'), a.code, b.balance,
              coalesce(s.balance, 0)) AS problem
  FROM ledger_closing c JOIN ledger_closingbalance b ON b.closing_id = c.id JOIN ledger_account a ON a.id = b.account_id
  LEFT JOIN LATERAL (SELECT sum(l.debit - l.credit) AS balance FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
                      WHERE l.account_id = b.account_id AND e."on" < c.month + interval '1 month') s ON true
 WHERE b.balance <> coalesce(s.balance, 0)
UNION ALL
SELECT c.fund, to_char(c.month, 'YYYY-MM'), format('%s月结账余额合计不为零', to_char(c.month, 'YYYY-MM'))
  FROM ledger_closing c JOIN ledger_closingbalance b ON b.closing_id = c.id
 GROUP BY c.id, c.fund, c.month HAVING sum(b.balance) <> 0
""",
    "ledger_unsound_types": """
SELECT ''::text AS fund, table_name || '.' || column_name AS subject,
       format('%s.%s 的类型是 %s', table_name, column_name, data_type) AS problem
  FROM information_schema.columns
 WHERE table_schema = 'public' AND data_type IN ('real', 'double precision', 'money', 'numeric')
   AND column_name ~ '(fen|amount|debit|credit|balance|total|opening)'
   AND table_name !~ '^(pg_|procrastinate_|ledger_unsound_)'
""",
    "ledger_unsound_two_lines": f"""
SELECT e.fund, e.id::text AS subject, format('凭证 %s 没有分开收支两条线', e.id) AS problem
  FROM ledger_entry e WHERE {OPEN} AND e.id IN ({TWO_LINES})
""",
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_proposals"), ("audit", "0002_sealing")]
    operations = [
        migrations.RunSQL([CHECK_ENTRY], []),
        migrations.RunSQL([CLOSING], [UNCLOSING]),
        append_only("ledger_closing"),
        append_only("ledger_closingbalance"),
        *(migrations.RunSQL([f"CREATE VIEW {name} AS {body}"], [f"DROP VIEW {name}"]) for name, body in VIEWS.items()),
    ]
