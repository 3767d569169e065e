"""Verification codes: twenty random letters and digits without look-alikes, in groups of five, with a check letter."""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 19


def new_code() -> str:
    """Give a fresh code of twenty characters (94 random bits and a check character)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return body + _check(body)


def grouped(code: str) -> str:
    """Give a code in groups of five for people to read."""
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


def normal(text: str) -> str:
    """Give a typed code in its stored form, empty where it cannot be one."""
    code = re.sub(r"[\s\-—]", "", text).upper()
    if len(code) != _LENGTH + 1 or set(code) - set(ALPHABET) or _check(code[:-1]) != code[-1]:
        return ""
    return code


def _check(body: str) -> str:
    total = sum((at + 1) * ALPHABET.index(character) for at, character in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]
