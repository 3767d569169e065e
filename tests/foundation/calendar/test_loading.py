"""Official years that an upgrade brought."""

from __future__ import annotations

from django.db import connections

from hrss.foundation.audit.models import Event
from hrss.foundation.calendar.services import last_confirmed_year, load_calendar
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor


def test_a_year_that_is_missing_is_loaded_and_counts_at_once(real_db: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM calendar_workday WHERE extract(year FROM day) = 2026")
        cursor.execute(
            "INSERT INTO calendar_change SELECT gen_random_uuid(), NULL, '[]', 'x', 'approved',"
            " gen_random_uuid(), gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), now(), ''"
        )
    assert last_confirmed_year() == 2025
    assert load_calendar(actor=system_actor("prepare")) == 365
    assert last_confirmed_year() == 2026
    with acting(system_actor("test")):
        assert Event.objects.get(action="calendar.load").detail == {"years": [2026], "days": 365}
