"""Changes of grade G3: who signs in which order, and what happens when the last one has signed.

经办 → 复核 → 稽核 → 审批（附集体会审记录）: four natural persons. The database checks the same again before it lets
the change through.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import connection

from hrss.foundation import audit
from hrss.foundation.crypto import blind_candidates, blind_index, open_sealed, ring_in_use, seal
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import ChangeRequest, ChangeSignature, Person, PersonMerge
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.regions.romanise import pinyin_of_name
from hrss.kernel.actor import Actor, Function
from hrss.kernel.identifiers import check_id_number, uuid7
from hrss.kernel.problem import Problem

PAYLOAD = "people.change_request"
Stage = ChangeSignature.Stage
ORDER = (Stage.HANDLER, Stage.REVIEWER, Stage.INSPECTOR, Stage.APPROVER)
FUNCTIONS: dict[str, tuple[Function, ...]] = {
    Stage.HANDLER: (Function.COUNTER, Function.HANDLER),
    Stage.REVIEWER: (Function.REVIEWER,),
    Stage.INSPECTOR: (Function.INSPECTOR,),
    Stage.APPROVER: (Function.APPROVER, Function.LEADER),
}


def open_request(
    person: Person,
    *,
    actor: Actor,
    kind: str,
    values: dict[str, Any],
    reason: str,
    evidence: list[str],
    other: UUID | None = None,
) -> ChangeRequest:
    """Open a request signed by its handler. Problems ``people.reason``, ``people.evidence``, ``people.change_open``."""
    if not reason.strip():
        raise Problem("people.reason", "请写明变更理由", field="reason")
    if not evidence:
        raise Problem(
            "people.evidence",
            "高风险变更必须附原档影像",
            rule="M03、M10：核对原始档案",
            remedy="请扫描原始档案后上传",
            field="evidence",
        )
    if ChangeRequest.objects.filter(person=person, state=ChangeRequest.State.OPEN).exists():
        raise Problem("people.change_open", "这个人已有一项变更正在审批", remedy="请先办结那一项", status=409)
    request_id = uuid7()
    request = ChangeRequest.objects.create(
        id=request_id,
        kind=kind,
        person=person,
        other_id=other,
        region_code=person.region_code,
        payload=seal(json.dumps(values, ensure_ascii=False), ring=ring_in_use(), field=PAYLOAD, owner=request_id),
        reason=reason.strip(),
        evidence=evidence,
    )
    add_signature(request, Stage.HANDLER, actor, agrees=True, note=reason.strip())
    return request


def add_signature(request: ChangeRequest, stage: str, actor: Actor, *, agrees: bool, note: str) -> None:
    """Write one signature; the natural person must not have signed before."""
    if actor.person is None or request.signatures.filter(signer=actor.person).exists():
        raise Problem(
            "people.signed_before",
            "同一个人不能在一项变更中签署两次",
            rule="经办、复核、稽核、审批须为不同自然人",
            remedy="请由其他人签署",
            status=403,
        )
    ChangeSignature.objects.create(
        request=request,
        stage=stage,
        signer=actor.person,
        account=actor.account,
        region_code=request.region_code,
        agrees=agrees,
        note=note,
    )


def next_stage(request: ChangeRequest) -> str:
    """Give the post that signs next."""
    done = set(request.signatures.values_list("stage", flat=True))
    return next(stage for stage in ORDER if stage not in done)


def apply(request: ChangeRequest, *, actor: Actor) -> None:
    """Carry out a request everybody signed; the database looks at the signatures once more."""
    with elevated(actor):
        _name_request(request.id)
        if request.kind == ChangeRequest.Kind.MERGE:
            _merge(request, actor)
        else:
            _change_identity(request)
    _name_request(None)


def _change_identity(request: ChangeRequest) -> None:
    values = values_of(request)
    person = Person.objects.select_for_update().get(id=request.person_id)
    if "name" in values:
        person.name, person.pinyin = values["name"], pinyin_of_name(values["name"])
    if "id_number" in values:
        set_id_number(person, values["id_number"])
    person.save()


def _merge(request: ChangeRequest, actor: Actor) -> None:
    absorbed = Person.objects.select_for_update().get(merge_requests=request)
    absorbed.merged_into_id = request.person_id
    absorbed.save(update_fields=["merged_into"])
    PersonMerge.objects.create(
        kept_id=request.person_id, absorbed=absorbed, request=request, region_code=request.region_code
    )
    audit.record(
        actor,
        "people.absorbed",
        subject_kind="person",
        subject_id=absorbed.id,
        person_id=absorbed.id,
        region=absorbed.region_code,
        detail={"kept": request.person_id},
    )


def values_of(request: ChangeRequest) -> dict[str, Any]:
    """Open the values a request asks for."""
    text = open_sealed(request.payload, ring=ring_in_use(), field=PAYLOAD, owner=request.id)
    values: dict[str, Any] = json.loads(text)
    return values


def set_id_number(person: Person, text: str) -> None:
    """Put a new id number on ``person`` with everything that follows from it; does not save."""
    number = check_id_number(text)
    ring = ring_in_use()
    person.id_cipher = seal(number.text, ring=ring, field=ID_NUMBER, owner=person.id)
    person.id_index = blind_index(number.text, ring=ring, field=ID_NUMBER)
    person.id_tail, person.birth_date, person.sex = number.tail, number.birth_date, number.sex


def refuse_number_of_another(person: Person, text: str, *, actor: Actor) -> None:
    """Problem ``people.number_taken`` (409) when another record holds the number."""
    indexes = blind_candidates(check_id_number(text).text, ring=ring_in_use(), field=ID_NUMBER)
    with elevated(actor):
        taken = Person.objects.filter(id_index__in=indexes).exclude(id=person.id).exists()
    if taken:
        raise Problem(
            "people.number_taken",
            "这个身份号码已有另一份档案",
            rule="M02 一人一号",
            remedy="确为同一人的，请办理档案合并",
            field="id_number",
            status=409,
        )


def _name_request(request_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.change_request', %s, true)", [str(request_id or "")])
