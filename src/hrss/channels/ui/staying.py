"""How long a visitor stays signed in: staff pass the desk first, resting sessions end, personal data leaves no copy.

Each request of a person moves the end of the session on; what a screen asks by itself does not. It refuses staff who
have no second factor, whose password is due, or whose session did not begin at the desk.
"""

from __future__ import annotations

import time
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hrss.foundation.access.routes import Route
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.sessions import is_seen, seen
from hrss.kernel.actor import Actor, ActorKind

READY = "staff_ready"
DESK = "workbench.desk"
QUIET = frozenset({"counter.screen", "counter.hall", "workbench.run_live"})
_TOUCHED = "touched"
_EVERY_SECONDS = 60
_PERSONAL = frozenset({"L3", "L4"})


def to_the_desk(request: HttpRequest, actor: Actor, route: Route) -> HttpResponseRedirect | None:
    """Send staff to the desk when this session has not passed it; None for everybody else."""
    if actor.kind is not ActorKind.STAFF or route.name == DESK or "anyone" in route.audience:
        return None
    if request.session.get(READY):
        return None
    after = request.get_full_path() if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse(DESK)}?{urlencode({'next': after})}" if after else reverse(DESK))


def stay(request: HttpRequest, actor: Actor, route: Route) -> None:
    """Move the end of the session on, at most once a minute, and note that the account is in use."""
    if actor.account is None or route.name in QUIET:
        return
    now = int(time.time())
    if now - request.session.get(_TOUCHED, 0) >= _EVERY_SECONDS:
        request.session[_TOUCHED] = now
        if not (isinstance(request.user, Account) and is_seen(request.user)):
            seen(actor.account)


Answer = TypeVar("Answer", bound=HttpResponseBase)


def leave_no_copy(response: Answer, route: Route) -> Answer:
    """Keep what holds personal data, and every file handed over, out of every cache, the browser's own included."""
    if route.label in _PERSONAL or "Content-Disposition" in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response
