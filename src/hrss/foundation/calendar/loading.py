"""Loading official years that an upgrade brought; what people changed since stays as it is."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models.functions import Now

from hrss.foundation.audit.record import record
from hrss.foundation.calendar.models import Change, WorkDay
from hrss.foundation.calendar.official import official_days, official_years
from hrss.foundation.scope.context import acting
from hrss.kernel.actor import Actor
from hrss.kernel.uuid7 import uuid7


def load_calendar(*, actor: Actor) -> int:
    """Load the official years of which not a single day is there; gives the number of days. Safe to call again.

    The migration loads 2004–2026; this is for years a newer package knows. It counts at once: running processes see
    it by the change it leaves.
    """
    with acting(actor):
        known = set(WorkDay.objects.values_list("day__year", flat=True).distinct())
        years = [year for year in official_years() if year not in known]
        rows = [WorkDay(**asdict(day), confirmed=True) for year in years for day in official_days(year)]
        if not rows:
            return 0
        WorkDay.objects.bulk_create(rows, batch_size=2000)
        _leave_mark(rows[-1].source)
        record(actor, "calendar.load", subject_kind="calendar", detail={"years": years, "days": len(rows)})
    return len(rows)


def _leave_mark(source: str) -> None:
    """A change without days, proposed and decided by the package: it only tells caches to read again."""
    Change.objects.create(
        id=uuid7(),
        days=[],
        source=source,
        state=Change.State.APPROVED,
        proposed_account=uuid7(),
        proposed_person=uuid7(),
        decided_account=uuid7(),
        decided_person=uuid7(),
        decided_at=Now(),
    )
