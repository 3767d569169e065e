"""Rating at the window (好差评): the clerk asks, the client presses one of five grades on the client's own screen.

The clerk's page has no grades. The person gets a message with what was pressed, so that nobody rates in their name.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import services
from hrss.casework.queries.case_page import CasePage
from hrss.casework.reception import services as reception
from hrss.channels.counter.views.desk import screen_page
from hrss.channels.counter.views.intake import case_of, served_now
from hrss.channels.ui.gate import log_refusal
from hrss.channels.ui.request import Request
from hrss.foundation.outbox.idempotency import earlier
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem


def ask(request: Request, case_id: UUID) -> HttpResponse:
    """Put the five grades on the client's screen."""
    served = served_now(request)
    shown = case_of(served, case_id)
    _check_open(shown)
    reception.ask_rating(case_id, actor=served.actor, item_name=shown.case["item_name"])
    return HttpResponseRedirect(reverse("counter.receipt", args=(case_id,)))


def rate(request: Request, case_id: UUID) -> HttpResponse:
    """Take the grade pressed on the client's screen; only for the case that stands there.

    Whatever comes in between (pressed twice, the clerk went on), the client's screen stays the client's screen: it
    shows what stands there now, with a sentence.
    """
    if earlier(request.POST.get("_key", ""), actor=request.actor) is None:
        try:
            _take(request, case_id)
        except Problem as problem:
            if problem.status in (403, 404):
                log_refusal(request.actor, request.route, problem)
            return screen_page(request, problem)
    return HttpResponseRedirect(reverse("counter.screen"))


def _take(request: Request, case_id: UUID) -> None:
    served, grade = served_now(request), request.POST.get("grade", "")
    if served.rating != str(case_id):
        raise Problem(
            "rating.not_asked",
            "这里的评价已经收起来了",
            rule="评价由本人在客户屏上选",
            remedy="想评价，请工作人员在回执页点“请本人评价”",
            status=409,
        )
    stars = int(grade) if grade in {"1", "2", "3", "4", "5"} else 0
    keyed(request.POST.get("_key", ""), services.rate, case_id, stars, actor=served.actor)
    reception.thank(actor=served.actor)


def _check_open(shown: CasePage) -> None:
    """Refuse to ask again or too early. Problem ``rating.not_open`` (409)."""
    if shown.rating is not None or shown.offer("rate") is None:
        raise Problem(
            "rating.not_open",
            "这件事还没有办完，或者已经评价过",
            rule="一次办件评价一次",
            remedy="请办结以后再请本人评价",
            status=409,
        )
