"""Interests in a case (household, declared relatives) are looked up for the day it is in China."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

from hrss.foundation.scope.revising import function, revised

BEFORE = function(import_module("hrss.casework.migrations.0002_rules").FUNCTIONS, "casework_interest")
AFTER = revised(
    BEFORE,
    {f"{row}.until >= current_date": f"{row}.until >= hrss_today()" for row in ("mine", "theirs", "d")},
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_entrusted"), ("scope", "0003_today")]
    operations = [migrations.RunSQL([AFTER], [BEFORE])]
