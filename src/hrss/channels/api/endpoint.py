"""One decorator for every call: it joins the operation to the OpenAPI document and to the route table.

A call runs as the token's owner in one transaction, like a page behind the gate.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from ninja import NinjaAPI

from hrss.channels.api.document import ACTING_PARAMETER, KEY_HEADER, KEY_LONGEST, KEY_PARAMETER, KEY_SHORTEST
from hrss.channels.api.tokens import PUBLIC, BearerToken
from hrss.channels.ui import limits
from hrss.channels.ui.request import Request
from hrss.channels.ui.staying import leave_no_copy
from hrss.foundation.access.routes import Route
from hrss.foundation.scope import acting
from hrss.kernel.problem import Problem

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "api/v1"
ROUTES: list[Route] = []


def endpoint(
    api: NinjaAPI,
    method: str,
    path: str,
    *,
    scope: str = "",
    title: str,
    label: str = "L1",
    audit: str = "none",
    rate: str = "page",
    **options: Any,
) -> Callable[[View], View]:
    """Make a function an API call. ``scope`` is what the token needs; none means anybody may call."""

    def wrap(view: View) -> View:
        name = f"api.{view.__name__}"
        audience = frozenset({"public", f"partner:{scope}"}) if scope else frozenset({"anyone"})
        route = Route(
            path=f"{PREFIX}{_django_path(path)}",
            view=f"{view.__module__}.{view.__name__}",
            name=name,
            audience=audience,
            scope="own" if scope else "none",
            label=label,
            audit=audit,
            rate=rate,
            methods=(method,),
            title=title,
        )
        ROUTES.append(route)

        @functools.wraps(view)
        def run(request: Request, *args: Any, **kwargs: Any) -> Any:
            refusal = limits.over(rate, request, request.actor)
            if refusal is not None:
                raise refusal
            if audit == "write":
                key_of(request)
            request.route = route
            with acting(request.actor):
                found = view(request, *args, **kwargs)
            return leave_no_copy(found, route) if isinstance(found, HttpResponseBase) else found

        run.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        auth = BearerToken(scope) if scope else PUBLIC
        parameters = ([KEY_PARAMETER] if audit == "write" else []) + ([ACTING_PARAMETER] if scope else [])
        if parameters:
            options.setdefault("openapi_extra", {})["parameters"] = parameters
        operation = api.api_operation([method], path, auth=auth, summary=title, url_name=name, by_alias=True, **options)
        operation(run)
        return view

    return wrap


def key_of(request: HttpRequest) -> str:
    """Give the Idempotency-Key of a request that changes something; Problem ``api.no_key`` (400) without one."""
    key = request.headers.get(KEY_HEADER, "")
    if not (KEY_SHORTEST <= len(key) <= KEY_LONGEST and key.isascii() and key.isprintable() and " " not in key):
        raise Problem(
            "api.no_key",
            f"缺少提交编号（{KEY_HEADER} 请求头，{KEY_SHORTEST} 到 {KEY_LONGEST} 个英文字符，不含空格）",
            rule="外部写入都要有提交编号，重试才不会办两次",
            remedy="请为每次提交生成一个新的编号，重试时用同一个",
            status=400,
        )
    return f"api:{key}"


def _django_path(path: str) -> str:
    """Write ``/cases/{uuid:case_id}`` as ``/cases/<uuid:case_id>``."""
    return path.replace("{", "<").replace("}", ">")
