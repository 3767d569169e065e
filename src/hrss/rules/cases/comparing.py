"""Compares an answer with the published one, field by field within the published tolerance.

Numbers are compared as decimals; texts, flags and lists must agree. A field the answer lacks is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

FREE_TEXT = frozenset({"note"})  # remarks among the expected fields, not answers
JUDGED = "_in_case"  # what a court awarded in that case: a report, it does not follow from the inputs


def differences(expected: Mapping[str, Any], answer: Mapping[str, Any], tolerance: Any) -> list[str]:
    """List the fields in which the answer leaves the published one."""
    wanted = {name: value for name, value in expected.items() if name not in FREE_TEXT and not name.endswith(JUDGED)}
    found: list[str] = []
    for name, value in wanted.items():
        if name not in answer:
            found.append(f"{name}: 没有给出")
        elif not agrees(value, answer[name], tolerance_of(tolerance, name)):
            found.append(f"{name}: 公布 {_told(value)}，算得 {_told(answer[name])}")
    return found


def tolerance_of(tolerance: Any, name: str) -> Any:
    """The tolerance of a field: one number for all, one per field, or a range in words."""
    if isinstance(tolerance, Mapping):
        return tolerance.get(name, tolerance.get("all", 0))
    return tolerance or 0


def agrees(expected: Any, answer: Any, tolerance: Any) -> bool:
    """Tell whether an answer is the published one within the tolerance."""
    if isinstance(expected, bool) or isinstance(answer, bool):
        return expected is answer or bool(expected) is bool(answer)
    if isinstance(expected, list):
        same_length = isinstance(answer, list | tuple) and len(answer) == len(expected)
        return same_length and all(agrees(*pair, tolerance) for pair in zip(expected, answer, strict=True))
    if isinstance(expected, Mapping) and isinstance(answer, Mapping):
        return not differences(expected, {str(key): value for key, value in answer.items()}, tolerance)
    if _is_number(expected) and _is_number(answer):
        return _close(Decimal(str(expected)), Decimal(str(answer)), tolerance)
    return bool(str(expected) == str(answer)) if expected is not None else answer is None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _close(expected: Decimal, answer: Decimal, tolerance: Any) -> bool:
    if isinstance(tolerance, str):
        if expected == answer:
            return True
        bounds = re.search(r"(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)", tolerance)
        return bool(bounds) and Decimal(bounds[1]) <= answer <= Decimal(bounds[2])  # type: ignore[index]
    return abs(expected - answer) <= Decimal(str(tolerance))


def _told(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
