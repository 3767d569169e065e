"""Views of the design system: the gallery, the switch of the large-print face, and Django's error handlers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from hrss.channels.ui.errors import csrf_response, error_response
from hrss.channels.ui.gallery import samples
from hrss.channels.ui.middleware import ELDER_COOKIE
from hrss.channels.ui.render import page

YEAR = 365 * 24 * 60 * 60
SHELLS = ("portal", "counter", "workbench")


def gallery(request: HttpRequest, shell: str = "portal") -> HttpResponse:
    """Show every component, in the shell asked for."""
    if shell not in SHELLS:
        raise Http404(shell)
    return page(request, "ui/gallery.html", shell=shell, shells=SHELLS, **samples())


def elder(request: HttpRequest, state: str) -> HttpResponse:
    """Switch the large-print face on or off, keep that in a cookie and go back to where the person was."""
    if state not in {"on", "off"}:
        raise Http404(state)
    back = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    response.set_cookie(
        ELDER_COOKIE, "1" if state == "on" else "0", max_age=YEAR, samesite="Lax", secure=request.is_secure()
    )
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 (handler400)."""
    return error_response(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 (handler403)."""
    return error_response(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 (handler404)."""
    return error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 (handler500)."""
    return error_response(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for a csrf failure (CSRF_FAILURE_VIEW)."""
    return csrf_response(request)
