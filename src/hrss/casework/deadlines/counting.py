"""Counting a limit over the official calendar of the foundation.

Beyond the last confirmed year the day is provisional: shown to people, never a ground for a consequence in law, and
counted again when the calendar is confirmed. Nobody's application is refused for a missing calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hrss.foundation.calendar.services import due, trace_of
from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import Suspension

_UNKNOWN = "deadline.calendar_unknown"


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted day with the steps that led to it."""

    due_on: date
    trace: list[dict[str, str]]
    provisional: bool


def count(start_on: date, limit: Limit, *, suspensions: Iterable[Suspension] = (), extended: bool = False) -> Counted:
    """Give the last day of a limit that begins with an event on ``start_on``."""
    pauses = tuple(suspensions)
    try:
        found = due(start_on, limit, suspensions=pauses, extended=extended)
    except Problem as problem:
        if problem.code != _UNKNOWN:
            raise
        found = due(start_on, limit, suspensions=pauses, extended=extended, provisional=True)
        return Counted(found.due_on, trace_of(found), True)
    return Counted(found.due_on, trace_of(found), False)
