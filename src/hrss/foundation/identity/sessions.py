"""Sessions: how long they may idle, and that a member of staff has one at a time (P03)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils import timezone

from hrss.foundation.identity.models import Account
from hrss.foundation.identity.settings import PUBLIC_IDLE_MINUTES, STAFF_IDLE_MINUTES

_SEEN_EVERY = timedelta(minutes=10)


def idle_seconds(account: Account) -> int:
    """Give how long a session of the account may rest, in seconds; the channel sets it as the session's expiry."""
    return 60 * (STAFF_IDLE_MINUTES if account.is_staff_account else PUBLIC_IDLE_MINUTES)


def end_sessions(account_id: UUID, *, keep: str = "") -> int:
    """End all sessions of an account but ``keep`` (a session key); gives how many ended."""
    sessions = list(UserSession.objects.filter(user_id=account_id).exclude(session_key=keep))
    for session in sessions:
        session.end()
    return len(sessions)


def is_seen(account: Account) -> bool:
    """Tell whether it is on record that the account, as just read, was used within ten minutes."""
    return account.last_seen_at is not None and timezone.now() - account.last_seen_at < _SEEN_EVERY


def seen(account_id: UUID) -> None:
    """Note that an account was used; writes at most once in ten minutes."""
    long_ago = Q(last_seen_at=None) | Q(last_seen_at__lt=timezone.now() - _SEEN_EVERY)
    Account.objects.filter(long_ago, id=account_id).update(last_seen_at=timezone.now())
