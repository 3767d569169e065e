"""The calls of the API everybody begins with: items, applications, cases, files, documents, rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.utils import timezone
from ninja import File, Status
from ninja.files import UploadedFile
from ninja.params.functions import Path, Query

from hrss.casework import queries, services
from hrss.casework.items.catalogue import catalogue
from hrss.casework.items.search import search
from hrss.casework.items.versions import published
from hrss.channels.api import schemas as out
from hrss.channels.api.document import PDF
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.ui.cases import notice_points
from hrss.channels.ui.request import Request
from hrss.channels.ui.sending import send
from hrss.channels.ui.whose import own_person
from hrss.foundation.files.services import open_file, store_once
from hrss.foundation.people import queries as people
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem
from hrss.rules import catalogue as rules


@endpoint(api, "GET", "/items", title="事项清单", response={200: list[out.ItemLine], **REFUSALS})
def items(request: Request, line: str = Query("", max_length=12)) -> Any:
    """All service items, or those of one line."""
    online = published()
    return [
        out.ItemLine(code=one.code, name=one.name, line=one.line, kind=one.kind, online=one.code in online)
        for one in catalogue().values()
        if not line or one.line == line
    ]


@endpoint(api, "GET", "/items/search", title="找事项", rate="search", response={200: list[out.ItemLine], **REFUSALS})
def find_items(request: Request, q: str = Query(..., min_length=1, max_length=100)) -> Any:
    """Items by how people say it."""
    known = catalogue()
    hits = [hit for hit in search(q, limit=20) if hit.code in known]
    return [
        out.ItemLine(code=hit.code, name=hit.name, line=hit.line, kind=known[hit.code].kind, online=hit.online)
        for hit in hits
    ]


@endpoint(api, "GET", "/items/{str:code}", title="办事指南", response={200: out.ItemGuide, **REFUSALS})
def item(request: Request, code: str = Path(..., max_length=20)) -> Any:
    """The guide of one item with the JSON Schema of its form."""
    found = queries.guide(code)
    return out.ItemGuide(
        code=found.code,
        name=found.name,
        line=found.line,
        kind=found.kind,
        online=found.online,
        summary=found.summary,
        conditions=list(found.conditions),
        materials=[dict(one) for one in found.materials],
        promised=found.promised["text"],
        statutory=found.statutory["text"],
        remedy=found.remedy,
        form=dict(found.item.form) if found.item else None,
    )


@endpoint(
    api,
    "POST",
    "/applications",
    scope="cases",
    title="提交申请",
    label="L3",
    audit="write",
    rate="submit",
    response={201: out.Receipt, **REFUSALS},
)
def apply(request: Request, body: out.Application) -> Any:
    """Apply for oneself (or the one acted for); a repeat with the same key gets the same case."""
    person_id = applicant_named(request, body.id_number)
    done = keyed(
        key_of(request),
        services.apply,
        body.item,
        body.data,
        actor=request.actor,
        person_id=person_id,
        materials=body.materials,
    )
    receipt = out.Receipt(
        id=UUID(done.id), number=done.number, state=done.data["state"], act_by=done.data["act_by"] or None
    )
    return Status(201, receipt)


@endpoint(
    api,
    "GET",
    "/cases",
    scope="cases",
    title="我的办件",
    label="L3",
    audit="read",
    response={200: out.CaseList, **REFUSALS},
)
def cases(request: Request, after: str = Query("", max_length=200), limit: int = Query(20, ge=1, le=100)) -> Any:
    """One's cases, newest first."""
    mine = queries.my_cases(actor=request.actor, after=after, limit=limit)
    lines = [
        out.CaseLine(
            id=one.id,
            number=one.number,
            item=one.item_code,
            name=one.item_name,
            state=one.state,
            decision=one.decision,
            submitted_at=one.submitted_at,
            act_by=one.act_by,
        )
        for one in mine.cases
        if one.submitted_at
    ]
    return out.CaseList(cases=lines, next=mine.next)


@endpoint(
    api,
    "GET",
    "/cases/{uuid:case_id}",
    scope="cases",
    title="办件进度",
    label="L3",
    audit="read",
    response={200: out.CaseDetail, **REFUSALS},
)
def case(request: Request, case_id: UUID) -> Any:
    """One case: state, history, papers, what may be done now."""
    found = queries.case_page(case_id, actor=request.actor)
    return out.CaseDetail(
        id=found.id,
        number=found.case["number"],
        item=found.case["item_code"],
        name=found.case["item_name"],
        state=found.case["state"],
        decision=found.case["decision"],
        reasons=(found.decision or {}).get("reasons", ""),
        act_by=found.case["act_by"],
        data=found.case["data"],
        events=[
            {"at": one["at"], "verb": one["verb"], "to": one["to_state"], "note": one["note"]} for one in found.actions
        ],
        materials=[{"code": one["code"], "name": one["name"], "state": one["state"]} for one in found.materials],
        notice=notice_points(found),
        documents=[{"id": one["id"], "name": one["name"], "number": one["number"]} for one in found.documents],
        verbs=[one.verb for one in found.verbs],
    )


