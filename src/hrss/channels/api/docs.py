"""The human page of the API: every call with what it needs, drawn from the same OpenAPI document, no foreign script."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from hrss.channels.api.house import api
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request


def docs(request: Request) -> HttpResponse:
    """The list of calls."""
    document: dict[str, Any] = api.get_openapi_schema()
    calls = [
        {
            "method": method.upper(),
            "path": path,
            "title": operation.get("summary", ""),
            "text": operation.get("description", ""),
            "token": "需要" if operation.get("security") else "不需要",
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return page(request, "api/docs.html", calls=calls, version=document["info"]["version"])
