"""How the API answers refusals and mistakes: always problem+json, never a stack trace."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from hrss.channels.ui.errors import problem_response
from hrss.channels.ui.gate import log_refusal
from hrss.foundation.access.routes import find
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem, Problems

_WORDS = {"missing": "缺少这一项", "extra_forbidden": "没有这一项", "json_invalid": "不是正确的 JSON"}


def answer_with_problems(api: NinjaAPI) -> None:
    """Make every error of the API a Problem."""

    @api.exception_handler(Problem)
    def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
        actor = getattr(request, "actor", None)
        match = getattr(request, "resolver_match", None)
        route = find(match.url_name) if match else None
        if isinstance(actor, Actor) and route is not None and problem.status in (403, 404):
            log_refusal(actor, route, problem)
        return problem_response(request, problem)

    @api.exception_handler(ValidationError)
    def mistaken(request: HttpRequest, error: ValidationError) -> HttpResponse:
        problems = [_problem(one) for one in error.errors]
        return problem_response(request, Problems(problems) if len(problems) > 1 else problems[0])

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        problem = Problem(
            "api.request",
            "请求的内容不是正确的 JSON",
            remedy="请对照接口文档，检查 Content-Type 和请求体",
            status=error.status_code,
        )
        return problem_response(request, problem)


def _problem(error: dict[str, object]) -> Problem:
    place = error.get("loc")
    path = (
        [str(part) for part in place if str(part) not in ("body", "query", "path")]
        if isinstance(place, tuple | list)
        else []
    )
    word = _WORDS.get(str(error.get("type")), f"不符合要求（{json.dumps(error.get('msg', ''), ensure_ascii=False)}）")
    field = ".".join(path)
    return Problem("api.invalid", f"“{field or '请求体'}”{word}", remedy="请对照接口文档", field=field)
