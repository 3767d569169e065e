"""When a question that brought no answer is asked again: by retry class, with growing pauses.

Permanent and untrusted failures are never asked again by themselves; somebody has to look at them.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from hrss.exchange.agencies.failures import Failure

PAUSES_SECONDS: dict[Failure, tuple[int, ...]] = {
    Failure.TRANSIENT: (5, 30, 120, 600, 1800, 7200),
    Failure.TIMEOUT: (10, 60, 300, 1800, 7200),
    Failure.PERMANENT: (),
    Failure.UNTRUSTED: (),
}
_SPREAD = 0.25


def pause_before(attempt: int, failure: Failure, *, draw: Callable[[], float] = random.random) -> float | None:
    """Give the seconds to wait before attempt number ``attempt`` (2, 3 …); None when there is none any more.

    A quarter of the pause is spread at random, so that questions that failed together do not come back together.
    """
    pauses = PAUSES_SECONDS[failure]
    position = attempt - 2
    if not 0 <= position < len(pauses):
        return None
    return pauses[position] * (1 + _SPREAD * (2 * draw() - 1))
