"""Errors as answers: a page for people, a panel for HTMX, JSON for programs; always with what to do next."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from hrss.channels.ui.render import fragment, page
from hrss.channels.ui.texts import CSRF, ERRORS, ErrorText
from hrss.kernel.problem import Problem

TEMPLATE = "ui/problem.html"
PANEL_TARGET = "#page-problem"
JSON_TYPE = "application/problem+json"


def problem_response(request: HttpRequest, problem: Problem, *, title: str = "这一步没有办成") -> HttpResponse:
    """Answer with a Problem in the form the request can read, with the Problem's own status."""
    if wants_json(request):
        body = problem.to_json() | {"title": title, "request_id": _request_id(request)}
        return HttpResponse(json.dumps(body, ensure_ascii=False), status=problem.status, content_type=JSON_TYPE)
    if is_htmx(request):
        return _panel(request, problem, title)
    return page(request, TEMPLATE, status=problem.status, problem=problem, title=title, request_id=_request_id(request))


def error_response(request: HttpRequest, status: int) -> HttpResponse:
    """Answer with one of the house's error pages (400, 403, 404, 405, 500, 503)."""
    response = text_response(request, ERRORS[status], status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def csrf_response(request: HttpRequest) -> HttpResponse:
    """Answer for a form whose csrf token is missing or old."""
    return text_response(request, CSRF, status=403)


def text_response(request: HttpRequest, text: ErrorText, *, status: int) -> HttpResponse:
    """Answer with an error text."""
    problem = Problem(f"http.{status}", text.message, remedy=text.remedy, status=status)
    return problem_response(request, problem, title=text.title)


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether HTMX asks for a part of a page (a boosted link wants the whole page)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a program asks: by address (/api/) or because it accepts JSON and not HTML."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def _panel(request: HttpRequest, problem: Problem, title: str) -> HttpResponse:
    response = fragment(
        request, TEMPLATE, "panel", status=problem.status, problem=problem, title=title, request_id=_request_id(request)
    )
    response["HX-Retarget"] = PANEL_TARGET
    response["HX-Reswap"] = "innerHTML show:top"
    return response


def _request_id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
