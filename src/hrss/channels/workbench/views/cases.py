"""The case page: facts and their sources, timeline, and what I may do now; every verb is one small form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries
from hrss.casework.queries.case_page import CasePage, VerbOffer
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.channels.ui.sending import send
from hrss.channels.workbench.verbs import FORMS, Asked, VerbForm
from hrss.exchange.queries import asked_for_case
from hrss.foundation.files.services import open_file
from hrss.foundation.regions.queries import children_of, full_name
from hrss.kernel.problem import Problem

_COUNTY_DIGITS = 6
_MATERIAL_STATES = {
    "proven": "exchange",
    "given": "have",
    "promised": "promise",
    "deferred": "later",
    "pending": "exchange",
    "broken": "missing",
}


def case(request: Request, case_id: UUID) -> HttpResponse:
    """One case."""
    return _page(request, queries.case_page(case_id, actor=request.actor))


def act(request: Request, case_id: UUID, verb: str) -> HttpResponse:
    """Do one verb; mistakes come back with what was typed."""
    form = FORMS.get(verb)
    if form is None:
        raise Problem("casework.unknown_verb", "没有这个操作", status=404)
    shown = queries.case_page(case_id, actor=request.actor)
    asked = Asked(
        case_id=case_id,
        actor=request.actor.for_purpose(f"case:{shown.case['number']}"),
        sent=request.POST,
        lists=request.POST.getlist,
        item=shown.item,
        key=request.POST.get("_key", ""),
        form=request.POST,
    )
    try:
        form.call(asked)
    except Problem as problem:
        return _page(request, queries.case_page(case_id, actor=request.actor), problem=problem, tried=verb)
    after = request.POST.get("after", "")
    return HttpResponseRedirect(after if after.startswith("/work/") else reverse("workbench.case", args=(case_id,)))


def document(request: Request, document_id: UUID) -> FileResponse:
    """A paper of a case as PDF."""
    found = queries.document(document_id, actor=request.actor)
    return send(*open_file(found.file_id, actor=request.actor.for_purpose("case")), name=f"{found.name}.pdf")


def material(request: Request, file_id: UUID) -> FileResponse:
    """An uploaded proof."""
    return send(*open_file(file_id, actor=request.actor.for_purpose("case")))


def _page(request: Request, shown: CasePage, *, problem: Problem | None = None, tried: str = "") -> HttpResponse:
    offers = [(offer, FORMS[offer.verb]) for offer in shown.verbs if offer.verb in FORMS]
    return page(
        request,
        "workbench/case.html",
        status=422 if problem else 200,
        shown=shown,
        state=shown_as.state_tag(shown.case["state"], shown.state_name),
        offers=[_offer(offer, form) for offer, form in offers if not form.quiet],
        more=[_offer(offer, form) for offer, form in offers if form.quiet],
        facts=_facts(shown),
        answers=[(line.title, line.value) for line in shown.answers],
        materials=[_material(one) for one in shown.materials],
        missing=[(rule.code, rule.name) for rule in shown.item.materials if rule.source == "upload"],
        clocks=[_clock(one) for one in shown.clocks],
        files=shown_as.document_rows(shown, route="workbench.document"),
        events=shown_as.timeline(shown),
        asked=[(one.title, one.source, one.outcome_in_words) for one in asked_for_case(shown.id, actor=request.actor)],
        decision=shown_as.decision_words(shown),
        points=shown_as.notice_points(shown),
        townships=[(node.code, node.name) for node in children_of(shown.case["region_code"][:_COUNTY_DIGITS])],
        problems=problem,
        tried=tried,
        typed=request.POST,
        key=new_key(),
    )


def _offer(offer: VerbOffer, form: VerbForm) -> dict[str, Any]:
    return {"verb": offer.verb, "name": offer.name, "fields": form.fields, "kind": form.kind}


def _facts(shown: CasePage) -> list[tuple[str, str]]:
    case_ = shown.case
    applicant = (
        f"{case_['subject_name']}（{case_['subject_tail']}）" if case_["subject_tail"] else case_["subject_name"]
    )
    rows = [
        ("申请人", applicant),
        ("办理地", full_name(case_["region_code"])),
        ("提交", f"{moment(shown_as.when(case_['submitted_at']))}　{shown_as.CHANNEL_WORDS.get(case_['channel'], '')}"),
        ("应办日期", shown_as.due_words(shown)),
        ("等级", case_["grade"]),
    ]
    return rows + ([("领办人", case_["claimed_name"])] if case_["claimed_name"] else [])


def _material(one: Mapping[str, Any]) -> dict[str, Any]:
    note = one["source"] or one["note"]
    if one["due_on"] and one["state"] in ("deferred", "promised"):
        note = f"{date(one['due_on'])}前补交或核验"
    row = {"name": one["name"], "state": _MATERIAL_STATES.get(one["state"], "missing"), "note": note}
    if one["file_id"]:
        row |= {"href": reverse("workbench.material", args=(one["file_id"],)), "action": "查看"}
    return row


def _clock(one: Mapping[str, Any]) -> tuple[str, str]:
    names = {
        "statutory": "法定期限",
        "promised": "承诺期限",
        "acceptance": "受理期限",
        "correction": "补正期限",
        "deferred": "容缺补交",
    }
    state = "已办" if one["met_on"] else "已取消" if one["cancelled"] else "计时中"
    return (names.get(one["kind"], one["kind"]), f"{date(one['due_on']) or '暂停'}　{state}")
