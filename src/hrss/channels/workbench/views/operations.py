"""Running state for operators: job board, sealing of the log, agencies. It shows no person's data."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.exchange.queries import agency_health
from hrss.foundation.audit.sealing import sealing_is_current
from hrss.foundation.jobs.board import board as job_board
from hrss.foundation.jobs.services import give_up_job, retry_job
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem


def board(request: Request) -> HttpResponse:
    """The state of the installation at this moment."""
    jobs = job_board()
    return page(
        request,
        "workbench/operations.html",
        jobs=jobs,
        cards=[
            ("待运行", str(jobs.due), "件"),
            ("运行中", str(jobs.running), "件"),
            ("停住的", str(jobs.parked), "件"),
            ("任务进程", str(jobs.workers), "个"),
        ],
        clockwork=[
            {
                "title": one.title,
                "cron": one.cron,
                "last": moment(one.last_at) or "还没有运行",
                "state": "迟了" if one.is_late else "正常",
            }
            for one in jobs.clockwork
        ],
        sealed=sealing_is_current(),
        agencies=agency_health(actor=request.actor),
        key=new_key(),
    )


def job(request: Request, job_id: int, verb: str) -> HttpResponse:
    """Try a parked job again, or give it up with a reason."""
    key = request.POST.get("_key", "")
    if verb == "retry":
        keyed(key, retry_job, job_id, actor=request.actor)
    elif verb == "give-up":
        keyed(key, give_up_job, job_id, actor=request.actor, reason=request.POST.get("reason", ""))
    else:
        raise Problem("route.unknown", "没有这个操作", status=404)
    return HttpResponseRedirect(reverse("workbench.ops"))
