"""Who is signed in, in one statement: the account of the session with the posts it holds today.

Where anything is unusual (no account, closed, another password since) it gives nothing: Django's own way decides then
and ends the session (``channels.ui.middleware``).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from hrss.foundation.identity.models import Account
from hrss.foundation.scope.hot import fetch

_FIELDS = [field.attname for field in Account._meta.concrete_fields]
_COLUMNS = ", ".join(f"a.{field.column}" for field in Account._meta.concrete_fields)
POSTS = """(
  SELECT coalesce(json_agg(json_build_object('id', p.id, 'function', p.function, 'line', p.line, 'region',
           p.region_code, 'grade', p.grade, 'organisation', coalesce(o.name, ''))
           ORDER BY p.grade DESC, p.since, p.id), '[]')
    FROM access_post p LEFT JOIN organisations_organisation o ON o.id = p.organisation_id
   WHERE p.account_id = a.id AND p.ended_at IS NULL
     AND p.since <= %(day)s AND (p.until IS NULL OR p.until >= %(day)s))"""
_STATEMENT = f"SELECT {_COLUMNS}, {POSTS} FROM identity_account a WHERE a.id = %(account)s::uuid"  # noqa: S608


def account_of(session: SessionBase) -> Account | None:
    """Give the account when all is as it should be, else None."""
    key, digest = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY)
    if not key or not digest or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    rows = fetch(_STATEMENT, {"day": timezone.localdate(), "account": str(key)})
    if not rows:
        return None
    account: Account = Account.from_db("default", _FIELDS, rows[0][:-1])
    if not account.is_active or not constant_time_compare(digest, account.get_session_auth_hash()):
        return None
    account.posts_today = rows[0][-1]
    return account
