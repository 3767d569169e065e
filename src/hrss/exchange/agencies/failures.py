"""Why a call to an agency brought no answer, in the classes that decide what happens next.

A class says whether asking again can help; it refuses to let an answer nobody signed pass as an answer.
"""

from __future__ import annotations

from enum import StrEnum


class Failure(StrEnum):
    """The retry classes."""

    TRANSIENT = "transient"  # 对方暂时不可用：稍后重试
    TIMEOUT = "timeout"  # 没有在时限内回答：稍后重试
    PERMANENT = "permanent"  # 再问一次也不会有答案
    UNTRUSTED = "untrusted"  # 签名不对，答案不可信：不重试，要人处理


class CallFailed(Exception):
    """One call that brought no answer; ``code`` is for machines, ``message`` is a sentence for people."""

    def __init__(self, failure: Failure, code: str, message: str) -> None:
        super().__init__(message)
        self.failure = failure
        self.code = code
        self.message = message

    @property
    def may_be_asked_again(self) -> bool:
        """Tell whether asking again later can help."""
        return self.failure in (Failure.TRANSIENT, Failure.TIMEOUT)

    @property
    def speaks_against_the_agency(self) -> bool:
        """Tell whether the failure says that the agency itself is ill (and counts for the circuit breaker)."""
        return self.failure is not Failure.PERMANENT
