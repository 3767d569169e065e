"""Numbers that are valid in form and belong to nobody: identity numbers from 999236, phones from 100, cards from 999.

Whole columns are computed at once. It refuses to make a number that could belong to a real person or firm.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws

REGION: Final = "999236"
MOST_A_DAY: Final = 499  # sequences of one sex on one day of birth
_ID_WEIGHTS: Final = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_ID_CHECKS: Final = np.frombuffer(b"10X98765432", dtype=np.uint8)
_CREDIT_ALPHABET: Final = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_CREDIT_WEIGHTS: Final = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_BODY_WEIGHTS: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_BODY_CHECKS: Final = np.frombuffer(b"0123456789X", dtype=np.uint8)
_ZERO: Final = 48


def id_numbers(birth: draws.Ints, sex: draws.Ints) -> pl.Series:
    """Make one identity number each (GB 11643): birth day, odd sequence for men, check character."""
    rank = draws.rank_within(birth * 2 + (sex - 1))
    if len(rank) and rank.max() >= MOST_A_DAY:
        raise ValueError("more people born on one day than one region code has numbers for")
    sequence = (rank * 211 + birth * 97) % MOST_A_DAY * 2 + np.where(sex == 1, 1, 2)
    moments = birth.astype("datetime64[D]")
    years = moments.astype("datetime64[Y]").astype(np.int64) + 1970
    months = moments.astype("datetime64[M]").astype(np.int64) % 12 + 1
    days = (moments - moments.astype("datetime64[M]")).astype(np.int64) + 1
    body = (int(REGION) * 10**8 + years * 10**4 + months * 100 + days) * 1000 + sequence
    digits = _digits(body, 17)
    check = _ID_CHECKS[(digits * _ID_WEIGHTS).sum(axis=1) % 11]
    return _text(np.concatenate([(digits + _ZERO).astype(np.uint8), check[:, None]], axis=1))


def phones(count: int, rng: np.random.Generator) -> pl.Series:
    """Make different phone numbers starting with 100."""
    start, step = int(rng.integers(0, 10**8)), 61_803_399  # coprime with 10^8: every number comes once
    return _text((_digits(100 * 10**8 + (start + np.arange(count) * step) % 10**8, 11) + _ZERO).astype(np.uint8))


def bank_cards(count: int, rng: np.random.Generator) -> pl.Series:
    """Make different 19-digit card numbers starting with 999 and ending in their Luhn digit."""
    start, step = int(rng.integers(0, 10**9)), 618_033_989
    body = 999_236 * 10**12 + 100 * 10**9 + (start + np.arange(count) * step) % 10**9
    digits = _digits(body, 18)
    doubled = digits * np.where(np.arange(18) % 2 == 1, 2, 1)
    check = -(doubled // 10 + doubled % 10).sum(axis=1) % 10
    return _text((np.concatenate([digits, check[:, None]], axis=1) + _ZERO).astype(np.uint8))


def credit_codes(rng: np.random.Generator, registers: list[str]) -> pl.Series:
    """Make unified social credit codes (GB 32100); ``registers`` are department and category, as ``91`` for firms."""
    count = len(registers)
    serial = (int(rng.integers(0, 10**7)) + np.arange(count) * 6_180_339) % 10**7
    body = np.concatenate([np.full((count, 1), 10), _digits(serial, 7)], axis=1)  # A + seven digits
    body_check = _BODY_CHECKS[-(body * _BODY_WEIGHTS).sum(axis=1) % 11]
    head = np.array([list(register.encode()) for register in registers], dtype=np.uint8)
    region = np.tile(np.frombuffer(REGION.encode(), dtype=np.uint8), (count, 1))
    text = np.concatenate([head, region, _CREDIT_ALPHABET[body], body_check[:, None]], axis=1)
    values = np.zeros(128, dtype=np.int64)
    values[_CREDIT_ALPHABET] = np.arange(31)
    check = _CREDIT_ALPHABET[-(values[text] * _CREDIT_WEIGHTS).sum(axis=1) % 31]
    return _text(np.concatenate([text, check[:, None]], axis=1))


def tails(numbers: pl.Series) -> pl.Series:
    """Give the last four characters."""
    return numbers.str.slice(-4)


def as_date(day: int) -> date:
    """Give one day number as a date."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(day))


def _digits(numbers: draws.AnyArray, width: int) -> draws.Ints:
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return np.asarray(np.asarray(numbers, dtype=np.int64)[:, None] // powers % 10)


def _text(raw: draws.AnyArray) -> pl.Series:
    """Give rows of ASCII bytes as a column of text."""
    width = raw.shape[1]
    return pl.Series(np.ascontiguousarray(raw).view(f"S{width}").ravel().astype(f"U{width}").tolist(), dtype=pl.String)
