"""Django's sessions in the database, read and kept by one statement each: every request begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from hrss.foundation.scope.hot import fetch

_STATEMENT = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"

_KEEP = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s RETURNING session_key"


class SessionStore(db.SessionStore):
    """The store named in ``SESSION_ENGINE``."""

    def load(self) -> dict[str, Any]:
        """Give what the session holds; nothing when it does not exist or has ended."""
        rows = fetch(_STATEMENT, [self.session_key, timezone.now()])
        if rows:
            found: dict[str, Any] = self.decode(rows[0][0])
            return found
        self._session_key = None
        return {}

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds; UpdateError when it has been ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        if not fetch(_KEEP, [row.session_data, row.expire_date, row.session_key]):
            raise UpdateError
