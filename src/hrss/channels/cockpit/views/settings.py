"""Dark or light: a choice kept in a cookie of this browser."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from hrss.channels.cockpit.shell import DARK, LIGHT, THEME_COOKIE
from hrss.channels.ui.request import Request

YEAR = 365 * 24 * 60 * 60


def theme(request: Request, name: str) -> HttpResponse:
    """Keep the theme and go back to where the person was."""
    if name not in {DARK, LIGHT}:
        raise Http404(name)
    back = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
    response = HttpResponseRedirect(back if back and safe else reverse("cockpit.overview"))
    response.set_cookie(THEME_COOKIE, name, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
