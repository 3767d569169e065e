"""When a failed job is tried again, and when it is parked for an operator.

A Problem the job's own data causes is parked at once: trying again would not help. Everything else waits longer each
time and is parked after the last attempt, so that a poisonous job does not spin.
"""

from __future__ import annotations

from dataclasses import dataclass

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job as QueuedJob

from hrss.kernel.problem import Problem

_FIRST_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Retry:
    """Seconds to wait before each further attempt; after the last one the job is parked."""

    waits: tuple[int, ...] = (5, 30, 120, 600, 3600)

    @property
    def attempts(self) -> int:
        """How often the job is tried in all."""
        return len(self.waits) + 1

    def wait_after(self, attempts: int, error: BaseException) -> int | None:
        """Seconds until the next attempt after ``attempts`` earlier ones; None parks the job."""
        if isinstance(error, Problem) and error.status < _FIRST_SERVER_ERROR:
            return None
        return self.waits[attempts] if attempts < len(self.waits) else None


NEVER = Retry(())


class RetryStrategy(BaseRetryStrategy):
    """Our policy in procrastinate's terms."""

    def __init__(self, retry: Retry) -> None:
        self._retry = retry

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """Decide after a failure."""
        wait = self._retry.wait_after(job.attempts, exception)
        return None if wait is None else RetryDecision(retry_in={"seconds": wait})
