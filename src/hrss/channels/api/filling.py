"""The calls on the way to a case and while it runs: what is known, drafts, answering a notice, handing in later."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Status
from ninja.params.functions import Path

from hrss.casework import queries, services
from hrss.casework.intake.materials import checklist
from hrss.casework.intake.prefill import prefill_of
from hrss.casework.items.versions import current
from hrss.casework.queries.drafts import DraftView
from hrss.channels.api import schemas as out
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.ui.request import Request
from hrss.foundation.verbs import keyed

_WRITE: dict[str, Any] = {"scope": "cases", "label": "L3", "audit": "write", "rate": "submit"}
_READ: dict[str, Any] = {"scope": "cases", "label": "L3", "audit": "read"}


@endpoint(api, "GET", "/items/{str:code}/known", title="已经知道的", response={200: out.Known, **REFUSALS}, **_READ)
def known(request: Request, code: str = Path(..., max_length=20)) -> Any:
    """What need not be typed, with who says so, and each proof: found by the state, to be given, promised or later."""
    item = current(code).item
    found = prefill_of(item, actor=request.actor)
    values = {name: one.value for name, one in found.items()}
    lines = checklist(item, values, actor=request.actor)
    return out.Known(
        values=values,
        sources={name: one.source for name, one in found.items()},
        materials=[
            {
                "code": one.code,
                "name": one.name,
                "how": one.how,
                "state": one.state,
                "may_promise": one.may_promise,
                "may_defer": one.may_defer,
            }
            for one in lines
        ],
    )


@endpoint(api, "GET", "/drafts", title="我的草稿", response={200: list[out.DraftOut], **REFUSALS}, **_READ)
def drafts(request: Request) -> Any:
    """Drafts not sent yet, the latest first."""
    return [_draft(one) for one in queries.drafts(actor=request.actor)]


@endpoint(api, "POST", "/drafts", title="保存草稿", response={200: out.DraftOut, **REFUSALS}, **_WRITE)
def save_draft(request: Request, body: out.DraftIn) -> Any:
    """Keep what was typed, wrong or not; it is checked when it is sent."""
    done = keyed(
        key_of(request),
        services.save_draft,
        body.item,
        body.data,
        actor=request.actor,
        draft_id=body.draft_id,
        materials=body.materials,
    )
    return _draft(queries.draft(UUID(done.id), actor=request.actor))


@endpoint(
    api, "POST", "/drafts/{uuid:draft_id}/submit", title="提交草稿", response={201: out.Receipt, **REFUSALS}, **_WRITE
)
def submit_draft(request: Request, draft_id: UUID) -> Any:
    """Send a draft; every field and proof that is wrong is told at once."""
    done = keyed(key_of(request), services.submit, draft_id, actor=request.actor)
    return Status(
        201,
        out.Receipt(id=UUID(done.id), number=done.number, state=done.data["state"], act_by=done.data["act_by"] or None),
    )


@endpoint(
    api, "POST", "/drafts/{uuid:draft_id}/discard", title="删除草稿", response={200: out.Done, **REFUSALS}, **_WRITE
)
def discard_draft(request: Request, draft_id: UUID) -> Any:
    """Delete a draft that was not sent."""
    return keyed(key_of(request), services.discard_draft, draft_id, actor=request.actor).to_json()


@endpoint(api, "POST", "/cases/{uuid:case_id}/correction", title="补正", response={200: out.Done, **REFUSALS}, **_WRITE)
def correct(request: Request, body: out.Correction, case_id: UUID) -> Any:
    """Answer a one-time notice with the form as corrected and the proofs asked for."""
    done = keyed(key_of(request), services.correct, case_id, body.data, actor=request.actor, materials=body.materials)
    return done.to_json()


@endpoint(
    api,
    "POST",
    "/cases/{uuid:case_id}/materials/{str:code}",
    title="补交材料",
    response={200: out.Done, **REFUSALS},
    **_WRITE,
)
def supply(request: Request, body: out.Proof, case_id: UUID, code: str = Path(..., max_length=40)) -> Any:
    """Hand in a proof that was left for later, or the original in place of a promise."""
    done = keyed(key_of(request), services.supply_material, case_id, code, actor=request.actor, file_id=body.file_id)
    return done.to_json()


def _draft(one: DraftView) -> out.DraftOut:
    return out.DraftOut(
        id=one.id,
        item=one.item_code,
        name=one.item_name,
        data=dict(one.data),
        materials=dict(one.materials),
        updated_at=one.updated_at,
    )
