"""The official calendar 2004–2026, day by day, as the State Council's yearly notices gave it (package chinesecalendar)."""

from dataclasses import asdict
from typing import Any

from django.db import migrations

from hrss.foundation.calendar.official import official_days

YEARS = range(2004, 2027)


def load(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("calendar", "WorkDay")
    rows = [model(**asdict(day), confirmed=True) for year in YEARS for day in official_days(year)]
    model.objects.using(schema_editor.connection.alias).bulk_create(rows, batch_size=2000)


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("calendar", "WorkDay").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
