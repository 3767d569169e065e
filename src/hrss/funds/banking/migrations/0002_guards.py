"""Scope of receipts; files and receipts are append-only."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

GRANTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON banking_collection FROM hrss_app;
GRANT UPDATE (state) ON banking_collection TO hrss_app;
REVOKE UPDATE, DELETE, TRUNCATE ON banking_receipt FROM hrss_app;
GRANT UPDATE (refunded_at) ON banking_receipt TO hrss_app;
"""
UNGRANT = "GRANT UPDATE, DELETE ON banking_collection, banking_receipt TO hrss_app;"


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        append_only("banking_bankfile"),
        protect("banking_collection", person="person_id"),
        protect("banking_receipt", person="person_id"),
        migrations.RunSQL(GRANTS, UNGRANT),
    ]
