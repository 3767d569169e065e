"""My things: cases and drafts, one case with its progress and papers, correcting, withdrawing, rating."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.queries.case_page import CasePage
from hrss.casework.queries.my_cases import MyCase
from hrss.casework.services.rate import GRADES
from hrss.channels.portal import texts
from hrss.channels.portal.progress import due_rows, state_words, way_of
from hrss.channels.portal.views import proofs
from hrss.channels.portal.views.supplying import still_to_come
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.channels.ui.sending import send
from hrss.channels.ui.shapes import problem_list
from hrss.foundation.files.services import open_file
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

_PAGE = 20
_LONGEST_REASON, _LONGEST_COMMENT = 200, 300
_KEPT = "correct_proofs"


def cases(request: Request) -> HttpResponse:
    """All my cases and drafts, newest first."""
    mine = queries.my_cases(actor=request.actor, after=request.GET.get("after", ""), limit=_PAGE)
    rows = [_row(one) for one in mine.cases]
    return page(request, "portal/cases.html", mine=mine, rows=rows, key=new_key())


def case(request: Request, case_id: UUID) -> HttpResponse:
    """One case: where it is, what comes next, papers, rating."""
    return _case(request, case_id)


def withdraw(request: Request, case_id: UUID) -> HttpResponse:
    """Withdraw a case that is not decided."""
    reason = request.POST.get("reason", "").strip()
    try:
        _check_length("reason", reason, _LONGEST_REASON)
        keyed(request.POST.get("_key", ""), services.withdraw, case_id, actor=request.actor, reason=reason)
    except Problem as problem:
        return _case(request, case_id, problem)
    return HttpResponseRedirect(reverse("portal.case", args=(case_id,)))


def rate(request: Request, case_id: UUID) -> HttpResponse:
    """Rate a finished case (好差评)."""
    grade = _grade(request)
    if grade is None:
        return _case(request, case_id, Problem("rating.grade", "请选择一个评价", field="grade"))
    comment = request.POST.get("comment", "").strip()
    said = "；".join([*request.POST.getlist("grade_reasons"), comment]).strip("；")
    try:
        _check_length("comment", comment, _LONGEST_COMMENT)
        keyed(request.POST.get("_key", ""), services.rate, case_id, grade, actor=request.actor, comment=said)
    except Problem as problem:
        return _case(request, case_id, problem)
    return HttpResponseRedirect(reverse("portal.case", args=(case_id,)))


def correct(request: Request, case_id: UUID) -> HttpResponse:
    """Answer a one-time notice: the form and proofs again, with what was asked for on top.

    What was uploaded stays with the session until it is sent, so a mistake elsewhere costs no second upload.
    """
    shown = queries.case_page(case_id, actor=request.actor)
    kept = f"{_KEPT}.{case_id}"
    given: dict[str, Any] = dict(request.session.get(kept, {}))
    problems: list[Problem] = []
    data = dict(shown.case["data"])
    if request.method == "POST":
        data, problems = read_page(shown.item.form, None, request.POST)
        if wants_other_rows(request.POST):
            problems = []
        else:
            given, refused = proofs.read(
                request, proofs.open_lines(shown, given), given, region=shown.case["region_code"]
            )
            request.session[kept] = given
            problems += refused or _corrected(request, case_id, data, given, problems)
            if not problems:
                request.session.pop(kept, None)
                return HttpResponseRedirect(reverse("portal.case", args=(case_id,)))
    return page(
        request,
        "portal/correct.html",
        status=422 if problems else 200,
        shown=shown,
        points=shown_as.notice_points(shown),
        asked=proofs.open_lines(shown, given),
        values=data,
        problems=problems,
        key=new_key(),
    )


def _corrected(
    request: Request, case_id: UUID, data: dict[str, Any], given: dict[str, Any], said: list[Problem]
) -> list[Problem]:
    """Send the answer when nothing is wrong so far; gives what is."""
    if said:
        return []
    try:
        keyed(request.POST.get("_key", ""), services.correct, case_id, data, actor=request.actor, materials=given)
    except Problem as problem:
        return [proofs.at_its_field(one) for one in problem_list(problem)]
    return []


def document(request: Request, document_id: UUID) -> FileResponse:
    """A result paper as PDF."""
    found = queries.document(document_id, actor=request.actor)
    return send(*open_file(found.file_id, actor=request.actor), name=f"{found.name}.pdf")


def _row(one: MyCase) -> dict[str, Any]:
    return {
        "item": one.item_name,
        "href": reverse("portal.case", args=(one.id,)),
        "number": one.number,
        "submitted": moment(one.submitted_at),
        "state": _state(one),
        "due": date(one.act_by) if one.act_by and not one.is_settled else "",
    }


def _state(one: MyCase) -> str:
    if one.needs_me and not one.is_settled:
        return "需要您补正"
    return state_words(one.state, one.state_name, one.decision)


def _case(request: Request, case_id: UUID, problem: Problem | None = None) -> HttpResponse:
    shown = queries.case_page(case_id, actor=request.actor)
    return page(
        request,
        "portal/case.html",
        status=422 if problem else 200,
        shown=shown,
        way=way_of(shown),
        state=shown_as.state_tag(
            shown.case["state"], state_words(shown.case["state"], shown.state_name, shown.case["decision"])
        ),
        notices=_notices(shown),
        to_come=still_to_come(shown),
        decision=shown_as.decision_words(shown),
        files=shown_as.document_rows(shown, route="portal.document"),
        events=shown_as.timeline(shown, for_public=True),
        facts=_facts(shown),
        answers=[(line.title, line.value) for line in shown.answers],
        aspects=[(text, text) for text in texts.ASPECTS],
        rating=shown.rating,
        rating_words=GRADES[shown.rating["stars"]] if shown.rating else "",
        typed={
            "grade": _grade(request),
            "reasons": request.POST.getlist("grade_reasons"),
            "comment": request.POST.get("comment", ""),
            "reason": request.POST.get("reason", ""),
        },
        problems=problem,
        key=new_key(),
    )


def _facts(shown: CasePage) -> list[tuple[str, str]]:
    facts = [("提交时间", moment(shown_as.when(shown.case["submitted_at"])))]
    if shown.case["closed_at"] or shown.case["decided_at"]:
        done = shown.case["decided_at"] or shown.case["closed_at"]
        return [*facts, ("办结时间", moment(shown_as.when(done)))]
    return [*facts, *due_rows(shown)]


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Problem("form.too_long", f"最多写 {most} 个字，现在 {len(text)} 个", remedy="请删短一些", field=field)


def _grade(request: Request) -> int | None:
    grade = request.POST.get("grade", "")
    return int(grade) if grade in {"1", "2", "3", "4", "5"} else None


def _notices(shown: CasePage) -> list[dict[str, Any]]:
    if shown.case["state"] != "correcting":
        return []
    due = (shown.notice or {}).get("due_on")
    title = f"请在{date(due)}前补正" if due else "请补正"
    return [{"title": title, "points": shown_as.notice_points(shown), "answer": shown.offer("correct") is not None}]
