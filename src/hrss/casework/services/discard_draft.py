"""Throw away a draft that was never sent. What was submitted stays: a case is withdrawn, never deleted."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.services.save_draft import open_draft
from hrss.foundation.audit import record
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.discard_draft")
def discard_draft(draft_id: UUID, *, actor: Actor) -> Outcome:
    """Delete a draft. Problems: ``draft.not_found`` (404), ``draft.submitted`` (409)."""
    draft = open_draft(draft_id)
    if draft.submitted_case is not None:
        raise Problem("draft.submitted", "这份申请已经提交，不能删除", remedy="不想办了可以撤回申请", status=409)
    draft.delete()
    record(
        actor,
        "casework.discard_draft",
        subject_kind="draft",
        subject_id=draft_id,
        person_id=draft.person_id,
        region=draft.region_code,
        detail={"item": draft.item_code},
    )
    return Outcome("draft", str(draft_id), data={"item": draft.item_code})
