"""The case page: facts and their sources, timeline, and what I may do now; every verb is one small form."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect

from hrss.casework import queries
from hrss.casework.queries.case_page import CasePage
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.addresses import reverse
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.ui.sending import send
from hrss.channels.ui.shapes import problem_list
from hrss.channels.workbench import offering
from hrss.channels.workbench.refused import kept
from hrss.channels.workbench.shell import list_address, place_words, read_page, work_page
from hrss.channels.workbench.verbs import FORMS, Asked
from hrss.foundation.files.services import open_file, store
from hrss.kernel.problem import Problem

_MATERIAL_STATES = {
    "proven": "exchange",
    "given": "have",
    "promised": "promise",
    "deferred": "later",
    "pending": "exchange",
    "broken": "missing",
}
_CLOCKS = {
    "statutory": "法定期限",
    "promised": "承诺期限",
    "acceptance": "受理期限",
    "correction": "补正期限",
    "deferred": "容缺补交",
}


def case(request: Request, case_id: UUID) -> HttpResponse:
    """One case."""
    return _page(request, queries.case_page(case_id, actor=request.actor))


def act(request: Request, case_id: UUID, verb: str) -> HttpResponse:
    """Do one verb; mistakes come back with what was typed, a refusal is on the log."""
    form = FORMS.get(verb)
    if form is None:
        raise Problem("casework.unknown_verb", "没有这个操作", remedy="请返回办件页，用页面上的按钮办理", status=404)
    shown = queries.case_page(case_id, actor=request.actor)
    asked = Asked(
        verb=verb,
        case_id=case_id,
        actor=request.actor.for_purpose(f"case:{shown.case['number']}"),
        sent=request.POST,
        item=shown.item,
        asks_for=offering.result_names(shown, offering.proposal_for(shown, request.actor)) if form.has_result else [],
        key=request.POST.get("_key", ""),
        keep_file=lambda: _kept(request, verb, shown),
    )
    try:
        form.call(asked)
    except Problem as problem:
        kept(request, problem, asked={"case_id": case_id, "verb": verb})
        return _page(request, queries.case_page(case_id, actor=request.actor), problem=problem, tried=verb)
    messages.success(request, f"{shown.case['item_name']}：已{offering.name_of(shown, verb)}")
    after = request.POST.get("after", "")
    return HttpResponseRedirect(after if after.startswith("/work/") else reverse("workbench.case", args=(case_id,)))


def document(request: Request, document_id: UUID) -> FileResponse:
    """A paper of a case as PDF."""
    found = queries.document(document_id, actor=request.actor)
    return send(*open_file(found.file_id, actor=request.actor.for_purpose("case")), name=f"{found.name}.pdf")


def material(request: Request, file_id: UUID) -> FileResponse:
    """An uploaded proof."""
    return send(*open_file(file_id, actor=request.actor.for_purpose("case")))


def package(request: Request, bundle_id: UUID) -> HttpResponse:
    """A package (一件事): its members and where each stands."""
    shown = queries.bundle_page(bundle_id, actor=request.actor)
    rows = [
        {
            "item": one.item_name,
            "href": reverse("workbench.case", args=(one.case_id,)) if one.case_id else "",
            "state": one.case_state_name or one.state_name,
            "number": one.number,
            "after": "、".join(row.item_name for row in shown.members if row.item_code in one.after),
            "due": date(one.act_by),
        }
        for one in shown.members
    ]
    return work_page(request, "workbench/package.html", shown=shown, rows=rows, place=place_words(shown.region_code))


def _kept(request: Request, verb: str, shown: CasePage) -> UUID:
    upload = request.FILES.get(f"{verb}.file")
    if upload is None:
        raise Problem("files.none", "请选择要补交的文件", field="file")
    applicant = shown.case["applicant_person_id"]
    kept = store(
        upload.read(),
        upload.name or "补交材料",
        actor=request.actor,
        region=shown.case["region_code"],
        person_id=UUID(applicant) if applicant else None,
        kinds=("pdf", "jpeg", "png"),
    )
    return kept.id


def _page(request: Request, shown: CasePage, *, problem: Problem | None = None, tried: str = "") -> HttpResponse:
    proposal = offering.proposal_for(shown, request.actor)
    first, more = offering.forms_for(shown, request, tried=tried, proposal=proposal)
    problems = offering.named_for(problem_list(problem), shown, tried)
    draw = functools.partial(work_page, status=422) if problem else read_page
    return draw(
        request,
        "workbench/case.html",
        shown=shown,
        state=shown_as.state_tag(shown.case["state"], shown.state_name),
        act_by=_open_day(shown),
        back=list_address(request),
        person=_person_address(shown),
        package=_package_address(shown),
        offers=[one for one in first if not _is_small(one)],
        small=[one for one in first if _is_small(one)],
        more=more,
        proposal=proposal,
        facts=_facts(shown),
        answers=[(line.title, line.value) for line in shown.answers],
        materials=[_material(one) for one in shown.materials],
        clocks=[_clock(one) for one in shown.clocks],
        files=shown_as.document_rows(shown, route="workbench.document"),
        events=shown_as.timeline(shown),
        asked=[(one.title, one.source, one.outcome_in_words) for one in shown.asked],
        decision=shown_as.decision_words(shown),
        points=shown_as.notice_points(shown),
        opinions=[_opinion(one) for one in shown.opinions],
        rating=shown.rating,
        problems=problems,
        tried=tried,
        key=new_key(),
    )


def _is_small(offer: Mapping[str, Any]) -> bool:
    """Tell whether a form is a single plain button, to stand among the further ones."""
    return not offer["fields"] and offer["kind"] != "primary"


def _open_day(shown: CasePage) -> dt.date | None:
    """Give the day by which an open case is to be done."""
    case_ = shown.case
    if case_["decided_at"] or case_["closed_at"] or not case_["act_by"]:
        return None
    return dt.date.fromisoformat(case_["act_by"])


def _person_address(shown: CasePage) -> str:
    person = shown.case["applicant_person_id"]
    return f"{reverse('workbench.person', args=(UUID(person),))}?case={shown.id}" if person else ""


def _package_address(shown: CasePage) -> str:
    bundle = shown.case["bundle_id"]
    return reverse("workbench.package", args=(UUID(bundle),)) if bundle else ""


def _facts(shown: CasePage) -> list[tuple[str, str]]:
    case_ = shown.case
    applicant = (
        f"{case_['subject_name']}（{case_['subject_tail']}）" if case_["subject_tail"] else case_["subject_name"]
    )
    rows = [
        ("申请人", applicant),
        ("办理地", place_words(case_["region_code"])),
        ("提交", f"{moment(shown_as.when(case_['submitted_at']))}　{shown_as.CHANNEL_WORDS.get(case_['channel'], '')}"),
        ("应办日期", shown_as.due_words(shown)),
    ]
    return rows + ([("领办人", case_["claimed_name"])] if case_["claimed_name"] else [])


def _material(one: Mapping[str, Any]) -> dict[str, Any]:
    note = one["note"] if one["source"].startswith("exchange:") else one["source"] or one["note"]
    if one["due_on"] and one["state"] in ("deferred", "promised"):
        note = f"{date(one['due_on'])}前补交或核验"
    row = {"name": one["name"], "state": _MATERIAL_STATES.get(one["state"], "missing"), "note": note}
    if one["file_id"]:
        row |= {"href": reverse("workbench.material", args=(one["file_id"],)), "action": "查看"}
    return row


def _clock(one: Mapping[str, Any]) -> tuple[str, str]:
    state = "已办" if one["met_on"] else "已取消" if one["cancelled"] else "计时中"
    return (_CLOCKS.get(one["kind"], one["kind"]), f"{date(one['due_on']) or '暂停'}　{state}")


def _opinion(one: Mapping[str, Any]) -> dict[str, Any]:
    said = {True: "同意", False: "不同意", None: "还没有回复"}[one["agrees"]]
    function = shown_as.FUNCTION_WORDS.get(one["function"], one["function"])
    return {
        "at": shown_as.when(one["asked_at"]),
        "title": f"问{place_words(one['region_code'])}{function}：{one['question']}",
        "text": f"{said}。{one['answer']}" if one["answer"] else said,
        "who": one["answered_by"] or f"{one['asked_by']}问",
        "kind": "ok" if one["answer"] else "now",
    }
