"""Due lists: running clocks that are late or will soon be, of every kind, with the case they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.deadlines.colours import colour_of
from hrss.casework.models import Clock, RatingTask
from hrss.foundation import audit
from hrss.kernel.actor import Actor

_CAP = 200


@dataclass(frozen=True, slots=True)
class DueRow:
    """One clock that is late or nearly so. ``kind``: the clock's kind, or ``rating`` for a rectification task."""

    case_id: UUID
    number: str
    item_name: str
    subject_name: str
    region_code: str
    kind: str
    kind_name: str
    about: str
    due_on: date
    colour: str
    days_left: int


@dataclass(frozen=True, slots=True)
class DueLists:
    """Overdue first, then what turns yellow; each capped at two hundred."""

    overdue: list[DueRow]
    warning: list[DueRow]


def due_lists(*, actor: Actor) -> DueLists:
    """Give the clocks within the actor's scope that need attention today."""
    today = timezone.localdate()
    clocks = Clock.objects.filter(met_on=None, cancelled=False, case__closed_at=None).select_related("case")
    late = clocks.filter(due_on__lt=today).order_by("due_on", "id")[:_CAP]
    soon = clocks.filter(due_on__gte=today, warn_on__lte=today).order_by("due_on", "id")[:_CAP]
    tasks = RatingTask.objects.filter(answered_at=None).select_related("case").order_by("due_on")[:_CAP]
    rated = [_row(task.case, "rating", "差评整改", "", task.due_on, None, today) for task in tasks]
    overdue = [*(_of_clock(clock, today) for clock in late), *(row for row in rated if row.colour == "overdue")]
    warning = [*(_of_clock(clock, today) for clock in soon), *(row for row in rated if row.colour != "overdue")]
    shown = [one.case.applicant_person_id for many in (late, soon, tasks) for one in many]
    audit.listed(actor, what="casework.due", persons=shown)
    return DueLists(overdue, warning)


def _of_clock(clock: Clock, today: date) -> DueRow:
    kind = Clock.Kind(clock.kind)
    return _row(clock.case, kind.value, str(kind.label), clock.about, clock.due_on, clock.warn_on, today)


def _row(case: Any, kind: str, name: str, about: str, due_on: date | None, warn_on: date | None, today: date) -> DueRow:
    due = due_on or today
    return DueRow(
        case_id=case.id,
        number=case.number,
        item_name=case.item_name,
        subject_name=case.subject_name,
        region_code=case.region_code,
        kind=kind,
        kind_name=name,
        about=about,
        due_on=due,
        colour=colour_of(due, warn_on, today=today),
        days_left=(due - today).days,
    )
