"""Who calls: the owner of a bearer token, for themself or under a delegation; or nobody for open calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja.security import HttpBearer

from hrss.channels.api.document import ACTING_HEADER
from hrss.foundation.access.actors import actor_of, anonymous
from hrss.foundation.identity.tokens import token_in_force
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

CHANNEL = "api"


class BearerToken(HttpBearer):
    """Signs in by ``Authorization: Bearer`` and wants one scope, before anything of the call is read."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        """Refuse a call without a token with words, not with a bare 401."""
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            raise Problem(
                "api.sign_in",
                "这个接口需要令牌",
                rule="接口按令牌的范围和用途开放",
                remedy="请在请求头加上 Authorization: Bearer 令牌",
                status=401,
            )
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Give the actor of the token's owner, with the token's scopes and purpose."""
        found = token_in_force(token)
        if self.scope not in found.scopes:
            raise Problem(
                "api.scope",
                f"令牌没有“{self.scope}”范围",
                rule="接口按令牌的范围开放",
                remedy="请申请包含这个范围的令牌",
                status=403,
            )
        acting_for = _delegation_named(request)
        actor = actor_of(
            found.account,
            channel=CHANNEL,
            purpose=found.purpose,
            request_id=str(getattr(request, "request_id", "")),
            acting_for=acting_for,
        )
        if acting_for is None:
            actor = replace(actor, scopes=frozenset(found.scopes))
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def _delegation_named(request: HttpRequest) -> UUID | None:
    """Give the delegation a call is made under; Problem ``api.acting_for`` (400) for what is no id."""
    text = request.headers.get(ACTING_HEADER)
    if text is None:
        return None
    try:
        return UUID(text.strip())
    except ValueError:
        raise Problem(
            "api.acting_for",
            f"{ACTING_HEADER} 请求头不是委托编号",
            rule="替别人办，要写明凭哪一项委托",
            remedy="编号在 /me/delegations 里；替自己办时不要这个请求头",
            status=400,
        ) from None


def _nobody(request: HttpRequest) -> Actor:
    actor = anonymous(channel=CHANNEL, request_id=str(getattr(request, "request_id", "")))
    request.actor = actor  # type: ignore[attr-defined]
    return actor


PUBLIC = _nobody
