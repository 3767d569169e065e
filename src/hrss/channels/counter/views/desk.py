"""The desk: between people the queue, with a person their card, fitting items and cases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.casework import queries as casework
from hrss.casework.items.versions import published
from hrss.casework.reception import queries, services
from hrss.casework.reception.models import Sitting
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.domains.employment import queries as employment
from hrss.foundation.people import queries as people
from hrss.foundation.regions.queries import full_name
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

WINDOW = "counter_window"


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
    services.miss_ticket(ticket_id, actor=request.actor)
    return HttpResponseRedirect(reverse("counter.desk"))


def begin(request: Request) -> HttpResponse:
    """Begin a sitting, with a called ticket or without one."""
    ticket = request.POST.get("ticket", "")
    try:
        keyed(
            request.POST.get("_key", ""),
            services.begin_sitting,
            actor=request.actor,
            region_code=place_of(request.actor),
            window=window_of(request),
            ticket_id=UUID(ticket) if ticket else None,
        )
        if request.POST.get("id_number"):
            services.identify(actor=request.actor, id_number=request.POST["id_number"].strip())
    except Problem as problem:
        return _desk(request, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def identify(request: Request) -> HttpResponse:
    """Say who is served, by card or id number."""
    try:
        services.identify(actor=request.actor, id_number=request.POST.get("id_number", "").strip())
    except Problem as problem:
        return _desk(request, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def end(request: Request) -> HttpResponse:
    """End the sitting: both screens are empty."""
    services.end_sitting(actor=request.actor)
    return HttpResponseRedirect(reverse("counter.desk"))


def screen(request: Request) -> HttpResponse:
    """The client's monitor: what is being entered, nothing else; empty between people."""
    sitting = queries.sitting_of(request.actor)
    shown = sitting.screen if sitting else {}
    return page(request, "counter/screen.html", shown=shown, window=window_of(request), refresh=3)


def place_of(actor: Actor) -> str:
    """Give the service point of a clerk: the region of the first post."""
    return actor.posts[0].region


def window_of(request: Request) -> str:
    """Give the window chosen for this session."""
    return str(request.session.get(WINDOW, "1"))


def _desk(request: Request, problem: Problem | None = None) -> HttpResponse:
    sitting = queries.sitting_of(request.actor)
    context: dict[str, Any] = {"sitting": sitting, "window": window_of(request), "problems": problem, "key": new_key()}
    context |= {"place": full_name(place_of(request.actor)), "typed": request.POST.get("id_number", "")}
    status = 422 if problem else 200
    if sitting is None:
        return page(request, "counter/waiting.html", status=status, **context, **_between(request))
    if sitting.person_id is None:
        return page(request, "counter/identify.html", status=status, **context)
    return page(request, "counter/person.html", status=status, **context, **_person(request, sitting))


def _between(request: Request) -> dict[str, Any]:
    today, place = timezone.localdate(), place_of(request.actor)
    return {
        "queue": queries.queue(place, day=today),
        "called": queries.called_ticket(request.actor, region_code=place, window=window_of(request), day=today),
        "served": queries.served_today(request.actor, day=today),
    }


def _person(request: Request, sitting: Sitting) -> dict[str, Any]:
    actor = request.actor.for_purpose("counter")
    person_id = sitting.person_id
    if person_id is None:
        raise Problem("reception.no_person", "还没有确认服务对象", status=409)
    card = people.card(person_id, actor=actor)
    fitting = [item for item in published().values() if "person" in item.applicant]
    return {
        "card": card,
        "work": employment.work_record(person_id),
        "items": sorted(fitting, key=lambda item: item.code),
        "cases": [
            {
                "item": one.item_name,
                "href": reverse("workbench.case", args=(one.id,)),
                "number": one.number,
                "state": one.state_name,
                "submitted": moment(one.submitted_at),
                "due": date(one.act_by),
            }
            for one in casework.cases_of(person_id, actor=actor)
        ],
    }
