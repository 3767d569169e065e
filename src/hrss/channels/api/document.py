"""The OpenAPI document says what really happens: refusals are problem+json, writes need an Idempotency-Key."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from hrss.channels.ui.errors import JSON_TYPE

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
    """The API with a document that names the media type of refusals."""

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
