"""Evaluation reports on the workbench: made from kept figures, reviewed, issued, taken as PDF or Word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.ui.sending import send
from hrss.channels.workbench.shell import work_page
from hrss.channels.workbench.views.plan import plan_tabs
from hrss.foundation.files.services import open_file
from hrss.foundation.people.elevation import elevated
from hrss.foundation.verbs import keyed
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.queries import newest_complete_month
from hrss.oversight.projects.evaluation.settings_of_plan import plan_words
from hrss.oversight.projects.models import Evaluation
from hrss.oversight.projects.policies import ISSUERS, PLANNERS, may_county
from hrss.oversight.projects.services.evaluate import (
    digest_of,
    evaluate,
    issue_evaluation,
    return_evaluation,
    review_evaluation,
)

KINDS = {"draft": "info", "reviewed": "warning", "issued": "ok", "returned": "muted"}
COUNTY_DIGITS = 6
_DONE = {"review": "已审核", "issue": "已签发", "return": "已退回"}


def evaluations(request: Request, problem: Problem | None = None) -> HttpResponse:
    """All reports, newest first, and the form to make one."""
    typed = {"kind": request.POST.get("kind", "annual"), "month": request.POST.get("month", "")}
    typed["month"] = typed["month"] or f"{plan_words().last_year}-12"
    return work_page(
        request,
        "workbench/evaluations.html",
        status=422 if problem else 200,
        tabs=plan_tabs(),
        rows=[_row(one) for one in Evaluation.objects.defer("content").order_by("-prepared_at")[:100]],
        kinds=Evaluation.Kind.choices,
        months=_months(),
        typed=typed,
        may_make=may_county(request.actor, *PLANNERS),
        problems=problem,
        key=new_key(),
    )


def make(request: Request) -> HttpResponse:
    """Make a report of a kind for a month."""
    kind, county = request.POST.get("kind", ""), request.actor.regions[0][:COUNTY_DIGITS]
    try:
        month = YearMonth.parse(request.POST.get("month", ""))
        done = keyed(request.POST.get("_key", ""), evaluate, kind, month, county, actor=request.actor)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return evaluations(request, problem)
    notes.success(request, "报告已生成，等另一位同事审核")
    return HttpResponseRedirect(reverse("workbench.evaluation", args=(UUID(done.id),)))


def evaluation(request: Request, evaluation_id: UUID, problem: Problem | None = None) -> HttpResponse:
    """One report: its text, its figures' sources, its files with digests, the step that may be taken now."""
    found = _found(evaluation_id)
    actor, mine = request.actor, found.prepared_by == request.actor.person
    return work_page(
        request,
        "workbench/evaluation.html",
        status=422 if problem else 200,
        report=found,
        state=(found.get_state_display(), KINDS[found.state]),
        texts=_texts(found),
        sources=[{"number": str(number), **one} for number, one in enumerate(found.content["sources"], start=1)],
        files=[
            ("评估报告（PDF）", reverse("workbench.evaluation_file", args=(found.id, "pdf")), found.pdf_sha256[:16]),
            ("评估报告（Word）", reverse("workbench.evaluation_file", args=(found.id, "docx")), found.word_sha256[:16]),
        ],
        intact=digest_of(found.content) == found.digest,
        unreleased=[statistic_of(code).title for code in found.unreleased],
        steps=_steps(found),
        may_review=found.state == "draft" and not mine and may_county(actor, *PLANNERS),
        may_issue=found.state == "reviewed" and may_county(actor, *ISSUERS),
        problems=problem,
        key=new_key(),
    )


def evaluation_move(request: Request, evaluation_id: UUID, verb: str) -> HttpResponse:
    """Review, issue or return a report."""
    key, opinion = request.POST.get("_key", ""), request.POST.get("opinion", "")
    try:
        if verb == "review":
            keyed(key, review_evaluation, evaluation_id, actor=request.actor, opinion=opinion)
        elif verb == "issue":
            keyed(key, issue_evaluation, evaluation_id, actor=request.actor)
        elif verb == "return":
            keyed(key, return_evaluation, evaluation_id, actor=request.actor, opinion=opinion)
        else:
            raise Problem("route.unknown", "没有这个操作", remedy="请从页面上的按钮办理", status=404)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return evaluation(request, evaluation_id, problem)
    notes.success(request, _DONE[verb])
    return HttpResponseRedirect(reverse("workbench.evaluation", args=(evaluation_id,)))


def evaluation_file(request: Request, evaluation_id: UUID, form: str) -> FileResponse:
    """The PDF or the Word file; county-wide counts, so it is read for the reader whatever the district."""
    found = _found(evaluation_id)
    if form not in ("pdf", "docx"):
        raise Problem("route.unknown", "报告只有 PDF 和 Word 两种", remedy="请从报告页面下载", status=404)
    with elevated(request.actor.for_purpose("statistics")) as reader:
        return send(*open_file(found.pdf_id if form == "pdf" else found.word_id, actor=reader))


def _found(evaluation_id: UUID) -> Evaluation:
    found = Evaluation.objects.filter(id=evaluation_id).first()
    if found is None:
        raise Problem("projects.no_evaluation", "没有这份报告", remedy="请从评估报告列表进入", status=404)
    return found


def _months() -> list[tuple[str, str]]:
    last = newest_complete_month(timezone.localdate())
    first = YearMonth(plan_words().first_year, 1)
    return [(str(last - back), f"{(last - back).year}年{(last - back).month}月") for back in range(last - first + 1)]


def _row(one: Evaluation) -> dict[str, Any]:
    return {
        "name": one.title,
        "href": reverse("workbench.evaluation", args=(one.id,)),
        "kind": one.get_kind_display(),
        "month": one.month,
        "state": (one.get_state_display(), KINDS[one.state]),
        "made": moment(one.prepared_at),
        "who": "／".join(name for name in (one.prepared_name, one.reviewed_name, one.issued_name) if name),
    }


def _texts(found: Evaluation) -> list[tuple[str, str]]:
    """Give headings and paragraphs to read on the page; tables and pictures are in the files."""
    kept = [one for one in found.content["blocks"] if one["kind"] in ("h1", "h2", "p")]
    return [(one["kind"], one["text"].replace("⟦", "〔").replace("⟧", "〕")) for one in kept]


def _steps(found: Evaluation) -> list[tuple[str, str]]:
    steps = [("起草", f"{found.prepared_name}　{moment(found.prepared_at)}")]
    if found.reviewed_at:
        steps.append(("审核", f"{found.reviewed_name}　{moment(found.reviewed_at)}　{found.opinion}"))
    if found.issued_at:
        steps.append(("签发", f"{found.issued_name}　{moment(found.issued_at)}"))
    if found.state == Evaluation.State.RETURNED:
        steps.append(("退回", found.opinion))
    return steps
