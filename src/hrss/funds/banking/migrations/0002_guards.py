"""Scope of receipts; files and receipts are append-only."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

GRANTS = """
-- Money comes in by the channel's answer alone (F11): no clerk writes a receipt or calls a collection paid.
CREATE FUNCTION banking_guard_money_in() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF hrss_kind() <> 'system' THEN
    RAISE EXCEPTION '收款只能由支付渠道的答复入账' USING ERRCODE = '23514', CONSTRAINT = 'banking_by_hand';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER banking_receipt_guard BEFORE INSERT OR UPDATE ON banking_receipt
  FOR EACH ROW EXECUTE FUNCTION banking_guard_money_in();
CREATE TRIGGER banking_collection_guard BEFORE UPDATE ON banking_collection
  FOR EACH ROW EXECUTE FUNCTION banking_guard_money_in();
REVOKE UPDATE, DELETE, TRUNCATE ON banking_collection FROM hrss_app;
GRANT UPDATE (state) ON banking_collection TO hrss_app;
REVOKE UPDATE, DELETE, TRUNCATE ON banking_receipt FROM hrss_app;
GRANT UPDATE (refunded_at) ON banking_receipt TO hrss_app;
"""
UNGRANT = """
GRANT UPDATE, DELETE ON banking_collection, banking_receipt TO hrss_app;
DROP TRIGGER banking_collection_guard ON banking_collection;
DROP TRIGGER banking_receipt_guard ON banking_receipt;
DROP FUNCTION banking_guard_money_in();
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        append_only("banking_bankfile"),
        protect("banking_collection", person="person_id"),
        protect("banking_receipt", person="person_id"),
        migrations.RunSQL(GRANTS, UNGRANT),
    ]
