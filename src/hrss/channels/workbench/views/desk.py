"""The first page of any member of staff: to the place where their posts work."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.foundation.identity.sessions import idle_seconds
from hrss.kernel.actor import Function

_INBOX = (Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.LEADER)
_COUNTER = (Function.COUNTER, Function.VILLAGE_AGENT)
_OPERATORS = (Function.SYSTEM_ADMIN, Function.AUDIT_ADMIN)


def desk(request: Request) -> HttpResponse:
    """Send each post to its own desk; a post without one yet is told so."""
    request.session.set_expiry(idle_seconds(request.user))
    actor = request.actor
    if actor.holds(*_INBOX):
        return HttpResponseRedirect(reverse("workbench.inbox"))
    if actor.holds(*_COUNTER):
        return HttpResponseRedirect(reverse("counter.desk"))
    if actor.holds(*_OPERATORS):
        return HttpResponseRedirect(reverse("workbench.ops"))
    if actor.holds(Function.SECURITY_ADMIN):
        return HttpResponseRedirect(reverse("workbench.posts"))
    return page(request, "workbench/desk.html")
