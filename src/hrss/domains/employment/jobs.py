"""What the employment domain does by itself: statuses derived every night, silence noticed, deaths taken over.

Each run is bounded and repeatable; a second run of the same night changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.domains.employment.models import (
    CurrentStatus,
    EmploymentSpell,
    StatusEvent,
    UnemploymentRegistration,
    ZeroEmploymentFamily,
)
from hrss.domains.employment.policies import COUNTY
from hrss.domains.employment.services.end_registration import end_registration
from hrss.domains.employment.services.happen import Occurrence, derive
from hrss.domains.employment.services.recognise_family import clear_family
from hrss.domains.employment.services.record_event import record_event
from hrss.domains.employment.services.remind_firms import remind_firms
from hrss.domains.employment.statuses import EventKind
from hrss.foundation.jobs import job
from hrss.foundation.outbox import subscribe
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.rules.engine import default_parameters

_BATCH = 2000
_MONTH_DAYS = 30
_ROBOT = system_actor("employment.jobs").for_purpose("status_upkeep")


@job("employment.derive_statuses", own_transactions=True)
def derive_statuses() -> int:
    """由事件重新推算前一天有变化的就业失业状态。"""
    today = timezone.localdate()
    with acting(_ROBOT):
        since = today - timedelta(days=2)
        changed = StatusEvent.objects.filter(recorded_at__date__gte=since).values_list("person_id", flat=True)
        due = StatusEvent.objects.filter(on__gte=since, on__lte=today).values_list("person_id", flat=True)
        people = sorted({*changed.distinct(), *due.distinct()})
    for batch in _batches(people):
        with acting(_ROBOT):
            derive(batch, today=today)
    return len(people)


@job("employment.end_silent", own_transactions=True)
def end_silent() -> int:
    """连续六个月没有联系的，注销失业登记（就业服务与就业管理规定第六十六条）。"""
    today = timezone.localdate()
    months = default_parameters().parameter(
        "employment.registration.most_months_without_contact", on=today, region=COUNTY
    )
    last = today - timedelta(days=_MONTH_DAYS * int(months.value))
    with acting(_ROBOT):
        rows = UnemploymentRegistration.objects.filter(ended_on=None, last_contact_on__lt=last)
        people = list(rows.order_by("last_contact_on").values_list("person_id", flat=True)[:_BATCH])
    for person_id in people:
        end_registration(person_id, actor=_ROBOT, kind=EventKind.LOST_CONTACT, on=today, source="job")
    return len(people)


@job("employment.clear_families", own_transactions=True)
def clear_families() -> int:
    """有家庭成员就业的，退出零就业家庭（动态清零）。"""
    today = timezone.localdate()
    with acting(_ROBOT):
        families = list(ZeroEmploymentFamily.objects.filter(cleared_on=None)[:_BATCH])
        cleared = [(family.id, since) for family in families if (since := _works_since(family)) is not None]
    for family_id, since in cleared:
        clear_family(family_id, actor=_ROBOT, on=min(since, today), how="家庭成员已就业")
    return len(cleared)


@job("employment.remind_firms", own_transactions=True)
def remind() -> int:
    """提醒样本企业报月报，列出过了截止日还没有报的。"""
    return int(remind_firms(actor=_ROBOT, day=timezone.localdate()).data["firms"])


@subscribe("person.died", name="employment.person_died")
def take_over_death(payload: dict[str, Any], *, actor: Actor) -> None:
    """End what a death ends: registration, jobs, recognition. A corrected date is a second event, the first counts."""
    person_id, died_on = UUID(str(payload["person"])), date.fromisoformat(str(payload["died_on"]))
    with acting(_ROBOT):
        known = CurrentStatus.objects.filter(person_id=person_id).exists()
        working = EmploymentSpell.objects.filter(person_id=person_id).exists()
        told = StatusEvent.objects.filter(person_id=person_id, kind=EventKind.DIED.value).exists()
        region = Person.objects.filter(id=person_id).values_list("region_code", flat=True).first()
    if told or not (known or working) or region is None:
        return
    occurrence = Occurrence(person_id, region, EventKind.DIED, died_on, "agency")
    record_event(occurrence, actor=_ROBOT, today=max(died_on, timezone.localdate()))


def _works_since(family: ZeroEmploymentFamily) -> date | None:
    """Give the first day since the recognition on which a member has a job, None while nobody has."""
    members = [UUID(member) for member in family.members]
    spell = (
        EmploymentSpell.objects.filter(person_id__in=members, until=None, since__gte=family.recognised_on)
        .order_by("since")
        .first()
    )
    return spell.since if spell else None


def _batches(people: list[UUID]) -> Iterator[list[UUID]]:
    rest = iter(people)
    while batch := list(islice(rest, _BATCH)):
        yield batch
