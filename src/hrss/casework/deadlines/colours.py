"""Colours of a due day: how much of the limit is left. Red is only for what is due now or late."""

from __future__ import annotations

from datetime import date


def colour_of(due_on: date | None, warn_on: date | None, *, today: date) -> str:
    """Give ``overdue``, ``red`` (today is the last day), ``yellow``, ``green``, or ``none`` without a day."""
    if due_on is None:
        return "none"
    if today > due_on:
        return "overdue"
    if today == due_on:
        return "red"
    return "yellow" if warn_on is not None and today >= warn_on else "green"
