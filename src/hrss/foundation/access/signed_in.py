"""Who is signed in: the account of the session with the posts it holds today, read along with the session.

Where anything is unusual (no account, closed, another password since) it gives nothing: Django's own way decides then
and ends the session (``channels.ui.middleware``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from hrss.foundation.access.account_row import COLUMNS, FIELDS, POSTS
from hrss.foundation.access.session_store import SessionStore
from hrss.foundation.identity.models import Account
from hrss.foundation.scope.hot import fetch

_STATEMENT = f"SELECT {COLUMNS}, {POSTS} FROM identity_account a WHERE a.id = %(account)s::uuid"  # noqa: S608
_KEY = FIELDS.index(Account._meta.pk.attname)


def account_of(session: SessionBase) -> Account | None:
    """Give the account when all is as it should be, else None."""
    key, digest = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY)
    if not key or not digest or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    row = _row_of(session, str(key))
    if row is None:
        return None
    account: Account = Account.from_db(DEFAULT_DB_ALIAS, FIELDS, row[:-1])
    if not account.is_active or not constant_time_compare(digest, _digest_of(account.password)):
        return None
    account.posts_today = row[-1]
    return account


@lru_cache(maxsize=4096)
def _digest_of(password: str) -> str:
    """Give what the session must carry with this (hashed) password: Django's own way, worked out once."""
    return str(Account(password=password).get_session_auth_hash())


def _row_of(session: SessionBase, key: str) -> tuple[Any, ...] | None:
    """Give the row of the account: the one read with the session where the guess was right, else its own."""
    row: tuple[Any, ...] | None = getattr(session, "owner", None)
    if row is not None and str(row[_KEY]) == key:
        return row
    rows = fetch(_STATEMENT, {"day": timezone.localdate(), "account": key})
    if rows and isinstance(session, SessionStore):
        session.belongs_to(key)
    return rows[0] if rows else None
