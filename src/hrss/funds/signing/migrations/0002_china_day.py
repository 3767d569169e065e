"""Posts of signers are looked up for the day it is in China."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

from hrss.foundation.scope.revising import function, revised

BEFORE = function(import_module("hrss.funds.signing.migrations.0001_initial").GUARD, "signing_guard")
AFTER = revised(
    BEFORE,
    {
        "p.since <= current_date AND (p.until IS NULL OR p.until >= current_date)": (
            "p.since <= hrss_today() AND (p.until IS NULL OR p.until >= hrss_today())"
        )
    },
)


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial"), ("scope", "0003_today")]
    operations = [migrations.RunSQL([AFTER], [BEFORE])]
