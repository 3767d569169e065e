"""A kept connection is looked at without a round trip; what was put off goes out in order (``foundation.scope.wire``).

Django asks ``SELECT 1`` at the first statement of each request. A resting connection whose socket has nothing to read
is alive; one with something to read (a notice, or the end) is asked as Django does.
"""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base

from hrss.foundation.scope.wire import wire_of

_Cursor: Any = base.Cursor  # the stubs know the cursor of psycopg 2 only


class Cursor(_Cursor):  # type: ignore[misc]
    """Django's cursor; before it sends anything, what was put off goes out."""

    def execute(self, *args: Any, **named: Any) -> Any:
        """Run a statement."""
        wire_of(self.connection).catch_up()
        return super().execute(*args, **named)

    def executemany(self, *args: Any, **named: Any) -> Any:
        """Run a statement several times."""
        wire_of(self.connection).catch_up()
        return super().executemany(*args, **named)

    def copy(self, *args: Any, **named: Any) -> Any:
        """Copy rows."""
        wire_of(self.connection).catch_up()
        return super().copy(*args, **named)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper with both."""

    def get_connection_params(self) -> dict[str, Any]:
        """Give Django's parameters, with our cursor."""
        return super().get_connection_params() | {"cursor_factory": Cursor}

    def is_usable(self) -> bool:
        """Tell whether the connection can be used."""
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return True if not poll.poll(0) else bool(super().is_usable())

    def settle(self) -> None:
        """Send COMMIT without waiting, where this is the outermost block of a sound transaction."""
        if len(self.atomic_blocks) == 1 and not self.savepoint_ids and not self.needs_rollback and self.connection:
            with self.wrap_database_errors:
                wire_of(self.connection).settle()

    def hush(self, on: bool) -> None:
        """Refuse every statement from now on, or take them again."""
        if self.connection is not None:
            wire_of(self.connection).is_hushed = on

    def _commit(self) -> None:
        if self.connection is not None and not self.connection.closed:
            with self.wrap_database_errors:
                wire_of(self.connection).finish()
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        if self.connection is not None and not self.connection.closed:
            with self.wrap_database_errors:
                wire_of(self.connection).drop()
        super()._rollback()  # type: ignore[misc]
