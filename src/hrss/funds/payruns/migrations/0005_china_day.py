"""The post of who confirms findings is looked up for the day it is in China."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

from hrss.foundation.scope.revising import function, revised

BEFORE = function(import_module("hrss.funds.payruns.migrations.0002_guards").GUARDS, "payruns_guard_confirmation")
AFTER = revised(
    BEFORE,
    {
        "p.since <= current_date AND (p.until IS NULL OR p.until >= current_date)": (
            "p.since <= hrss_today() AND (p.until IS NULL OR p.until >= hrss_today())"
        )
    },
)


class Migration(migrations.Migration):
    dependencies = [("payruns", "0004_invariants"), ("scope", "0003_today")]
    operations = [migrations.RunSQL([AFTER], [BEFORE])]
