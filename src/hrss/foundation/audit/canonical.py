"""Canonical JSON: one spelling for one value, on every machine and in every version of PostgreSQL.

Keys in order of code points, no spaces, UTF-8, whole numbers of up to 18 digits as they are. Any other number is
spelled ``{"$number":"1.50"}`` with its digits as stored, because binary floats would make two spellings one.
"""

from __future__ import annotations

import json
from typing import Any

_LONGEST_WHOLE = 18


def canonical(value: Any) -> bytes:
    """Give the one spelling of a value read by ``parse``."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse(text: str) -> Any:
    """Read JSON without losing a digit of any number."""
    return json.loads(text, parse_float=_literal, parse_int=_whole)


def _literal(digits: str) -> dict[str, str]:
    return {"$number": digits}


def _whole(digits: str) -> int | dict[str, str]:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else _literal(digits)
