"""Drafts as typed: one's own, or those a clerk has begun for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.items.versions import pinned
from hrss.casework.models import Draft
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft: what was typed, where, and on which page the person stopped."""

    id: UUID
    item_code: str
    item_name: str
    data: Mapping[str, Any]
    materials: Mapping[str, Any]
    step: int
    person_id: UUID | None
    organisation_id: UUID | None
    region_code: str
    updated_at: datetime
    submitted_case: UUID | None


def draft(draft_id: UUID, *, actor: Actor) -> DraftView:
    """Give one draft; Problem ``draft.not_found`` (404) for somebody else's."""
    row = Draft.objects.filter(id=draft_id).first()
    if row is None:
        raise Problem("draft.not_found", "没有这份草稿", remedy="请重新开始填写", status=404)
    return _view(row)


def drafts(*, actor: Actor) -> list[DraftView]:
    """Give the drafts not sent yet, the latest first: of the one acted for, or typed by this clerk."""
    rows = Draft.objects.filter(submitted_case=None)
    if actor.kind is ActorKind.STAFF:
        rows = rows.filter(account=actor.account)
    elif actor.acting_for_organisation is not None:
        rows = rows.filter(organisation=actor.acting_for_organisation)
    else:
        rows = rows.filter(person=actor.subject_person)
    return [_view(row) for row in rows.order_by("-updated_at")[:20]]


def _view(row: Draft) -> DraftView:
    return DraftView(
        id=row.id,
        item_code=row.item_code,
        item_name=pinned(row.item_version_id).item.name,
        data=row.data,
        materials=row.materials,
        step=row.step,
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        region_code=row.region_code,
        updated_at=timezone.localtime(row.updated_at),
        submitted_case=row.submitted_case,
    )
