"""Masked forms for screens: enough to recognise, too little to use.

Masking is the default everywhere; a full value is shown only by a ``reveal_…`` query, which leaves its own event.
"""

from __future__ import annotations

ID_LENGTH = 18
PHONE_LENGTH = 11
TAIL_LENGTH = 4


def mask_id(text: str) -> str:
    """Mask an id number or its last four: only the last four are shown (the birth date in the middle is not)."""
    return mask_tail(text, length=ID_LENGTH)


def mask_phone(text: str) -> str:
    """Mask a phone number: first three and last four; with only the last four known, those."""
    if len(text) < PHONE_LENGTH:
        return mask_tail(text, length=PHONE_LENGTH)
    return text[:3] + "*" * (len(text) - 3 - TAIL_LENGTH) + text[-TAIL_LENGTH:]


def mask_name(name: str) -> str:
    """Mask a name for public lists: 王* · 王*明 · 欧**娜; a name of one character becomes ``*``."""
    if len(name) <= 1:
        return "*" * len(name)
    if len(name) == 2:
        return f"{name[0]}*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_tail(text: str, *, length: int) -> str:
    """Show the last four of ``text`` in a field of ``length``; shorter than that nothing is shown."""
    if len(text) < TAIL_LENGTH:
        return "*" * length
    return "*" * (length - TAIL_LENGTH) + text[-TAIL_LENGTH:]
