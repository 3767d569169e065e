"""Deadlines: counting working days, days, months and quarters over a given table of working days.

民法典第二百零一至二百零三条: the day of the event is not counted, a period in months ends on the corresponding day, a
last day that is a rest day moves to the next working day. It refuses to count into a year whose calendar is not
confirmed, and every due date comes with the steps that led to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from hrss.kernel.limits import Limit, LimitUnit
from hrss.kernel.months import YearMonth, add_months
from hrss.kernel.problem import Problem

RULE = "《中华人民共和国民法典》第二百零一条、第二百零二条、第二百零三条"
_ONE_DAY = timedelta(days=1)


class WorkCalendar(Protocol):
    """Anything that knows which days are worked; it raises a Problem for a day it does not know."""

    def is_working(self, day: date, /) -> bool:
        """Tell whether the day is a working day."""
        ...


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """A calendar by its exceptions: weekdays off and weekends worked, for the years the State Council has announced."""

    days_off: frozenset[date]
    days_worked: frozenset[date]
    years: frozenset[int]

    def __post_init__(self) -> None:
        if self.days_off & self.days_worked:
            raise ValueError("a day cannot be both off and worked")

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working day; Problem ``deadline.calendar_unknown`` outside the confirmed years."""
        if day.year not in self.years:
            raise Problem(
                "deadline.calendar_unknown",
                f"{day.year} 年的工作日历还没有确认，不能计算期限",
                rule="国务院办公厅每年发布的节假日安排",
                remedy="请系统管理员先导入并确认该年度工作日历",
                field="calendar",
                year=day.year,
            )
        return day in self.days_worked or (day.weekday() < 5 and day not in self.days_off)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that are not counted: from ``since`` up to the day before ``resumed``; ``resumed`` None is still running."""

    since: date
    resumed: date | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.resumed is not None and self.resumed < self.since:
            raise ValueError("a suspension cannot be lifted before it began")

    def covers(self, day: date) -> bool:
        """Tell whether the day is not counted."""
        return self.since <= day and (self.resumed is None or day < self.resumed)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: the day reached and why, in words."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day, the day before rolling over rest days, and the steps."""

    due_on: date
    natural: date
    trace: tuple[Step, ...]


def due_date(
    start: date,
    limit: Limit,
    *,
    calendar: WorkCalendar,
    suspensions: Iterable[Suspension] = (),
    extended: bool = False,
    rolls: bool = True,
) -> DueDate:
    """Give the last day of a limit that begins with an event on ``start``.

    ``extended`` adds the limit's extension, counted on from the natural end. ``rolls`` False keeps a last day on a
    rest day (for periods the law counts back or ends by a fixed day). Problems: ``deadline.no_limit`` for a limit
    without number, ``deadline.no_extension``, ``deadline.suspended`` while a suspension runs,
    ``deadline.calendar_unknown`` beyond the confirmed calendar.
    """
    pauses = tuple(sorted(suspensions, key=lambda pause: pause.since))
    trace = [Step(start, f"起算事件发生日 {start}，当日不计入，从次日起算")]
    natural = _count(start, limit.base, calendar=calendar, pauses=pauses, trace=trace)
    if extended:
        if limit.extension is None:
            raise Problem(
                "deadline.no_extension",
                f"期限“{limit.words}”不能延长",
                remedy="请在原来的期限内办结",
                rule=RULE,
                field="limit",
            )
        natural = _count(natural, limit.extension, calendar=calendar, pauses=pauses, trace=trace, word="延长")
    due_on = roll_forward(natural, calendar=calendar) if rolls else natural
    if due_on != natural:
        trace.append(Step(due_on, f"{natural} 是法定休息日，顺延到之后的第一个工作日 {due_on}"))
    trace.append(Step(due_on, f"最后一日为 {due_on}"))
    return DueDate(due_on, natural, tuple(trace))


def roll_forward(day: date, *, calendar: WorkCalendar) -> date:
    """Give the day itself where it is worked, else the next working day (民法典第二百零三条)."""
    while not calendar.is_working(day):
        day += _ONE_DAY
    return day


def roll_back(day: date, *, calendar: WorkCalendar) -> date:
    """Give the day itself where it is worked, else the working day before."""
    while not calendar.is_working(day):
        day -= _ONE_DAY
    return day


