"""What the adapters of labour and services share: asking in the county, reading dates and words of a case file.

Nothing here knows a topic. Where a case names no date, the last day of 2025 is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from hrss.kernel.workdays import HolidayTable
from hrss.rules.cases.topics import Case, Unsupported
from hrss.rules.engine import Explanation, Rule
from hrss.rules.general.work_calendar import shipped_calendar

COUNTY = "500236"
NOW = date(2025, 12, 31)


def ask(case: Case, rule: Rule[..., Any], facts: Mapping[str, Any], *, on: date = NOW) -> Explanation:
    """Ask a rule with facts as people write them, in the case's region or else in the county."""
    return Case(case.inputs, case.region or COUNTY).ask(rule, facts, on=on)


def answer(case: Case, rule: Rule[..., Any], facts: Mapping[str, Any], *, on: date = NOW) -> int:
    """Ask a rule and give the plain number."""
    return int(ask(case, rule, facts, on=on).amount)


def calendar() -> HolidayTable:
    """The work calendar of the announced years."""
    return shipped_calendar()


def day(value: Any) -> date:
    """Read a day written ``2025-03-01``."""
    return date.fromisoformat(str(value))


def optional_day(value: Any) -> date | None:
    """Read a day or nothing."""
    return None if value in (None, "") else day(value)


def number(value: Any) -> Decimal:
    """Read a number as a decimal."""
    return Decimal(str(value))


def months_of(years: Any) -> int:
    """Whole months in a number of years (4.5 years are 54 months)."""
    return int((number(years) * 12).to_integral_value(ROUND_FLOOR))


def percent(rate: int) -> Decimal:
    """Give a rate in millionths as percent."""
    return Decimal(rate) / 10_000


def ratio(rate: int) -> Decimal:
    """Give a rate in millionths as a plain ratio."""
    return Decimal(rate) / 1_000_000


def as_rate(percent_value: Any) -> Decimal:
    """Turn percent as people write it into the ratio a rule reads."""
    return number(percent_value) / 100


def whole_numbers(*values: Any) -> tuple[int, ...]:
    """Scale decimals by one power of ten until all are whole, for figures that only meet as a ratio."""
    exponents = [-int(number(value).normalize().as_tuple().exponent) for value in values]
    scale = 10 ** max(0, *exponents)
    return tuple(int(number(value) * scale) for value in values)


def pick(text: Any, words: Mapping[str, Any]) -> Any:
    """Give the value of the first word found in a text; a text with none is unsupported."""
    found = next((value for word, value in words.items() if word in str(text)), None)
    if found is None:
        raise Unsupported(f"未知的类别“{text}”")
    return found


def any_true(case: Case, *parts: str) -> bool:
    """Tell whether any input whose name holds one of the parts is true."""
    return any(value is True and any(part in name for part in parts) for name, value in case.items())
