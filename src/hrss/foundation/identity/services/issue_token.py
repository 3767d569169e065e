"""Issue and revoke API tokens: a person for themself, a system administrator for a partner system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.identity.models import AccessToken, Account
from hrss.foundation.identity.policies import require_function
from hrss.foundation.identity.tokens import digest_of, make_secret
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

LONGEST = timedelta(days=366)
PUBLIC_SCOPES = frozenset({"cases", "record", "rules"})
PARTNER_SCOPES = PUBLIC_SCOPES | {"intake"}


@verb("identity.issue_token")
def issue_token(
    account_id: UUID, *, actor: Actor, name: str, scopes: Sequence[str], until: date, purpose: str = "self"
) -> Outcome:
    """Give Outcome ``token`` whose data holds the secret, once; never call it with a key, a stored secret is none.

    Problems: ``identity.token_…``, ``identity.no_post``.
    """
    account = Account.objects.filter(id=account_id, is_active=True).first()
    if account is None or account.kind == ActorKind.STAFF:
        raise Problem(
            "identity.token_account", "只有群众账号和对接系统可以有接口令牌", remedy="工作人员请用页面办理", status=404
        )
    if account.id != actor.account:
        require_function(actor, Function.SYSTEM_ADMIN, doing="签发接口令牌")
    allowed = PARTNER_SCOPES if account.kind == ActorKind.PARTNER else PUBLIC_SCOPES
    if not scopes or not set(scopes) <= allowed:
        raise Problem(
            "identity.token_scopes",
            f"可选的范围：{'、'.join(sorted(allowed))}",
            remedy="请至少选一个范围",
            field="scopes",
        )
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise Problem("identity.token_until", "有效期应在今天之后、一年以内", remedy="请改截止日期", field="until")
    secret = make_secret()
    token = AccessToken.objects.create(
        account=account,
        digest=digest_of(secret),
        name=name.strip()[:60] or "接口",
        purpose=purpose,
        scopes=sorted(set(scopes)),
        until=until,
    )
    _tell(actor, "identity.issue_token", token)
    return Outcome("token", str(token.id), data={"secret": secret, "until": until.isoformat()})


@verb("identity.revoke_token")
def revoke_token(token_id: UUID, *, actor: Actor) -> Outcome:
    """Revoke a token at once; the next request with it is refused."""
    token = AccessToken.objects.select_for_update(of=("self",)).filter(id=token_id, revoked_at=None).first()
    if token is None:
        raise Problem("identity.no_token", "没有这个令牌，或者已经吊销", remedy="请刷新令牌列表", status=404)
    if token.account_id != actor.account:
        require_function(actor, Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN, doing="吊销接口令牌")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    _tell(actor, "identity.revoke_token", token)
    return Outcome("token", str(token.id))


def _tell(actor: Actor, action: str, token: AccessToken) -> None:
    audit.record(
        actor,
        action,
        subject_kind="token",
        subject_id=token.id,
        person_id=token.account.person_id,
        detail={"scopes": token.scopes, "until": token.until.isoformat()},
    )
