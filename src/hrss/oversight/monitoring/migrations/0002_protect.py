"""Alerts keep to the region of their subject; what was done about them is append-only."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        protect("monitoring_alert"),
        protect("monitoring_alertaction"),
        append_only("monitoring_alertaction"),
    ]
