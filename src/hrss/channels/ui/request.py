"""The request as our views see it: the gate has put the actor and the route on it, the middleware its number.

A type for annotations only; nothing is made of it.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from hrss.foundation.access.routes import Route
from hrss.foundation.identity.models import Account
from hrss.kernel.actor import Actor


class Request(HttpRequest):
    """A request behind the gate."""

    actor: Actor
    route: Route
    request_id: str
    elder: bool
    session: SessionBase
    user: Account
