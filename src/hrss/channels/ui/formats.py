"""How values are written for people: dates, times, amounts, masked numbers, due dates.

Only writing happens here; nothing is read, looked up or decided. Times are shown in Asia/Shanghai.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from hrss.kernel.money import plain_yuan
from hrss.kernel.months import YearMonth

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class DueState:
    """How a due date stands: a kind for the colour, an icon and the words that carry the meaning."""

    kind: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class DateParts:
    """A date as its three inputs show it; ``iso`` is for the browser's own date input."""

    year: str
    month: str
    day: str
    iso: str


def today() -> dt.date:
    """Give the day it is in Fengjie."""
    return dt.datetime.now(SHANGHAI).date()


def _as_date(value: dt.date | dt.datetime | str | None) -> dt.date | None:
    if isinstance(value, str):
        return dt.date.fromisoformat(value[:10]) if value else None
    if isinstance(value, dt.datetime):
        return (value.astimezone(SHANGHAI) if value.tzinfo else value).date()
    return value


def date(value: dt.date | dt.datetime | str | None) -> str:
    """Write a day: ``2026年3月5日``; nothing for none."""
    day = _as_date(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def moment(value: dt.datetime | None) -> str:
    """Write a point in time: ``2026年3月5日 14:30``."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI) if value.tzinfo else value
    return f"{local.year}年{local.month}月{local.day}日 {local.hour:02}:{local.minute:02}"


def month(value: YearMonth | dt.date | None) -> str:
    """Write a month: ``2026年3月``."""
    return f"{value.year}年{value.month}月" if value else ""


def number(value: int | float | None, decimals: int = 0) -> str:
    """Write a count with separators: ``1,071,234``."""
    return "" if value is None else f"{value:,.{decimals}f}"


def percent(part: float | None, decimals: int = 1) -> str:
    """Write a share of one as per cent: ``0.964`` → ``96.4%``."""
    return "" if part is None else f"{part * 100:.{decimals}f}%"


def masked_name(name: str) -> str:
    """Hide the given name but its last character: ``张小明`` → ``张*明``, ``张明`` → ``张*``."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def masked_id_number(text: str) -> str:
    """Hide an id number but the first and the last characters: ``9***************1X`` keeps 1 and 2."""
    return text[:1] + "*" * max(len(text) - 3, 0) + text[-2:] if len(text) > 3 else "*" * len(text)


def masked_phone(text: str) -> str:
    """Hide the middle of a phone number: ``100****1234``."""
    return text[:3] + "*" * (len(text) - 7) + text[-4:] if len(text) >= 8 else "*" * len(text)


def due_state(due_on: dt.date | None, on: dt.date | None = None, warn_days: int = 3, done: bool = False) -> DueState:
    """Say how a due date stands on a day: done, without limit, overdue, near, or fine."""
    if done:
        return DueState("done", "check", "已办结")
    if due_on is None:
        return DueState("none", "clock", "不限时")
    left = (due_on - (on or today())).days
    if left < 0:
        return DueState("over", "alert-circle", f"超期 {-left} 天")
    if left <= warn_days:
        return DueState("warn", "calendar-due", "今天到期" if left == 0 else f"还剩 {left} 天")
    return DueState("fine", "clock", f"{due_on.month}月{due_on.day}日到期")


def typed(value: object) -> str:
    """Give a value as an input holds it: nothing for none, ``yes``/``no`` for booleans, text as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def money_typed(value: object) -> str:
    """Give an amount as the input holds it: integer fen become yuan, text typed before stays as typed."""
    return plain_yuan(value) if isinstance(value, int) and not isinstance(value, bool) else typed(value)


def date_parts(value: dt.date | str | Mapping[str, Any] | None) -> DateParts:
    """Split a date into what its inputs show; parts typed before stay as typed."""
    if isinstance(value, Mapping):
        return DateParts(typed(value.get("year")), typed(value.get("month")), typed(value.get("day")), iso="")
    text = value.isoformat() if isinstance(value, dt.date) else typed(value)
    year, _, rest = text.partition("-")
    first, _, second = rest.partition("-")
    return DateParts(year, first.lstrip("0"), second[:2].lstrip("0"), iso=text)
