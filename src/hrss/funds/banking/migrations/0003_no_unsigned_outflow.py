"""No entry that nobody signs takes money out of a bank account, except the refund of a receipt that was paid twice."""

from __future__ import annotations

from django.db import migrations

OUTFLOW = """
CREATE FUNCTION banking_check_outflow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF EXISTS (SELECT FROM ledger_source s WHERE s.code = NEW.source AND s.persons = 0)
     AND EXISTS (SELECT FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
                  WHERE l.entry_id = NEW.id AND a.bank <> '' AND l.credit > 0)
     AND NOT EXISTS (SELECT FROM banking_receipt r WHERE r.surplus AND r.refunded_at IS NOT NULL AND r.fund = NEW.fund
                        AND r.amount = NEW.total AND NEW.reference = r.channel || ':' || r.channel_reference || ':refund')
  THEN
    PERFORM ledger_refuse('banking_unsigned_outflow', '没有三个人签名，不能从银行账户付出');
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER banking_entry_outflow AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION banking_check_outflow();
CREATE POLICY banking_receipt_owner ON banking_receipt FOR SELECT TO CURRENT_USER USING (true);
"""
UNOUTFLOW = """
DROP POLICY banking_receipt_owner ON banking_receipt;
DROP TRIGGER banking_entry_outflow ON ledger_entry;
DROP FUNCTION banking_check_outflow();
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0002_guards"), ("ledger", "0005_signed_content")]
    operations = [migrations.RunSQL([OUTFLOW], [UNOUTFLOW])]
