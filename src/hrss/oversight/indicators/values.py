"""From counts to the number people read: value, unit, text. A rate over nothing has no value, never nought."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from hrss.oversight.indicators.definitions import Goal, Kind, Statistic

FACTORS: Final = {"万人": 10_000, "万人次": 10_000, "亿元": 10_000_000_000, "人": 1, "家": 1, "个": 1, "户": 1}
_HUNDREDTH: Final = Decimal("0.01")
_FINE: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a figure keeps: the two sides or the parts."""

    numerator: int
    denominator: int | None = None
    parts: dict[str, int] | None = None


def value_of(statistic: Statistic, counts: Counts, *, unit: str = "") -> Decimal | None:
    """Give the value in ``unit`` (default: of the leading goal); None for compositions and rates over nothing."""
    if statistic.kind is Kind.COMPOSITION:
        return None
    if statistic.kind is Kind.RATE:
        if not counts.denominator:
            return None
        return _rounded(Decimal(100 * counts.numerator) / counts.denominator, _HUNDREDTH)
    factor = FACTORS[unit or statistic.lead.unit]
    return Decimal(counts.numerator) if factor == 1 else _rounded(Decimal(counts.numerator) / factor, _FINE)


def text_of(statistic: Statistic, counts: Counts, *, unit: str = "") -> str:
    """Give the number as people read it, without the unit."""
    if statistic.kind is Kind.COMPOSITION:
        kept = counts.parts or {}
        total = sum(kept.values())
        if not total:
            return "—"
        ordered = [kept.get(name, 0) for name, _ in statistic.main.parts]  # the database keeps no order of names
        return ":".join(plain(_rounded(Decimal(100 * one) / total, _HUNDREDTH)) for one in ordered)
    value = value_of(statistic, counts, unit=unit)
    return "—" if value is None else plain(value)


def plain(value: Decimal) -> str:
    """Write a number without needless noughts."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text or "0"


def scaled_target(statistic: Statistic, goal: Goal, scale: Decimal) -> Decimal | None:
    """Give the target for a county that is a sample: absolute amounts shrink with it, rates do not."""
    if goal.target is None:
        return None
    return _scaled(statistic, goal.target, scale)


def is_scaled(statistic: Statistic, goal: Goal, scale: Decimal) -> bool:
    """Whether a sample is judged by its share of the printed target."""
    return scaled_target(statistic, goal, scale) != goal.target


def scaled_base(statistic: Statistic, goal: Goal, scale: Decimal) -> Decimal | None:
    """Give the base in the same way; cumulative goals begin at nothing."""
    if goal.cumulative or goal.base is None:
        return None
    return _scaled(statistic, goal.base, scale)


def _scaled(statistic: Statistic, number: Decimal, scale: Decimal) -> Decimal:
    shrinks = statistic.scales and statistic.kind is Kind.AMOUNT
    return number * scale if shrinks else number


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_UP)
