"""The gate: every view of ours runs behind it, as an actor, in one transaction, on an address the route table knows.

It decides who comes in (``access.routes.may_enter``), limits how often, opens ``acting(actor)`` around the view and
puts refusals on the log after the rollback. It refuses to build a URL without a Route.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from hrss.channels.ui import limits, staying
from hrss.channels.ui.middleware import user_of
from hrss.foundation import audit
from hrss.foundation.access.actors import actor_of, anonymous
from hrss.foundation.access.routes import Route, may_enter
from hrss.foundation.identity.models import Account
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

View = Callable[..., HttpResponseBase]
ACTING_FOR = "acting_for"
PURPOSE = "purpose"


def patterns(routes: Iterable[Route], *, channel: str) -> list[URLPattern]:
    """Give the URL patterns of a channel's routes, each view behind the gate."""
    return [path(route.path, gate(route, view_of(route.view), channel=channel), name=route.name) for route in routes]


def view_of(dotted: str) -> View:
    """Find the view function a route names."""
    module, _, name = dotted.rpartition(".")
    view: View = getattr(import_module(module), name)
    return view


def gate(route: Route, view: View, *, channel: str) -> View:
    """Put ``view`` behind the gate of ``route``."""

    @functools.wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {*route.methods, "HEAD", "OPTIONS"}:
            return HttpResponse(status=405, headers={"Allow": ", ".join(route.methods)})
        actor = actor_from(request, channel=channel)
        refusal = may_enter(actor, route) or limits.over(route.rate, request, actor)
        if refusal is not None:
            return _turned_away(request, actor, route, refusal, kwargs)
        if (desk := staying.to_the_desk(request, actor, route)) is not None:
            return desk
        request.actor = actor  # type: ignore[attr-defined]
        request.route = route  # type: ignore[attr-defined]
        try:
            with acting(actor):
                staying.stay(request, actor, route)
                return staying.leave_no_copy(view(request, *args, **kwargs), route)
        except Problem as problem:
            if problem.status in (403, 404):
                log_refusal(getattr(request, "actor", actor), route, problem, asked=kwargs)
            raise

    enter.route = route  # type: ignore[attr-defined]
    return enter


def actor_from(request: HttpRequest, *, channel: str) -> Actor:
    """Give the actor of a request: the account signed in, for whom it acts, and the purpose of this sitting."""
    request_id = str(getattr(request, "request_id", ""))
    user = user_of(request)  # not request.user: each look through its veil costs
    if not isinstance(user, Account):
        return anonymous(channel=channel, request_id=request_id)
    session = request.session
    delegation = session.get(ACTING_FOR)
    return actor_of(
        user,
        channel=channel,
        purpose=str(session.get(PURPOSE, "")),
        request_id=request_id,
        acting_for=UUID(delegation) if delegation else None,
    )


def log_refusal(actor: Actor, route: Route, problem: Problem, *, asked: Mapping[str, Any] | None = None) -> None:
    """Put a refused attempt on the log, with what was asked for (the parts of the address).

    After a rollback it stands in a transaction of its own; a view that keeps the problem calls it in the view's.
    """
    with acting(actor):
        audit.refused(
            actor,
            f"route.{route.name}",
            reason=problem.code,
            subject_kind="route",
            subject_id=route.name,
            detail={"message": problem.message, "asked": {name: str(value) for name, value in (asked or {}).items()}},
        )


def _turned_away(
    request: HttpRequest, actor: Actor, route: Route, problem: Problem, asked: Mapping[str, Any]
) -> HttpResponseBase:
    """Send a stranger to the sign-in page; refuse anyone else, on the log."""
    if actor.account is None and problem.status in (401, 403) and request.method == "GET":
        where = "portal.login" if "public" in route.audience else "account_login"
        return HttpResponseRedirect(f"{reverse(where)}?{urlencode({'next': request.get_full_path()})}")
    log_refusal(actor, route, problem, asked=asked)
    raise problem
