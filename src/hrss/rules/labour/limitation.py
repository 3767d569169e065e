"""Limitation: one year to arbitration, two to inspection, with interruption, suspension and regional splits.

It tells whether a defence would hold and until when; it never closes the door by itself (the other side must raise
it). Pay owed during employment runs only from its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hrss.kernel.months import add_months

ARTICLE = "劳动争议调解仲裁法第二十七条"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which force majeure or a missing guardian kept the person from claiming, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Limitation:
    """Until when a claim is in time and whether the one at hand is; ``expires`` None means no limit runs yet."""

    expires: date | None
    barred: bool
    reason: str


def arbitration_limitation(
    *,
    filed: date,
    known: date | None = None,
    employment_end: date | None = None,
    is_pay: bool = False,
    interruptions: Iterable[date] = (),
    pauses: Iterable[Pause] = (),
    months: int = 12,
) -> Limitation:
    """Judge a claim filed on a day (调解仲裁法第二十七条).

    Pay (``is_pay``) is not limited while employment lasts and runs from ``employment_end`` after. An interruption
    inside the running period starts it anew; a pause adds its days.
    """
    start = employment_end if is_pay else known
    if start is None:
        return Limitation(None, False, "劳动关系存续期间拖欠劳动报酬的，不受一年时效限制")
    expires = _pushed(add_months(start, months), start, pauses)
    reason = "自劳动关系终止之日起一年" if is_pay else "自知道或者应当知道权利被侵害之日起一年"
    for event in sorted(interruptions):
        if start <= event <= expires:
            start, expires = event, _pushed(add_months(event, months), event, pauses)
            reason = f"{event} 时效中断，从中断时起重新计算一年"
    return Limitation(expires, filed > expires, reason)


def inspection_limitation(*, first_complaint: date, violation_end: date | None, years: int = 2) -> Limitation:
    """Judge whether an employer's breach is still investigated (劳动保障监察条例第二十条).

    A breach that goes on (``violation_end`` None) is always in time; else the period runs from its end.
    """
    if violation_end is None:
        return Limitation(None, False, "违法行为仍在继续，查处时效未开始")
    expires = add_months(violation_end, years * 12)
    return Limitation(expires, first_complaint > expires, "自违法行为发生或者终了之日起两年")


def _pushed(expires: date, start: date, pauses: Iterable[Pause]) -> date:
    """Move an end by the paused days that lie inside the running period."""
    for pause in sorted(pauses, key=lambda one: one.first):
        first = max(pause.first, start)
        if first <= min(pause.last, expires):
            expires += timedelta(days=(pause.last - first).days + 1)
    return expires
