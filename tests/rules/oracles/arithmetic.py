"""Decimal arithmetic of the oracles: sixty digits, one rounding where the law rounds, nothing taken from the engine."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, setcontext

setcontext(Context(prec=60))
MILLION = Decimal(1_000_000)
FINE = Decimal("1e-20")


class NoAnswer(Exception):
    """The law gives no answer for these facts; the rule must refuse as well."""


def p(millionths: int) -> Decimal:
    """A rate or index as a plain number."""
    return Decimal(millionths) / MILLION


def settled(amount: Decimal | int) -> Decimal:
    """Drop what sixty digits of a thirds or twelfths are off, so that a half is a half."""
    return Decimal(amount).quantize(FINE)


def r(amount: Decimal | int) -> int:
    """Round half up; below nought halves go away from it."""
    whole = settled(abs(amount)).quantize(Decimal(1), ROUND_HALF_UP)
    return int(whole) if amount >= 0 else -int(whole)


def ceil(amount: Decimal) -> int:
    """Round up."""
    return int(settled(amount).quantize(Decimal(1), ROUND_CEILING))


def floor(amount: Decimal) -> int:
    """Round down."""
    return int(settled(amount).quantize(Decimal(1), ROUND_FLOOR))


def d(number: int) -> Decimal:
    """A whole number as a decimal."""
    return Decimal(number)


def clamp(value: int, low: int, high: int) -> int:
    """Not below low; then not above high."""
    return high if max(value, low) > high else max(value, low)


def rows(table: Sequence[int]) -> dict[int, int]:
    """A flat table as a mapping; of two rows with one key the first counts."""
    return dict(reversed(list(zip(table[::2], table[1::2], strict=True))))


def at(table: Sequence[int], key: int) -> int:
    """The row with exactly this key."""
    found = rows(table)
    if key not in found:
        raise NoAnswer
    return found[key]


def step(table: Sequence[int], key: int) -> int:
    """The last row not above the key."""
    reached = [row for row in rows(table) if row <= key]
    if not reached:
        raise NoAnswer
    return rows(table)[max(reached)]


def need(holds: bool) -> None:
    """No answer where something the law takes for granted does not hold."""
    if not holds:
        raise NoAnswer


def ratio(part: int, whole: int) -> int:
    """A share in millionths, rounded half up."""
    need(whole >= 1)
    return r(d(part) * MILLION / whole)
