"""Which jobs exist. A job is a plain function with keyword arguments that JSON can carry.

It refuses a name declared twice and functions with positional arguments: a job in the queue must mean the same after
the next release.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hrss.foundation.jobs.retrying import Retry

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work.

    ``lock``: jobs with the same lock never run at the same time. ``own_transactions``: the function opens its own
    short transactions (it must then be safe to run twice); otherwise it runs in one, as the system actor of its name.
    """

    name: str
    function: Callable[..., Any]
    queue: str = "default"
    retry: Retry = field(default_factory=Retry)
    lock: str = ""
    own_transactions: bool = False

    @property
    def title(self) -> str:
        """First line of the function's docstring, for the operators' board."""
        return (inspect.getdoc(self.function) or self.name).splitlines()[0]


JOBS: dict[str, Job] = {}


def job(
    name: str, *, queue: str = "default", retry: Retry | None = None, lock: str = "", own_transactions: bool = False
) -> Callable[[F], F]:
    """Declare a function as the job ``name`` (``part.what``); the function itself stays callable."""

    def declare(function: F) -> F:
        parameters = inspect.signature(function).parameters.values()
        if any(parameter.kind is not inspect.Parameter.KEYWORD_ONLY for parameter in parameters):
            raise TypeError(f"job {name}: all arguments must be keyword-only")
        if name in JOBS:
            raise ValueError(f"job {name} is declared twice")
        JOBS[name] = Job(name, function, queue, retry or Retry(), lock, own_transactions)
        return function

    return declare
