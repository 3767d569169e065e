"""The permission ledger (权限台账) and the four-step grant: apply, internal control, head, grant."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.access import queries, services
from hrss.foundation.access.models import FUNCTION_TITLES
from hrss.foundation.regions.queries import full_name
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor, Function
from hrss.kernel.problem import Problem

_STEPS = (Function.INSPECTOR, Function.LEADER, Function.SECURITY_ADMIN)


def ledger(request: Request) -> HttpResponse:
    """Posts in force over my regions, and grants that wait for me."""
    actor: Actor = request.actor
    region = actor.regions[0] if actor.regions else "-"
    waiting = queries.grants_waiting(actor=actor) if actor.holds(*_STEPS) else []
    posts = queries.posts_in_force(region=region, function=request.GET.get("function", ""))
    return page(
        request,
        "workbench/posts.html",
        waiting=[
            {
                "id": one.id,
                "who": one.account.display_name,
                "what": f"{FUNCTION_TITLES[Function(one.function)]}　{full_name(one.region_code)}",
                "reason": one.reason,
                "at": moment(one.applied_at),
            }
            for one in waiting
        ],
        rows=[
            {
                "who": one.account.display_name,
                "what": FUNCTION_TITLES[Function(one.function)],
                "where": full_name(one.region_code),
                "since": date(one.since),
                "until": date(one.until) or "长期",
            }
            for one in posts[:300]
        ],
        functions=[(function.value, title) for function, title in FUNCTION_TITLES.items()],
        chosen=request.GET.get("function", ""),
        key=new_key(),
    )


def move(request: Request, grant_id: UUID, verb: str) -> HttpResponse:
    """Do the next step of a grant, or refuse it."""
    actor, key, note = request.actor, request.POST.get("_key", ""), request.POST.get("note", "")[:300]
    if verb == "control":
        keyed(key, services.control_post, grant_id, actor=actor, note=note)
    elif verb == "approve":
        keyed(key, services.approve_post, grant_id, actor=actor, note=note)
    elif verb == "grant":
        keyed(key, services.grant_post, grant_id, actor=actor)
    elif verb == "refuse":
        keyed(key, services.refuse_post, grant_id, actor=actor, reason=note)
    else:
        raise Problem("route.unknown", "没有这个操作", status=404)
    return HttpResponseRedirect(reverse("workbench.posts"))
