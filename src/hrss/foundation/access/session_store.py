"""Django's sessions in the database, read in one statement with account and posts: every request begins with it.

Which account a session belongs to is known only after its data is opened; the process remembers whose it was last time
and asks for that one along. A guess that is wrong costs a second statement (``signed_in``), never a wrong account. It
refuses nothing Django's own store takes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.core import signing
from django.utils import timezone

from hrss.foundation.access.account_row import COLUMNS, POSTS
from hrss.foundation.scope.hot import fetch
from hrss.kernel.bounded import Bounded

_STATEMENT = f"""
SELECT s.session_data, {COLUMNS}, {POSTS}
  FROM django_session s LEFT JOIN identity_account a ON a.id = %(account)s::uuid
 WHERE s.session_key = %(key)s AND s.expire_date > %(now)s"""  # noqa: S608 - constants only
_KEEP = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s RETURNING session_key"
_OWNERS: Bounded[str, str] = Bounded(10_000)


class SessionStore(db.SessionStore):
    """The store named in ``SESSION_ENGINE``."""

    owner: tuple[Any, ...] | None = None

    def load(self) -> dict[str, Any]:
        """Give what the session holds; nothing when it does not exist or has ended."""
        key = str(self.session_key)
        rows = fetch(
            _STATEMENT,
            {"key": key, "now": timezone.now(), "day": timezone.localdate(), "account": _OWNERS.get(key)},
        )
        if rows:
            data, *owner = rows[0]
            self.owner = tuple(owner) if owner[0] is not None else None
            return self.decode(data)
        self._session_key = None
        return {}

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open the data; a text whose signature was found good in this process is not checked again."""
        try:
            found: dict[str, Any] = self.serializer().loads(_opened(str(session_data), self.key_salt))
        except Exception:
            return dict(super().decode(session_data))
        return found

    def belongs_to(self, account: str) -> None:
        """Remember whose session this is."""
        if self.session_key:
            _OWNERS[self.session_key] = account

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds; UpdateError when it has been ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        if not fetch(_KEEP, [row.session_data, row.expire_date, row.session_key]):
            raise UpdateError


class _AsItIs:
    """Gives the signed bytes; what they say is read anew each time, because a session may be changed."""

    def dumps(self, data: Any) -> bytes:
        raise NotImplementedError

    def loads(self, data: bytes) -> Any:
        return data


@lru_cache(maxsize=2048)
def _opened(text: str, salt: str) -> bytes:
    opened: bytes = signing.loads(text, salt=salt, serializer=_AsItIs)
    return opened
