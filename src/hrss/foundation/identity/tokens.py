"""Making and checking API tokens. A token is shown once; what is stored cannot be turned back into it."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from hrss.foundation.identity.models import AccessToken
from hrss.kernel.problem import Problem

PREFIX = "hrss_"


def make_secret() -> str:
    """Make the text of a new token (256 bits)."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Give what is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_in_force(secret: str) -> AccessToken:
    """Give the token of a secret; Problem ``identity.token`` (401) for one unknown, ended or revoked."""
    token = AccessToken.objects.select_related("account").filter(digest=digest_of(secret)).first()
    today = timezone.localdate()
    if token is None or token.revoked_at is not None or token.until < today or not token.account.is_active:
        raise Problem(
            "identity.token",
            "接口令牌不对、已过期或已吊销",
            rule="接口按令牌的范围和用途开放",
            remedy="请在“我的”里重新申请令牌，或者请系统管理员签发",
            status=401,
        )
    if token.last_used_on != today:
        AccessToken.objects.filter(id=token.id).update(last_used_on=today)
    return token
