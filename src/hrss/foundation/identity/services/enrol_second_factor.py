"""Set up the second factor of a staff account."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.second_factor import activate, has_second_factor, secret_fits
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.enrol_second_factor")
def enrol_second_factor(username: str, *, actor: Actor, secret: str, code: str) -> Outcome:
    """Set up TOTP ``secret`` (base 32) proved by a ``code`` from the device, for one's own account.

    Replacing a lost device is the system's or an administrator's doing. Problems: ``identity.not_found`` (404),
    ``identity.second_factor_exists`` (409), ``identity.code_wrong``.
    """
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None or (actor.kind is not ActorKind.SYSTEM and actor.account != account.id):
        raise Problem("identity.not_found", "只能为自己的账号设置", remedy="请刷新账号列表后再办", status=404)
    if actor.kind is not ActorKind.SYSTEM and has_second_factor(account):
        raise Problem("identity.second_factor_exists", "已设置动态口令", remedy="更换设备请找系统管理员", status=409)
    if not secret_fits(secret, code):
        raise Problem("identity.code_wrong", "动态口令不对", remedy="请核对手机时间后重新输入", field="code")
    activate(account, secret)
    audit.record(
        actor,
        "identity.enrol_second_factor",
        subject_kind="account",
        subject_id=account.id,
        person_id=account.person_id,
    )
    return Outcome("account", str(account.id))
