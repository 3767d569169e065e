"""Deductions in a run: part of what is signed, kept from the bank's file, in the books as a claim taken down."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

from hrss.foundation.scope.revising import function, revised

_before = import_module("hrss.funds.payruns.migrations.0002_guards").GUARDS
SEAL, GUARD_RUN = function(_before, "payruns_seal"), function(_before, "payruns_guard_run")

SEAL_WITH_DEDUCTIONS = revised(SEAL, {"p.facts_id, p.rule)": "p.facts_id, p.rule, nullif(p.deducted, 0))"})
GUARD_WITH_DEDUCTIONS = revised(
    GUARD_RUN,
    {
        "coalesce(sum(amount), 0) AS total INTO sent": (
            "coalesce(sum(amount - deducted), 0) AS net,\n"
            "           coalesce(sum(CASE WHEN was_returned THEN amount - deducted ELSE amount END), 0) AS booked INTO sent"
        ),
        "b.total = sent.total": "b.total = sent.net",
        "e.total = sent.total": "e.total = sent.booked",
    },
)


class Migration(migrations.Migration):
    dependencies = [("payruns", "0002_guards"), ("payables", "0004_deduction_rules")]
    operations = [
        migrations.RunSQL([SEAL_WITH_DEDUCTIONS], [SEAL]),
        migrations.RunSQL([GUARD_WITH_DEDUCTIONS], [GUARD_RUN]),
    ]
