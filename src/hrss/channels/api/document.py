"""The OpenAPI document says what really happens: refusals are problem+json, writes need an Idempotency-Key."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from hrss.channels.ui.errors import JSON_TYPE
from hrss.channels.ui.request import Request
from hrss.channels.ui.staying import leave_no_copy

KEY_HEADER = "Idempotency-Key"
KEY_SHORTEST, KEY_LONGEST = 8, 200
KEY_PARAMETER = {
    "in": "header",
    "name": KEY_HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": KEY_SHORTEST, "maxLength": KEY_LONGEST, "pattern": "^[!-~]+$"},
    "description": "提交编号：每次提交生成一个新的，重试时用同一个，不会办两次",
}
ACTING_HEADER = "Acting-For"
ACTING_PARAMETER = {
    "in": "header",
    "name": ACTING_HEADER,
    "required": False,
    "schema": {"type": "string", "format": "uuid"},
    "description": "替家人或单位办：委托编号（见 /me/delegations）；替自己办时不填",
}
PDF = {200: {"description": "PDF 文书", "content": {"application/pdf": {"schema": {"type": "string"}}}}}


class HouseApi(NinjaAPI):
    """The API with a document that names the media type of refusals; personal answers leave no copy in caches."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Give the answer of a call; ``endpoint`` has put the route on the request."""
        return leave_no_copy(super().create_response(request, data, **options), cast(Request, request).route)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Give the OpenAPI 3.1 document."""
        document = super().get_openapi_schema(**options)
        for methods in document["paths"].values():
            for operation in methods.values():
                _refuse_by_problem(operation["responses"])
        return document


def _refuse_by_problem(responses: dict[int, dict[str, Any]]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            response["content"] = {JSON_TYPE: content["application/json"]}
