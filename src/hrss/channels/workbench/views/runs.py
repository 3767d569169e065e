"""发放批次: which runs there are and who must act, one run with its checks, signatures, bank file, and its verbs.

What a page offers is a courtesy; the verbs and the database decide. A step somebody else took first comes back as a
sentence on the page as it is now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import month as month_words
from hrss.channels.ui.render import fragment, new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench import run_words
from hrss.channels.workbench.refused import OUT_OF_TURN, kept, status_of
from hrss.channels.workbench.shell import work_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.funds.benefits import groups
from hrss.funds.payruns import queries, words
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.services import confirm_findings, discard_run, open_run, send_run, sign_run
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Function
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

Call = Callable[[Request, UUID], Outcome]


def runs(request: Request) -> HttpResponse:
    """The list, newest first; those that wait for somebody unless all are asked for."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("group", "month")}
    live = request.GET.get("view", "live") != "all"
    month = YearMonth.parse(wanted["month"]) if wanted["month"] else None
    found, more = queries.runs(group=wanted["group"], month=month, live=live, after=request.GET.get("after", ""))
    doubtful = queries.unconfirmed_in(found)
    here = reverse("workbench.runs")
    return work_page(
        request,
        "workbench/runs.html",
        tabs=[("没办完的", here), ("全部", f"{here}?view=all")],
        current=here if live else f"{here}?view=all",
        view="live" if live else "all",
        wanted=wanted,
        groups=_groups(),
        rows=[_row(one, doubtful=one.id in doubtful) for one in found],
        following=more,
        may_open=may_act(request.actor, Function.FINANCE),
    )


def start(request: Request) -> HttpResponse:
    """Open a run; the snapshot is taken by a worker."""
    problem: Problem | None = None
    typed = {name: request.POST.get(name, "").strip() for name in ("group", "month")}
    if request.method == "POST":
        try:
            month = YearMonth.parse(typed["month"])
            made = keyed(request.POST.get("_key", ""), open_run, actor=request.actor, group=typed["group"], month=month)
            notes.success(request, f"批次 {made.number} 已开，系统正在核算")
            return HttpResponseRedirect(reverse("workbench.run", args=(made.id,)))
        except Problem as raised:
            problem = kept(request, raised, statuses=OUT_OF_TURN)
    return work_page(
        request,
        "workbench/run_start.html",
        status=422 if problem else 200,
        typed=typed,
        groups=_groups(),
        problems=problem,
        key=new_key(),
    )


def run(request: Request, run_id: UUID) -> HttpResponse:
    """One run."""
    return _page(request, run_id)


def live(request: Request, run_id: UUID) -> HttpResponse:
    """How far the worker is; tells the browser to draw the page again when it has come to a person or the bank."""
    shown = queries.run_page(run_id).run
    answer = fragment(request, "workbench/run.html", "live", run=shown, progress=run_words.progress_of(shown))
    if shown.state != request.GET.get("state", ""):
        answer.headers["HX-Refresh"] = "true"
    return answer


def do(request: Request, run_id: UUID, verb: str) -> HttpResponse:
    """Sign, confirm, send or discard; a refusal is on the log and the page says why."""
    if verb not in VERBS:
        raise Problem("route.unknown", "没有这个操作", remedy="请从批次页面办理", status=404)
    said, call = VERBS[verb]
    try:
        done = call(request, run_id)
    except Problem as problem:
        if problem.status == 404:
            raise
        return _page(request, run_id, problem=kept(request, problem, statuses=OUT_OF_TURN), tried=verb)
    notes.success(request, f"批次 {done.number} {said}")
    return HttpResponseRedirect(reverse("workbench.run", args=(run_id,)))


def _sign(step: Step) -> Call:
    return lambda request, run_id: keyed(
        request.POST.get("_key", ""),
        sign_run,
        run_id,
        actor=request.actor,
        step=step,
        digest=request.POST.get("digest", ""),
    )


def _confirm(request: Request, run_id: UUID) -> Outcome:
    return keyed(
        request.POST.get("_key", ""),
        confirm_findings,
        run_id,
        actor=request.actor,
        digest=request.POST.get("digest", ""),
        opinion=request.POST.get("opinion", ""),
        meeting=request.POST.get("meeting", ""),
    )


def _send(request: Request, run_id: UUID) -> Outcome:
    return keyed(
        request.POST.get("_key", ""), send_run, run_id, actor=request.actor, digest=request.POST.get("digest", "")
    )


def _discard(request: Request, run_id: UUID) -> Outcome:
    return keyed(
        request.POST.get("_key", ""), discard_run, run_id, actor=request.actor, reason=request.POST.get("reason", "")
    )


VERBS: dict[str, tuple[str, Call]] = {
    "sign-made": ("已签经办", _sign(Step.MADE)),
    "sign-reviewed": ("已签复核", _sign(Step.REVIEWED)),
    "sign-approved": ("已签审批", _sign(Step.APPROVED)),
    "confirm": ("检查事项已确认", _confirm),
    "send": ("已交系统生成银行文件", _send),
    "discard": ("已作废，里面的人并入下一批", _discard),
}


def _page(request: Request, run_id: UUID, *, problem: Problem | None = None, tried: str = "") -> HttpResponse:
    shown = queries.run_page(run_id)
    one = shown.run
    return work_page(
        request,
        "workbench/run.html",
        status=status_of(problem),
        run=one,
        title=f"{words.title_of(one.group)} {month_words(YearMonth.from_index(one.month))}",
        state=(one.get_state_display(), run_words.STATE_KINDS.get(one.state, "info")),
        waits=run_words.waits_for(one.state, doubtful=bool(shown.unconfirmed)),
        progress=run_words.progress_of(one),
        steps=(run_words.STEPS, run_words.step_of(one.state)),
        cards=run_words.cards_of(shown),
        findings=[_finding(one.id, found) for found in shown.findings],
        answers=run_words.answers_of(shown),
        files=run_words.files_of(shown),
        signatures=run_words.signatures_of(shown),
        confirmation=shown.confirmation,
        needs_meeting=shown.needs_meeting,
        offer=run_words.offer_of(shown, request.actor),
        told=run_words.told_of(shown, request.actor),
        may_discard=run_words.may_discard(shown, request.actor),
        typed={name: request.POST.get(name, "") for name in ("opinion", "meeting", "reason")},
        problems=problem,
        tried=tried,
        key=new_key(),
    )


def _finding(run_id: UUID, found: queries.FindingSum) -> dict[str, Any]:
    said = words.words_of(found.code)
    return {
        "rule": found.rule,
        "kind": run_words.FINDING_KINDS[found.kind],
        "sentence": said.sentence,
        "count": str(found.count),
        "remedy": said.remedy,
        "href": f"{reverse('workbench.run_lines', args=(run_id,))}?view=found&code={found.code}",
    }


def _groups() -> list[tuple[str, str]]:
    return [(group, words.title_of(group)) for group in groups()]


def _row(one: Run, *, doubtful: bool) -> dict[str, Any]:
    return {
        "title": words.title_of(one.group),
        "href": reverse("workbench.run", args=(one.id,)),
        "month": month_words(YearMonth.from_index(one.month)),
        "number": one.number,
        "state": (one.get_state_display(), run_words.STATE_KINDS.get(one.state, "info")),
        "waits": run_words.waits_for(one.state, doubtful=doubtful),
        "count": f"{one.line_count:,}",
        "total": yuan(one.total),
        "pay_on": one.pay_on,
    }
