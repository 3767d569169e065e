"""Set the password of a staff account."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.policies import require_function
from hrss.foundation.identity.sessions import end_sessions
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.set_password")
def set_password(account_id: UUID, *, actor: Actor, password: str, session_key: str = "") -> Outcome:
    """Set a new password, one's own or (system administrator) another's; all other sessions end.

    Problems: ``identity.no_post`` (403), ``identity.not_found`` (404), ``identity.password``.
    """
    own = actor.account == account_id
    if not own:
        require_function(actor, Function.SYSTEM_ADMIN, doing="重置密码")
    account = Account.objects.select_for_update().filter(id=account_id, kind=Account.Kind.STAFF).first()
    if account is None:
        raise Problem("identity.not_found", "没有这个工作人员账号", remedy="请刷新账号列表后再办", status=404)
    check_password_rules(password, account)
    account.set_password(password)
    account.password_set_at = timezone.now() if own else None  # one set by another must be changed at once
    account.save(update_fields=["password", "password_set_at"])
    ended = end_sessions(account.id, keep=session_key if own else "")
    audit.record(
        actor,
        "identity.set_password",
        subject_kind="account",
        subject_id=account.id,
        person_id=account.person_id,
        detail={"own": own, "sessions_ended": ended},
    )
    return Outcome("account", str(account.id), data={"sessions_ended": ended})


def check_password_rules(password: str, account: Account) -> None:
    """Problem ``identity.password`` with every rule that is broken; the same password again is one."""
    messages: list[str] = []
    try:
        validate_password(password, account)
    except ValidationError as error:
        messages = list(error.messages)
    if account.password and account.check_password(password):
        messages.append("新密码不能与现用密码相同")
    if messages:
        raise Problem(
            "identity.password",
            "；".join(messages),
            remedy="请换一个密码",
            rule="等级保护三级：口令复杂度",
            field="password",
        )
