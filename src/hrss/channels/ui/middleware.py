"""Middleware of all pages: a number for the request, the large-print face, and Problems as answers.

Who may see what is decided elsewhere (foundation.access); here an error only gets its form: a page, a panel for HTMX,
or JSON.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from hrss.channels.ui.errors import error_response, problem_response
from hrss.foundation.access.signed_in import account_of
from hrss.kernel.problem import Problem

GetResponse = Callable[[HttpRequest], HttpResponseBase]

REQUEST_ID_HEADER = "X-Request-Id"
_REQUEST_ID_KEY = "HTTP_X_REQUEST_ID"  # request.headers would read every header of the request first
ELDER_COOKIE = "elder"

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = logging.getLogger("hrss.channels")


# What django-csp's decorators write on an answer that differs.
_EXCEPTIONS = frozenset(
    f"_csp_{name}{only}" for name in ("exempt", "config", "update", "replace") for only in ("", "_ro")
)


class RequestIdMiddleware:
    """Gives each request a number (the proxy's, when it is well formed) and writes it on the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Number the request, answer, write the number on the answer."""
        given = request.META.get(_REQUEST_ID_KEY, "")
        request.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        response = self.get_response(request)
        response[REQUEST_ID_HEADER] = request.request_id  # type: ignore[attr-defined]
        return response


class PolicyMiddleware(CSPMiddleware):
    """The content security policy of django-csp; that of a page without exceptions is written once a process."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self._usual = build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Write the policy."""
        if not (_EXCEPTIONS.isdisjoint(vars(response)) and "_csp_nonce" not in vars(request)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response


class AccountMiddleware(AuthenticationMiddleware):
    """Django's own, with the account and its posts read at once when a view first asks who is there."""

    def process_request(self, request: HttpRequest) -> None:
        """Put the account at the request, read when first asked for."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]


def user_of(request: HttpRequest) -> Any:
    """Give the account itself, and keep it where Django keeps it, so that signing in and out work as ever."""
    if not hasattr(request, "_cached_user"):
        request._cached_user = account_of(request.session) or get_user(request)  # type: ignore[attr-defined]
    return request._cached_user  # type: ignore[attr-defined]


class ElderMiddleware:
    """Reads from the cookie whether the large-print face is on; the answer differs by it, and says so to caches."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the request and let caches know."""
        request.elder = request.COOKIES.get(ELDER_COOKIE) == "1"  # type: ignore[attr-defined]
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        return response


class ProblemMiddleware:
    """Turns a Problem a view did not catch into a 4xx answer, and a database that is away into a 503."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; errors come to process_exception. A bare 405 (gate, API, Django) gets words, too."""
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        answer = error_response(request, 405)
        answer["Allow"] = response.headers.get("Allow", "")
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the exceptions that are ours; leave the others to Django (500)."""
        if isinstance(exception, Problem):
            return problem_response(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            _log.error("database is away", exc_info=exception)
            return error_response(request, 503)
        return None
