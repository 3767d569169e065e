"""Close an account: nobody signs in with it any more, its sessions end at once."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.policies import require_function
from hrss.foundation.identity.sessions import end_sessions
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.close_account")
def close_account(account_id: UUID, *, actor: Actor, reason: str, key: str = "") -> Outcome:
    """Close an account; a person may close their own public one. ``access.end_all_posts`` ends a leaver's posts.

    Problems: ``identity.not_found`` (404), ``identity.no_post`` (403), ``identity.reason``.
    """
    account = Account.objects.select_for_update().filter(id=account_id, is_active=True).first()
    if account is None:
        raise Problem("identity.not_found", "没有这个启用的账号", remedy="请刷新账号列表后再办", status=404)
    if account.kind == Account.Kind.STAFF and account.id == actor.account:
        raise Problem(
            "identity.own_account",
            "不能停用自己的账号",
            rule="三员分立：自己的账号由另一位管理员办",
            remedy="请另一位管理员办理",
            status=403,
        )
    own = actor.account == account.id and account.kind == Account.Kind.PUBLIC
    if not own:
        require_function(actor, Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN, doing="停用账号")
    if not reason.strip():
        raise Problem("identity.reason", "请写明停用原因", field="reason")
    account.is_active, account.closed_reason = False, reason.strip()
    account.phone_index = None
    account.save(update_fields=["is_active", "closed_reason", "phone_index"])
    ended = end_sessions(account.id)
    audit.record(
        actor,
        "identity.close_account",
        subject_kind="account",
        subject_id=account.id,
        person_id=account.person_id,
        detail={"reason": reason.strip(), "sessions_ended": ended},
    )
    return Outcome("account", str(account.id), data={"sessions_ended": ended})
