"""Save a form as typed. A draft is never checked: it only must not be lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.intake.applicants import Applicant, applicant_of, region_of
from hrss.casework.items.versions import Version, current
from hrss.casework.models import Draft
from hrss.foundation.audit import record
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

MAX_BYTES = 2_000_000


@verb("casework.save_draft")
def save_draft(
    item_code: str,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    draft_id: UUID | None = None,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    region_code: str = "",
    materials: Mapping[str, Any] | None = None,
    step: int = 0,
) -> Outcome:
    """Keep what was typed; ``draft_id`` continues a draft. Problems: ``draft.not_found``, ``draft.submitted``."""
    version = current(item_code)
    applicant = applicant_of(version.item, actor=actor, person_id=person_id, organisation_id=organisation_id)
    draft = write_draft(version, applicant, data, actor=actor, draft_id=draft_id, materials=materials)
    draft.region_code = region_of(version.item, applicant, data, asked=region_code)[:12]
    draft.step = step
    draft.save()
    record(
        actor,
        "casework.save_draft",
        subject_kind="draft",
        subject_id=draft.id,
        person_id=applicant.person,
        region=applicant.region_code,
        detail={"item": item_code, "step": step},
    )
    return Outcome("draft", str(draft.id), data={"item": item_code, "step": step})


def write_draft(
    version: Version,
    applicant: Applicant,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    draft_id: UUID | None = None,
    materials: Mapping[str, Any] | None = None,
) -> Draft:
    """Give a draft holding ``data``, new or continued, not saved yet."""
    draft = _open(draft_id) if draft_id is not None else Draft(account=actor.account, created_at=timezone.now())
    draft.item_code, draft.item_version_id = version.item.code, version.id
    draft.person_id, draft.organisation_id = applicant.person, applicant.organisation
    draft.agent_person_id = applicant.agent_person
    draft.region_code = applicant.region_code
    draft.data = dict(data)
    draft.updated_at = timezone.now()
    if materials is not None:
        draft.materials = {code: dict(given) for code, given in materials.items()}
    return draft


def open_draft(draft_id: UUID) -> Draft:
    """Lock a draft of the actor's; Problem ``draft.not_found`` (404)."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(id=draft_id).first()
    if draft is None:
        raise Problem("draft.not_found", "没有这份草稿", remedy="请重新开始填写", status=404)
    return draft


def _open(draft_id: UUID) -> Draft:
    draft = open_draft(draft_id)
    if draft.submitted_case is not None:
        raise Problem("draft.submitted", "这份申请已经提交，不能再改", remedy="请到“我的办件”查看进度", status=409)
    return draft
