"""Sign a high-risk change in the post whose turn it is; the last signature carries it out."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.people.models import ChangeRequest, ChangeSignature
from hrss.foundation.people.policies import refuse_own_affairs, require_post
from hrss.foundation.people.signing import FUNCTIONS, add_signature, apply, next_stage
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("people.sign_change")
def sign_change(
    request_id: UUID, *, actor: Actor, agrees: bool = True, note: str = "", meeting: str = "", key: str = ""
) -> Outcome:
    """Agree or refuse. The approver adds ``meeting``, the record of the collective review (集体会审).

    Problems: ``people.change_closed`` (409), ``people.no_post`` (403), ``people.signed_before`` (403),
    ``people.meeting``, ``people.reason``.
    """
    request = ChangeRequest.objects.select_for_update().filter(id=request_id).first()
    if request is None or request.state != ChangeRequest.State.OPEN:
        raise Problem("people.change_closed", "没有这项待签署的变更", remedy="请刷新列表", status=409)
    stage = next_stage(request)
    doing = f"在{ChangeSignature.Stage(stage).label}岗签署这项变更"
    require_post(actor, *FUNCTIONS[stage], region=request.region_code, doing=doing)
    refuse_own_affairs(actor, request.person_id)
    if not agrees and not note.strip():
        raise Problem("people.reason", "请写明不同意的理由", field="note")
    last = agrees and stage == ChangeSignature.Stage.APPROVER
    if last and not meeting.strip():
        raise Problem("people.meeting", "请附集体会审记录", rule="G3：高风险变更经集体会审", field="meeting")
    add_signature(request, stage, actor, agrees=agrees, note=note.strip())
    if last:
        _finish(request, actor, meeting.strip())
    elif not agrees:
        request.state, request.closed_at = ChangeRequest.State.REFUSED, timezone.now()
        request.save(update_fields=["state", "closed_at"])
    audit.record(
        actor,
        "people.sign_change",
        subject_kind="change_request",
        subject_id=request.id,
        person_id=request.person_id,
        region=request.region_code,
        detail={"stage": stage, "agrees": agrees, "state": request.state},
    )
    return Outcome("change_request", str(request.id), data={"state": request.state, "stage": stage})


def _finish(request: ChangeRequest, actor: Actor, meeting: str) -> None:
    request.meeting = meeting
    request.save(update_fields=["meeting"])
    apply(request, actor=actor)
    if request.kind == ChangeRequest.Kind.MERGE:
        announce("person.merged", {"kept": request.person_id, "absorbed": request.other_id}, actor=actor)
    request.state, request.closed_at = ChangeRequest.State.APPLIED, timezone.now()
    request.save(update_fields=["state", "closed_at"])
