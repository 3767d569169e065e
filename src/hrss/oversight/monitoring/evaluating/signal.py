"""A signal: one subject that reached a rule's bound on a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """The subject's key, a place, the number, the level."""

    subject: str
    region_code: str
    count: int
    level: str


Signals = dict[str, Signal]
