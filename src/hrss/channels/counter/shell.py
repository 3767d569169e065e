"""The frame of every page of the window: at which window, in which place, who sits there."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.kernel.actor import Actor, Function

WINDOW = "counter_window"
_INTAKE = (Function.COUNTER, Function.VILLAGE_AGENT)


def counter_page(request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the window."""
    village = not request.actor.holds(Function.COUNTER)
    return page(
        request,
        template,
        status=status,
        window=window_of(request),
        in_village=village,
        post_words=request.actor.posts[0].organisation,
        **context,
    )


def place_of(actor: Actor) -> str:
    """Give the service point of a clerk: the region of the first post that takes people in."""
    return next(post.region for post in actor.posts if post.function in _INTAKE)


def window_of(request: Request) -> str:
    """Give the window chosen for this session."""
    return str(request.session.get(WINDOW, "1"))