@endpoint(
    api,
    "POST",
    "/cases/{uuid:case_id}/withdraw",
    scope="cases",
    title="撤回申请",
    label="L3",
    audit="write",
    rate="submit",
    response={200: out.Done, **REFUSALS},
)
def withdraw(request: Request, case_id: UUID, body: out.Reason) -> Any:
    """Withdraw a case that is not decided."""
    done = keyed(key_of(request), services.withdraw, case_id, actor=request.actor, reason=body.reason)
    return done.to_json()


@endpoint(
    api,
    "POST",
    "/cases/{uuid:case_id}/rating",
    scope="cases",
    title="评价",
    label="L3",
    audit="write",
    rate="submit",
    response={200: out.Done, **REFUSALS},
)
def rate(request: Request, case_id: UUID, body: out.RatingIn) -> Any:
    """Rate a finished case."""
    done = keyed(key_of(request), services.rate, case_id, body.stars, actor=request.actor, comment=body.comment)
    return done.to_json()


@endpoint(
    api,
    "POST",
    "/files",
    scope="cases",
    title="上传材料",
    label="L4",
    audit="write",
    rate="submit",
    response={201: out.FileOut, **REFUSALS},
)
def upload(request: Request, file: File[UploadedFile]) -> Any:
    """Store a proof (PDF, JPEG or PNG); name its id in an application."""
    done = keyed(
        key_of(request),
        store_once,
        file.read(),
        file.name or "文件",
        actor=request.actor,
        person_id=_owner(request.actor),
        organisation_id=request.actor.acting_for_organisation,
        kinds=("jpeg", "pdf", "png"),
    )
    return Status(201, out.FileOut(id=UUID(done.id), **done.data))


@endpoint(
    api,
    "GET",
    "/documents/{uuid:document_id}",
    scope="cases",
    title="下载文书",
    label="L3",
    audit="read",
    response=REFUSALS,
    openapi_extra={"responses": PDF},
)
def document(request: Request, document_id: UUID) -> FileResponse:
    """A result paper as PDF."""
    found = queries.document(document_id, actor=request.actor)
    return send(*open_file(found.file_id, actor=request.actor), name=f"{found.name}.pdf")


@endpoint(
    api, "GET", "/verify/{str:code}", title="验证文书", rate="search", response={200: out.DocumentProof, **REFUSALS}
)
def verify(request: Request, code: str = Path(..., max_length=80)) -> Any:
    """What a document's verification code proves; names masked."""
    found = queries.verify_document(code)
    if found is None:
        raise Problem("document.unknown_code", "没有查到这个核验码", remedy="请核对文书上的核验码", status=404)
    return out.DocumentProof(
        name=found.name,
        number=found.number,
        item=found.item_name,
        subject=found.subject,
        issued_on=found.issued_on,
        sha256=found.sha256,
        authority=found.authority,
        in_force=found.ended_on is None,
        ended_on=found.ended_on,
        ended_why=found.ended_why,
    )


@endpoint(api, "GET", "/rules", title="规则清单", response={200: list[out.RuleLine], **REFUSALS})
def rule_list(request: Request, family: str = Query("", max_length=40)) -> Any:
    """All rules, or those of one family (``insurance.``)."""
    return [out.RuleLine(name=one.name, title=one.title, article=one.article) for one in rules.list_rules(family)]


@endpoint(api, "GET", "/rules/{str:name}", title="一条规则", response={200: dict[str, Any], **REFUSALS})
def rule(request: Request, name: str = Path(..., max_length=80)) -> Any:
    """Formula in words, inputs, parameters over time, JSON Schema of the facts."""
    return rules.show(name).to_json() | {"facts": rules.facts_schema(name)}


@endpoint(
    api, "POST", "/rules/{str:name}", title="按事实试算", rate="search", response={200: dict[str, Any], **REFUSALS}
)
def explain(request: Request, body: out.Facts, name: str = Path(..., max_length=80)) -> Any:
    """Compute a rule for given facts, with every step, article and parameter version."""
    today = timezone.localdate()
    asked = rules.explain(
        name, body.facts, on=body.on or today, region=body.region, known_at=body.known_at, today=today
    )
    return asked.to_json()


def _owner(actor: Actor) -> UUID | None:
    """Give whose file it is; a firm's has no person. A delegate for single services may hand in as well."""
    if actor.acting_for_organisation is None and actor.subject_person is None:
        return own_person(actor)
    return None if actor.acting_for_organisation else actor.subject_person


def applicant_named(request: Request, id_number: str) -> UUID | None:
    """A partner names whom it applies for; a person applies for themself."""
    if not id_number:
        return None
    card = people.find_by_id_number(id_number, actor=request.actor)
    if card is None:
        raise Problem(
            "people.not_found",
            "没有查到这个人，或者不在您的范围",
            remedy="请核对身份证号；本人申请时不要填",
            field="id_number",
            status=404,
        )
    return card.id