def latest_before(event: date, limit: Limit, *, calendar: WorkCalendar) -> date:
    """Count back: the last day on which something due a limit before an event is in time.

    The event's day is not counted; the result does not move over rest days, since waiting would be too late.
    """
    if limit.unit in (LimitUnit.MONTH, LimitUnit.YEAR):
        return add_months(event, -limit.number * (12 if limit.unit is LimitUnit.YEAR else 1))
    if limit.unit is LimitUnit.DAY:
        return event - timedelta(days=limit.number)
    if limit.unit is not LimitUnit.WORKING_DAY:
        raise _no_limit(limit)
    day = event
    for _ in range(limit.number):
        day = roll_back(day - _ONE_DAY, calendar=calendar)
    return day


def working_days_between(
    start: date, end: date, *, calendar: WorkCalendar, suspensions: Iterable[Suspension] = ()
) -> int:
    """Number of working days after ``start`` up to and including ``end`` that count; 0 where ``end`` is not later."""
    pauses = tuple(suspensions)
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(calendar.is_working(day) and not _paused(day, pauses) for day in days)


def next_working_day(day: date, *, calendar: WorkCalendar) -> date:
    """Give the first working day after a day."""
    return roll_forward(day + _ONE_DAY, calendar=calendar)


def _count(
    start: date,
    limit: Limit,
    *,
    calendar: WorkCalendar,
    pauses: tuple[Suspension, ...],
    trace: list[Step],
    word: str = "期限",
) -> date:
    """Walk a limit from ``start``; days inside a pause do not count."""
    if limit.unit is LimitUnit.NONE:
        raise _no_limit(limit)
    if limit.unit is LimitUnit.ON_THE_SPOT:
        trace.append(Step(start, "即时办结，当日为限"))
        return start
    if limit.unit is LimitUnit.WORKING_DAY:
        end = _walk(start, limit.number, pauses=pauses, counts=calendar.is_working)
    elif limit.unit is LimitUnit.DAY:
        end = _walk(start, limit.number, pauses=pauses, counts=_always)
    else:
        end = _months_end(start, limit, pauses=pauses)
    paused = sum(1 for day in _days(start, end) if _paused(day, pauses))
    trace.append(Step(end, f"{word}{limit.words}" + (f"，其间中止 {paused} 日不计" if paused else "") + f"，到 {end}"))
    return end


def _months_end(start: date, limit: Limit, *, pauses: tuple[Suspension, ...]) -> date:
    natural = _corresponding_day(start, limit)
    stopped = sum(1 for day in _days(start, natural) if _paused(day, pauses))
    return _walk(natural, stopped, pauses=pauses, counts=_always)


def _corresponding_day(start: date, limit: Limit) -> date:
    if limit.unit is LimitUnit.MONTH:
        return add_months(start, limit.number)
    if limit.unit is LimitUnit.YEAR:
        return add_months(start, limit.number * 12)
    # By quarter: the first counted day's own quarter is the first one.
    first = YearMonth.of(start + _ONE_DAY)
    return (first + ((3 - first.month) % 3 + 3 * (limit.number - 1))).last_day


def _walk(start: date, number: int, *, pauses: tuple[Suspension, ...], counts: Callable[[date], bool]) -> date:
    day = start
    while number:
        day += _ONE_DAY
        pause = next((one for one in pauses if one.covers(day)), None)
        if pause is not None:
            day = _last_paused_day(pause)
        elif counts(day):
            number -= 1
    return day


def _last_paused_day(pause: Suspension) -> date:
    if pause.resumed is None:
        raise Problem(
            "deadline.suspended",
            f"期限自 {pause.since} 起中止，尚未恢复，到期日待恢复后计算",
            rule="中止期间不计入办理时限",
            remedy="恢复办理后系统自动续算",
            field="suspensions",
            since=pause.since,
        )
    return pause.resumed - _ONE_DAY


def _paused(day: date, pauses: tuple[Suspension, ...]) -> bool:
    return any(pause.covers(day) for pause in pauses)


def _days(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))


def _always(_day: date) -> bool:
    return True


def _no_limit(limit: Limit) -> Problem:
    return Problem(
        "deadline.no_limit", f"“{limit.words}”不能计算到期日", rule=RULE, remedy="请先为该事项设定时限", field="limit"
    )
