"""The official calendar 2004–2026, day by day, as the State Council's yearly notices gave it (package chinesecalendar)."""

from datetime import date, timedelta
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import migrations

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


def load(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("calendar", "WorkDay")
    days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    rows = [
        model(
            day=day,
            is_working=day in workdays or (day.weekday() < 5 and day not in holidays),
            name=NAMES[holidays[day]]
            if day in holidays
            else NAMES[workdays[day]] + "调休上班"
            if day in workdays
            else "",
            source=f"国务院办公厅关于{day.year}年部分节假日安排的通知（chinesecalendar 1.11 整理）",
            confirmed=True,
        )
        for day in days
    ]
    model.objects.using(schema_editor.connection.alias).bulk_create(rows, batch_size=2000)


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("calendar", "WorkDay").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [migrations.RunPython(load, unload, elidable=False)]
