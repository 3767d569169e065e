"""Row-level security of tickets and sittings."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import protect


class Migration(migrations.Migration):
    dependencies = [("reception", "0001_initial"), ("scope", "0001_functions")]
    operations = [protect("reception_ticket"), protect("reception_sitting", person="person_id")]
