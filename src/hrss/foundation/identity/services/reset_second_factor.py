"""Take away a lost second factor, or the lock after too many wrong passwords."""

from __future__ import annotations

from uuid import UUID

from axes.utils import reset

from hrss.foundation import audit
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.policies import require_function
from hrss.foundation.identity.second_factor import deactivate
from hrss.foundation.identity.sessions import end_sessions
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.reset_second_factor")
def reset_second_factor(account_id: UUID, *, actor: Actor, reason: str) -> Outcome:
    """Take the second factor of somebody else away; at the next sign-in they set up a new one, sessions end now.

    Problems: ``identity.no_post``, ``identity.own_account`` (403), ``identity.not_found`` (404), ``identity.reason``.
    """
    require_function(actor, Function.SYSTEM_ADMIN, doing="重置动态口令")
    account = open_staff_account(account_id, actor=actor)
    if not reason.strip():
        raise Problem("identity.reason", "请写明重置的原因", remedy="例如：手机丢失，本人到场核对", field="reason")
    removed, ended = deactivate(account), end_sessions(account.id)
    _tell(actor, "identity.reset_second_factor", account, {"reason": reason.strip()[:100], "removed": removed})
    return Outcome("account", str(account.id), data={"sessions_ended": ended})


@verb("identity.unlock")
def unlock(account_id: UUID, *, actor: Actor) -> Outcome:
    """Lift the lock after too many wrong passwords. Problems: as above."""
    require_function(actor, Function.SYSTEM_ADMIN, doing="解锁账号")
    account = open_staff_account(account_id, actor=actor)
    removed = reset(username=account.username)
    _tell(actor, "identity.unlock", account, {"attempts": removed})
    return Outcome("account", str(account.id), data={"attempts": removed})


def open_staff_account(account_id: UUID, *, actor: Actor) -> Account:
    """Give an open staff account of somebody else, locked for change."""
    if account_id == actor.account:
        raise Problem(
            "identity.own_account",
            "不能在这里办自己的账号",
            rule="三员分立：自己的账号由另一位管理员办",
            remedy="请另一位系统管理员办理",
            status=403,
        )
    accounts = Account.objects.select_for_update().filter(id=account_id, kind=Account.Kind.STAFF, is_active=True)
    account = accounts.first()
    if account is None:
        raise Problem("identity.not_found", "没有这个启用的工作人员账号", remedy="请刷新账号列表后再办", status=404)
    return account


def _tell(actor: Actor, action: str, account: Account, detail: dict[str, object]) -> None:
    audit.record(
        actor, action, subject_kind="account", subject_id=account.id, person_id=account.person_id, detail=detail
    )
