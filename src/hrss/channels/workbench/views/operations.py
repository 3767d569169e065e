"""Running state for operators: job board, sealing of the log, agencies; the log itself for those who watch over it.

It shows no person's data.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import work_page
from hrss.exchange.queries import AgencyHealth, agency_health
from hrss.foundation.access.purposes import title_of
from hrss.foundation.audit.models import Event
from hrss.foundation.audit.queries import LogLine, log
from hrss.foundation.audit.sealing import sealing_is_current
from hrss.foundation.jobs.board import Board, Clockwork
from hrss.foundation.jobs.board import board as job_board
from hrss.foundation.jobs.services import give_up_job, retry_delivery, retry_job
from hrss.foundation.messages.gateway import is_simulated
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

AGENCIES = {
    "agency:police": "公安（户籍、死亡）",
    "agency:civil": "民政（火化、低保）",
    "agency:market": "市场监管（企业）",
}
OUTCOMES = [(value, str(label)) for value, label in Event.Outcome.choices]


def board(request: Request) -> HttpResponse:
    """The state of the installation at this moment."""
    return _board(request)


def job(request: Request, job_id: int, verb: str) -> HttpResponse:
    """Try a parked job again, or give it up with a reason."""
    key = request.POST.get("_key", "")
    try:
        if verb == "retry":
            keyed(f"{key}:{job_id}" if key else "", retry_job, job_id, actor=request.actor)
        elif verb == "give-up":
            reason = request.POST.get("reason", "")
            keyed(f"{key}:{job_id}" if key else "", give_up_job, job_id, actor=request.actor, reason=reason)
        else:
            raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    except Problem as problem:
        if problem.code == "route.unknown":
            raise
        problem.field = f"reason-{job_id}" if problem.field else ""
        return _board(request, problem)
    notes.success(request, "任务已重新排队" if verb == "retry" else "任务已放弃")
    return HttpResponseRedirect(reverse("workbench.ops"))


def delivery(request: Request, delivery_id: UUID) -> HttpResponse:
    """Try a parked delivery between parts again."""
    try:
        retry_delivery(delivery_id, actor=request.actor, key=request.POST.get("_key", ""))
    except Problem as problem:
        return _board(request, problem)
    notes.success(request, "已重新送达")
    return HttpResponseRedirect(reverse("workbench.ops"))


def events(request: Request) -> HttpResponse:
    """The log, newest first; each look at it is on it."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("outcome", "who", "request_id")}
    before = request.GET.get("before", "")
    found = log(
        actor=request.actor,
        outcome=wanted["outcome"],
        who=wanted["who"],
        request_id=wanted["request_id"],
        before=int(before) if before.isdigit() else 0,
    )
    return work_page(
        request,
        "workbench/log.html",
        wanted=wanted,
        outcomes=OUTCOMES,
        rows=[_line(one) for one in found.lines],
        following=found.next,
        sealed=sealing_is_current(),
    )


def _board(request: Request, problem: Problem | None = None) -> HttpResponse:
    jobs = job_board()
    return work_page(
        request,
        "workbench/operations.html",
        status=422 if problem else 200,
        jobs=jobs,
        cards=_cards(jobs),
        clockwork=[_clockwork(one) for one in jobs.clockwork],
        sealed=sealing_is_current(),
        agencies=[_agency(one) for one in agency_health(actor=request.actor)],
        simulated=is_simulated(),
        problems=problem,
        key=new_key(),
    )


def _cards(jobs: Board) -> list[dict[str, Any]]:
    return [
        {"label": "等着运行", "value": str(jobs.due), "unit": "件"},
        {"label": "正在运行", "value": str(jobs.running), "unit": "件"},
        {"label": "停住的", "value": str(jobs.parked), "unit": "件", "kind": "danger" if jobs.parked else ""},
        {"label": "任务进程", "value": str(jobs.workers), "unit": "个", "kind": "" if jobs.workers else "danger"},
    ]


def _clockwork(one: Clockwork) -> dict[str, Any]:
    return {
        "title": one.title,
        "why": one.why,
        "cron": cron_words(one.cron),
        "last": moment(one.last_at) or "还没有到时间",
        "state": "迟了" if one.is_late else one.last_state or "等待",
    }


def cron_words(cron: str) -> str:
    """Say a schedule (UTC, five fields) in words of Shanghai time; the schedule itself when it is not a plain one."""
    minute, hour, *rest = cron.split()
    if rest != ["*", "*", "*"]:
        return cron
    if hour == "*":
        return (
            "每分钟" if minute == "*" else f"每 {minute[2:]} 分钟" if minute.startswith("*/") else f"每小时 {minute} 分"
        )
    return f"每天 {(int(hour) + 8) % 24:02d}:{int(minute):02d}" if hour.isdigit() and minute.isdigit() else cron


def _agency(one: AgencyHealth) -> dict[str, Any]:
    return {
        "source": AGENCIES.get(one.source, one.source),
        "answered": str(one.answered),
        "failed": str(one.failed),
        "slowest": f"{one.slowest_ms} 毫秒",
        "last": moment(one.last_answer_at) or "没有答复",
    }


def _line(one: LogLine) -> dict[str, Any]:
    post = shown_as.FUNCTION_WORDS.get(one.function, "")
    return {
        "id": str(one.id),
        "at": moment(one.at),
        "who": one.who,
        "post": f"{one.organisation} {post}".strip(),
        "action": one.action,
        "outcome": dict(OUTCOMES)[one.outcome],
        "reason": one.reason or (title_of(one.purpose) if one.purpose else ""),
        "request": one.request_id[:12],
    }
