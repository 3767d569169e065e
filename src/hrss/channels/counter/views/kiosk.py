"""The ticket machine of a service point and the display of its hall. Anybody; they keep and show no name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from hrss.casework.reception.queries import queue
from hrss.casework.reception.services import take_ticket
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.regions.queries import full_name, require
from hrss.foundation.scope import acting
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import system_actor

TOPICS = ("就业", "社会保险", "社保卡", "劳动维权", "人才人事", "其他")


def kiosk(request: Request, region: str) -> HttpResponse:
    """Take a number: one touch on what it is about."""
    require(region)
    machine = system_actor("kiosk")
    taken = None
    if request.method == "POST":
        topic = request.POST.get("topic", "")
        taken = keyed(
            request.POST.get("_key", ""),
            take_ticket,
            actor=machine,
            region_code=region,
            topic=topic if topic in TOPICS else "",
            priority=request.POST.get("priority") == "yes",
        )
    with acting(machine):
        waiting = queue(region, day=timezone.localdate()).waiting
    return page(
        request,
        "counter/kiosk.html",
        place=full_name(region),
        region=region,
        topics=TOPICS,
        taken=taken,
        waiting=waiting,
        now=timezone.localtime(),
        key=new_key(),
    )


def hall(request: Request, region: str) -> HttpResponse:
    """The display of the hall: who is called to which window, and who comes next."""
    require(region)
    with acting(system_actor("kiosk")):
        shown = queue(region, day=timezone.localdate())
    return page(request, "counter/hall.html", place=full_name(region), shown=shown)
