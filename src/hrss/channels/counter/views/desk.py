"""The desk: between people the queue, with a person or a firm their card, fitting items and cases."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.casework import queries as casework
from hrss.casework.items.versions import published
from hrss.casework.reception import queries, services
from hrss.casework.reception.models import Sitting
from hrss.channels.counter.fitting import firm_page, items_for, person_page
from hrss.channels.counter.shell import WINDOW, counter_page, place_of, window_of
from hrss.channels.counter.views.packages import packages_for
from hrss.channels.ui.gate import log_refusal
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.foundation.regions.queries import full_name
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor, Function
from hrss.kernel.identifiers import check_credit_code
from hrss.kernel.problem import Problem

GRADES = (
    (5, "非常满意", "mood-happy"),
    (4, "满意", "mood-smile"),
    (3, "基本满意", "mood-neutral"),
    (2, "不满意", "mood-sad"),
    (1, "非常不满意", "mood-angry"),
)


def desk(request: Request) -> HttpResponse:
    """The one page of the window."""
    return _desk(request)


def choose_window(request: Request) -> HttpResponse:
    """Say at which window I sit today."""
    request.session[WINDOW] = request.POST.get("window", "").strip()[:10] or "1"
    return HttpResponseRedirect(reverse("counter.desk"))


def call_next(request: Request) -> HttpResponse:
    """Call the next ticket."""
    try:
        services.call_next(actor=request.actor, region_code=place_of(request.actor), window=window_of(request))
    except Problem as problem:
        return _desk(request, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def miss(request: Request, ticket_id: UUID) -> HttpResponse:
    """Pass over a ticket nobody came for."""
    try:
        services.miss_ticket(ticket_id, actor=request.actor)
    except Problem as problem:
        return _desk(request, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def begin(request: Request) -> HttpResponse:
    """Begin a sitting, with a called ticket or without one, and say who is served where the number is typed."""
    ticket = request.POST.get("ticket", "")
    try:
        keyed(
            request.POST.get("_key", ""),
            services.begin_sitting,
            actor=request.actor,
            region_code=place_of(request.actor),
            window=window_of(request),
            ticket_id=_ticket(ticket),
        )
        if request.POST.get("id_number", "").strip():
            say_who(request.actor, request.POST["id_number"])
    except Problem as problem:
        return _turned_down(request, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def identify(request: Request) -> HttpResponse:
    """Say who is served, by card, id number or credit code."""
    try:
        say_who(request.actor, request.POST.get("id_number", ""))
    except Problem as problem:
        return _turned_down(request, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def end(request: Request) -> HttpResponse:
    """End the sitting: both screens are empty, and the browser is told to forget."""
    services.end_sitting(actor=request.actor)
    return HttpResponseRedirect(f"{reverse('counter.desk')}?ended=1")


def screen(request: Request) -> HttpResponse:
    """The client's monitor: what is being entered, nothing else; empty between people.

    It asks again by itself and names what it shows; while that still stands nothing is answered (204), so that whoever
    reads it or is about to press is left alone.
    """
    return screen_page(request)


def screen_page(request: Request, problem: Problem | None = None) -> HttpResponse:
    """Draw the client's monitor as things stand; ``problem`` is told there until something else is to be shown."""
    sitting = queries.sitting_of(request.actor)
    shown = sitting.screen if sitting else {}
    whose, place = str(sitting.id) if sitting else "", full_name(place_of(request.actor))
    state = _digest([whose, shown, place, window_of(request)])
    if problem is None and request.GET.get("state") == state:
        return HttpResponse(status=204)
    return counter_page(
        request,
        "counter/screen.html",
        status=problem.status if problem else 200,
        shown=shown,
        whose=whose,
        state=state,
        grades=GRADES,
        place=place,
        problem=problem,
    )


def _digest(shown: list[Any]) -> str:
    return hashlib.blake2b(orjson.dumps(shown), digest_size=12).hexdigest()


def say_who(actor: Actor, typed: str) -> None:
    """Take what was typed or read from a card: an id number is a person, a code with letters a firm."""
    text = "".join(typed.split()).upper()
    if any(letter.isalpha() for letter in text[:17]):
        services.identify_firm(actor=actor, credit_code=check_credit_code(text, field="id_number").text)
    else:
        services.identify(actor=actor, id_number=text)


def _ticket(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Problem("reception.not_called", "这个号没有在叫号", remedy="请刷新这一页再看", status=409) from None


def _turned_down(request: Request, problem: Problem) -> HttpResponse:
    """Draw the desk again; somebody outside the window's district is an attempt that stays on the log."""
    if problem.status in (403, 404):
        log_refusal(request.actor, request.route, problem)
    if problem.code.startswith("id_number."):
        problem.field = "id_number"
    return _desk(request, problem)


def _desk(request: Request, problem: Problem | None = None) -> HttpResponse:
    sitting = queries.sitting_of(request.actor)
    context: dict[str, Any] = {"sitting": sitting, "problems": problem, "key": new_key()}
    context |= {"place": full_name(place_of(request.actor)), "typed": request.POST.get("id_number", "")}
    status = 422 if problem else 200
    if sitting is None:
        return counter_page(request, "counter/waiting.html", status=status, **context, **_between(request))
    if sitting.person_id is None and sitting.organisation_id is None:
        return counter_page(request, "counter/identify.html", status=status, **context)
    return counter_page(request, "counter/person.html", status=status, **context, **_served(request, sitting))


def _between(request: Request) -> dict[str, Any]:
    today, place = timezone.localdate(), place_of(request.actor)
    shown = queries.between_people(request.actor, region_code=place, window=window_of(request), day=today)
    return {
        "queue": shown.queue,
        "called": shown.called,
        "served": shown.served,
        "kiosk": reverse("counter.kiosk", args=(place,)),
        "hall": reverse("counter.hall", args=(place,)),
        "has_queue": request.actor.holds(Function.COUNTER),
        "ended": "ended" in request.GET,
    }


def _served(request: Request, sitting: Sitting) -> dict[str, Any]:
    actor = request.actor.for_purpose("counter")
    if sitting.organisation_id is not None:
        shown = firm_page(sitting.organisation_id)
        cases = casework.cases_of_firm(sitting.organisation_id, actor=actor)
    elif sitting.person_id is not None:
        shown = person_page(sitting.person_id, actor=actor)
        cases = casework.cases_of(sitting.person_id, actor=actor, under=shown["reading"])
    online = published()
    return {
        **shown,
        "items": items_for(shown, cases, online),
        "cases": [_case(one) for one in cases],
        "packages": packages_for(sitting.organisation_id is not None, online),
    }


def _case(one: casework.PersonCase) -> dict[str, Any]:
    return {
        "item": one.item_name,
        "href": reverse("counter.receipt", args=(one.id,)),
        "number": one.number,
        "state": one.state_name,
        "due": one.act_by,
    }
