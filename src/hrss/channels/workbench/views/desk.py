"""The first page of any member of staff: what a session must have, then the place where their posts work.

It refuses to let anybody on without a second factor, with a password that is due, or with a second session open.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from hrss.channels.ui.request import Request
from hrss.channels.ui.staying import READY
from hrss.channels.workbench.shell import work_page
from hrss.foundation.identity.passwords import password_is_due
from hrss.foundation.identity.second_factor import must_set_up
from hrss.foundation.identity.sessions import end_sessions, idle_seconds
from hrss.kernel.actor import Function

_INBOX = (Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.INSPECTOR, Function.LEADER)
_COUNTER = (Function.COUNTER, Function.VILLAGE_AGENT)


def desk(request: Request) -> HttpResponse:
    """Send each post to its own place; a post without one yet is told so."""
    missing = _what_is_missing(request)
    if missing:
        return HttpResponseRedirect(reverse(missing))
    if not request.session.get(READY):
        end_sessions(request.user.id, keep=request.session.session_key or "")
        request.session.set_expiry(idle_seconds(request.user))
        request.session[READY] = True
    place = _wanted(request) or _place_of(request)
    return HttpResponseRedirect(place) if place else work_page(request, "workbench/desk.html")


def _what_is_missing(request: Request) -> str:
    """Name the page that must be passed first, empty when nothing is missing."""
    if must_set_up(request.user):
        messages.warning(request, "第一次登录，请先设置动态口令。以后登录要输入密码和动态口令。")
        return "mfa_activate_totp"
    if password_is_due(request.user):
        messages.warning(request, "密码已经用满九十天，请先改密码。")
        return "account_change_password"
    return ""


def _wanted(request: Request) -> str:
    after = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return after if after and safe else ""


def _place_of(request: Request) -> str:
    actor = request.actor
    if actor.holds(*_INBOX):
        return reverse("workbench.inbox")
    if actor.holds(*_COUNTER):
        return reverse("counter.desk")
    if actor.holds(Function.FINANCE):
        return reverse("workbench.runs")
    if actor.holds(Function.SYSTEM_ADMIN):
        return reverse("workbench.ops")
    if actor.holds(Function.AUDIT_ADMIN):
        return reverse("workbench.log")
    return reverse("workbench.posts") if actor.holds(Function.SECURITY_ADMIN) else ""
