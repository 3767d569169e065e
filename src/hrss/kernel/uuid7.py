"""UUID version 7 (RFC 9562): ids that sort by the time they were made.

Within a process the ids only rise, even where the clock stands still or goes back; across processes they sort to the
millisecond.
"""

from __future__ import annotations

import secrets
import time
from threading import Lock
from uuid import UUID

_COUNTER_LIMIT = 1 << 12


class _Generator:
    """Keeps the last millisecond and a 12-bit counter (RFC 9562 §6.2, method 1)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._millisecond = -1
        self._counter = 0

    def next(self, millisecond: int) -> UUID:
        with self._lock:
            if millisecond > self._millisecond:
                # Start low so that a burst has room before it borrows from the next millisecond.
                self._millisecond, self._counter = millisecond, secrets.randbits(8)
            else:
                self._counter += 1
                if self._counter >= _COUNTER_LIMIT:
                    self._millisecond, self._counter = self._millisecond + 1, 0
            stamp, counter = self._millisecond, self._counter
        return UUID(int=stamp << 80 | 7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62))


_GENERATOR = _Generator()


def uuid7() -> UUID:
    """Give a new id, larger than every id this process has given before."""
    return _GENERATOR.next(time.time_ns() // 1_000_000)
