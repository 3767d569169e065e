"""What is still to be done about cases besides deciding them: promises, papers to come, bad ratings, opinions.

Reads within the actor's scope; each list is capped, the most urgent first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.deadlines.colours import colour_of
from hrss.casework.models import Case, Material, Opinion, RatingTask
from hrss.foundation import audit
from hrss.kernel.actor import Actor

_CAP = 200


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing to follow up. ``about`` is the material, the question or what the person said."""

    case_id: UUID
    number: str
    item_name: str
    subject_name: str
    region_code: str
    about: str
    due_on: date | None
    colour: str
    days_left: int | None


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The four lists."""

    promises: list[FollowUp]
    deferred: list[FollowUp]
    ratings: list[FollowUp]
    opinions: list[FollowUp]


def follow_ups(*, actor: Actor) -> FollowUps:
    """Give what is to be followed up in the actor's scope; opinions only those asked of the actor's posts."""
    today = timezone.localdate()
    materials = Material.objects.select_related("case").order_by("due_on", "id")
    promised = materials.filter(state=Material.State.PROMISED)[:_CAP]
    deferred = materials.filter(state=Material.State.DEFERRED)[:_CAP]
    tasks = RatingTask.objects.filter(answered_at=None).select_related("case", "case__rating").order_by("due_on")[:_CAP]
    asked = _asked_of(actor)
    shown = [one.case.applicant_person_id for many in (promised, deferred, tasks, asked) for one in many]
    audit.listed(actor, what="casework.follow_ups", persons=shown)
    return FollowUps(
        promises=[_row(one.case, one.name, one.due_on, today) for one in promised],
        deferred=[_row(one.case, one.name, one.due_on, today) for one in deferred],
        ratings=[_row(one.case, _said(one), one.due_on, today) for one in tasks],
        opinions=[_row(one.case, one.question, one.due_on, today) for one in asked],
    )


def _asked_of(actor: Actor) -> list[Opinion]:
    functions = {post.function.value for post in actor.posts}
    rows = Opinion.objects.filter(answered_at=None, function__in=functions, case__closed_at=None)
    found = rows.select_related("case").order_by("due_on", "id")[:_CAP]
    return [one for one in found if any(one.region_code.startswith(post.region) for post in actor.posts)]


def _said(task: RatingTask) -> str:
    rating: Any = getattr(task.case, "rating", None)
    return str(rating.comment) if rating is not None and rating.comment else "没有写意见"


def _row(case: Case, about: str, due_on: date | None, today: date) -> FollowUp:
    return FollowUp(
        case_id=case.id,
        number=case.number,
        item_name=case.item_name,
        subject_name=case.subject_name,
        region_code=case.region_code,
        about=about,
        due_on=due_on,
        colour=colour_of(due_on, None, today=today),
        days_left=(due_on - today).days if due_on else None,
    )
