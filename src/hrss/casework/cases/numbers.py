"""Numbers of cases, packages and documents, from the foundation's counters."""

from __future__ import annotations

from datetime import date

_CHANNELS = {"portal": "P", "counter": "C", "village": "V", "api": "A", "workbench": "W", "bulk": "B", "job": "S"}


def channel_letter(channel: str) -> str:
    """Give the letter of a channel in a case number; an unknown channel is ``X``."""
    return _CHANNELS.get(channel, "X")


def new_case_number(region_code: str, *, channel: str, day: date) -> str:
    """Give the next case number of a county, channel and day."""
    from hrss.kernel.identifiers import uuid7

    return region_code[:6] + channel_letter(channel) + uuid7().hex[-16:]
