"""Circuit breaker: stops asking an agency that is ill, and tries one question after a while.

One per agency and process, pure but for the clock it is given. It opens after so many failures in a row, doubles the
pause when the trial fails, and closes on the first success.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum

FAILURES_TO_OPEN = 5
FIRST_PAUSE_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 300.0


class State(StrEnum):
    """States of a breaker."""

    CLOSED = "closed"  # 正常
    OPEN = "open"  # 暂停提问
    TRIAL = "trial"  # 正在试一次


class Breaker:
    """The breaker of one agency; safe for threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = FIRST_PAUSE_SECONDS
        self._opens_at = 0.0
        self._state = State.CLOSED

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    def admits(self) -> bool:
        """Tell whether a question may go out now; after the pause exactly one is let through as a trial."""
        with self._lock:
            if self._state is State.CLOSED:
                return True
            if self._clock() < self._opens_at:
                return False
            self._state, self._opens_at = State.TRIAL, self._clock() + self._pause
            return True

    def seconds_left(self) -> float:
        """Give the seconds until the next question may go out; 0 when one may now."""
        with self._lock:
            return 0.0 if self._state is State.CLOSED else max(0.0, self._opens_at - self._clock())

    def succeeded(self) -> None:
        """Note that the agency answered: all is well again."""
        with self._lock:
            self._state, self._failures, self._pause = State.CLOSED, 0, FIRST_PAUSE_SECONDS

    def failed(self) -> None:
        """Note that the agency did not answer."""
        with self._lock:
            self._failures += 1
            if self._state is State.TRIAL:
                self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
            elif self._failures < FAILURES_TO_OPEN:
                return
            self._state, self._opens_at = State.OPEN, self._clock() + self._pause
