"""What consulting a source brought for one subject, before it becomes an Answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hrss.exchange.agencies.failures import CallFailed
from hrss.exchange.answer import Status


@dataclass(frozen=True, slots=True)
class Found:
    """The source answered: data, or None for "nothing on record"; ``is_kept`` when it answered earlier."""

    data: Mapping[str, Any] | None
    as_of: datetime
    is_kept: bool = False

    @property
    def status(self) -> Status:
        """Answered or none."""
        return Status.NONE if self.data is None else Status.ANSWERED


@dataclass(frozen=True, slots=True)
class Deferred:
    """Nobody was asked: the question is slow or the time of the request was used up."""


Finding = Found | Deferred | CallFailed
