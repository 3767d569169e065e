"""The boards as pages, and the windows now as a fragment."""

from __future__ import annotations

from django.http import HttpResponse

from hrss.channels.cockpit.boards import BOARDS, now
from hrss.channels.cockpit.frame import frame_of
from hrss.channels.cockpit.shell import cockpit_page
from hrss.channels.ui.render import fragment
from hrss.channels.ui.request import Request

EXPORTS = (("xlsx", "表格"), ("pdf", "PDF"))


def board(request: Request) -> HttpResponse:
    """One board; the route's name says which."""
    frame = frame_of(request)
    name = request.route.name.partition(".")[2]
    found = BOARDS[name]
    return cockpit_page(
        request,
        "cockpit/board.html",
        frame,
        title=found.title,
        wall=found.wall,
        panels=found.build(frame, request.GET.get("map", "")),
        exports=[(words, frame.href("cockpit.export", name, kind)) for kind, words in EXPORTS],
    )


def live_now(request: Request) -> HttpResponse:
    """The windows now, as a fragment that is asked for every half minute."""
    return fragment(request, "cockpit/live.html", "now", **now(frame_of(request)))
