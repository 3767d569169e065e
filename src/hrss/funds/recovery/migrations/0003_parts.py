"""Which part of a debt's month was booked apart: a whole month is claimed with the whole part it was paid with."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

from hrss.foundation.scope.revising import function, revised

BEFORE = function(import_module("hrss.funds.recovery.migrations.0002_guards").FUNCTIONS, "recovery_guard_lines")
AFTER = revised(
    BEFORE,
    {"m.paid <> p.amount)": "m.paid <> p.amount\n                 OR (m.amount = p.amount AND m.part <> p.part))"},
)


class Migration(migrations.Migration):
    dependencies = [("recovery", "0002_guards"), ("payables", "0006_part")]
    operations = [
        migrations.AddField(
            model_name="debtline",
            name="part",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="其中另列科目（分）"),
        ),
        migrations.RunSQL([AFTER], [BEFORE]),
    ]
