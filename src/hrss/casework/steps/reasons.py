"""Reasons: a step against somebody's wish needs them in words."""

from __future__ import annotations

from hrss.kernel.problem import Problem


def needed(text: str, message: str, *, rule: str = "", field: str = "reason") -> str:
    """Give the reasons without outer spaces; Problem ``casework.no_reasons`` for less than four characters."""
    said = text.strip()
    if len(said) < 4:
        raise Problem("casework.no_reasons", message, rule=rule, remedy="请写清楚原因（至少四个字）", field=field)
    return said
