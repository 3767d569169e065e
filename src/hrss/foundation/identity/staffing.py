"""Reading staff accounts, for the administrators: who has one, is it open, locked, in use, has it a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hrss.foundation.identity.models import Account
from hrss.foundation.identity.policies import require_function
from hrss.foundation.identity.settings import FAILURES_BEFORE_LOCK, LOCK_MINUTES
from hrss.kernel.actor import Actor, Function
from hrss.kernel.problem import Problem

PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """A staff account. ``must_change``: the password was set by somebody else and is changed at the next sign-in."""

    id: UUID
    username: str
    name: str
    is_active: bool
    is_locked: bool
    has_second_factor: bool
    must_change: bool
    last_seen_at: datetime | None
    closed_reason: str


def staff_accounts(*, actor: Actor, text: str = "", after: str = "") -> tuple[tuple[StaffAccount, ...], str]:
    """Give a page by user name, and the name to go on ``after``. ``text``: the beginning of a user name, or a name."""
    _for_administrators(actor)
    rows = _rows().filter(username__gt=after) if after else _rows()
    if text:
        rows = rows.filter(Q(username__startswith=text.lower()) | Q(display_name__startswith=text))
    found = list(rows.order_by("username")[: PAGE + 1])
    locked = _locked([row.username for row in found])
    shown = tuple(_view(row, locked) for row in found[:PAGE])
    return shown, shown[-1].username if len(found) > PAGE else ""


def staff_account(account_id: UUID, *, actor: Actor) -> StaffAccount:
    """Give one; Problem ``identity.not_found`` (404)."""
    _for_administrators(actor)
    row = _rows().filter(id=account_id).first()
    if row is None:
        raise Problem("identity.not_found", "没有这个工作人员账号", remedy="请从账号列表进入", status=404)
    return _view(row, _locked([row.username]))


def _for_administrators(actor: Actor) -> None:
    require_function(actor, Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN, doing="查看工作人员账号")


def _rows() -> QuerySet[Account]:
    second = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return Account.objects.filter(kind=Account.Kind.STAFF).annotate(second=Exists(second))


def _locked(usernames: list[str]) -> frozenset[str]:
    since = timezone.now() - timedelta(minutes=LOCK_MINUTES)
    attempts = AccessAttempt.objects.filter(
        username__in=usernames, failures_since_start__gte=FAILURES_BEFORE_LOCK, attempt_time__gte=since
    )
    return frozenset(attempts.values_list("username", flat=True))


def _view(row: Account, locked: frozenset[str]) -> StaffAccount:
    return StaffAccount(
        id=row.id,
        username=row.username,
        name=row.display_name,
        is_active=row.is_active,
        is_locked=row.username in locked,
        has_second_factor=bool(row.second),  # type: ignore[attr-defined]
        must_change=row.password_set_at is None,
        last_seen_at=row.last_seen_at,
        closed_reason=row.closed_reason,
    )
