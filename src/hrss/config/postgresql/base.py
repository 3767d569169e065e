"""A kept connection is looked at without a round trip: a server that has gone away leaves its mark on the socket.

Django asks ``SELECT 1`` at the first statement of each request. A resting connection whose socket has nothing to read
is alive; one with something to read (a notice, or the end) is asked as Django does.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper with that look."""

    def is_usable(self) -> bool:
        """Tell whether the connection can be used."""
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return True if not poll.poll(0) else bool(super().is_usable())
