"""The limits of the checks before a run, from the parameters of the day the run pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrss.foundation.regions.county import county_code
from hrss.rules.engine import default_parameters

COUNTY = county_code()


@dataclass(frozen=True, slots=True)
class Limits:
    """Amounts in fen, shares in millionths, ages in years."""

    line: int
    once: int
    jump: int
    total_change: int
    extreme_times: int
    extreme_floor: int
    old_age: int


def limits_on(day: date) -> Limits:
    """Give the limits in force on a day. Problem ``rules.gap`` where one is missing; there are no defaults."""
    return Limits(
        line=_value("line_limit", day),
        once=_value("once_limit", day),
        jump=_value("jump_percent", day),
        total_change=_value("total_percent", day),
        extreme_times=_value("extreme_times", day),
        extreme_floor=_value("extreme_floor", day),
        old_age=_value("old_age", day),
    )


def answer_days_on(day: date) -> int:
    """Give the working days the bank has to answer a run."""
    return _value("answer_days", day)


def _value(name: str, day: date) -> int:
    return int(default_parameters().parameter(f"general.funds.{name}", on=day, region=COUNTY).value)
