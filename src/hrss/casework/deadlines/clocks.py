"""Clocks of a case: started by an event, moved by suspensions and extensions, met or cancelled by another event.

Every clock stores the steps that led to its day. ``Case.act_by`` is the earlier of the statutory and the promised day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hrss.casework.deadlines.counting import count
from hrss.casework.items.definition import ItemDefinition, LimitRule
from hrss.casework.models import Case, Clock, Suspension
from hrss.kernel import workdays
from hrss.kernel.limits import Limit
from hrss.kernel.problem import Problem

ACCEPTANCE = LimitRule("5W", "行政许可法第三十二条：五个工作日内一次告知，逾期不告知的视为受理", "verified")
RECTIFICATION = Limit.parse("15W")
_HANDLING = (Clock.Kind.STATUTORY, Clock.Kind.PROMISED)
_WARN_SHARE = 0.3


def start(case: Case, kind: str, rule: LimitRule, *, on: date, about: str = "") -> Clock | None:
    """Start a clock by an event on a day; a limit without number (``-``) starts none. Gives the clock."""
    if rule.text == "-":
        return None
    counted = count(on, rule.limit)
    clock, _ = Clock.objects.update_or_create(
        case=case,
        kind=kind,
        about=about,
        start_on=on,
        defaults={
            "limit": rule.text,
            "due_on": counted.due_on,
            "warn_on": warning_day(on, counted.due_on),
            "source": rule.source[:200],
            "trace": counted.trace,
            "provisional": counted.provisional,
            "met_on": None,
            "cancelled": False,
        },
    )
    return clock


def start_handling(case: Case, item: ItemDefinition, *, on: date) -> None:
    """Start the statutory and the promised clock at acceptance and set the days of the case."""
    start(case, Clock.Kind.STATUTORY, item.statutory, on=on)
    start(case, Clock.Kind.PROMISED, item.promised, on=on)
    set_days(case)


def meet(case: Case, kinds: Iterable[str], *, on: date, about: str | None = None) -> None:
    """Stop the running clocks of these kinds: what they waited for has happened."""
    clocks = Clock.objects.filter(case=case, kind__in=list(kinds), met_on=None, cancelled=False)
    if about is not None:
        clocks = clocks.filter(about=about)
    clocks.update(met_on=on)


def cancel_all(case: Case) -> None:
    """Cancel every running clock: the case has left."""
    Clock.objects.filter(case=case, met_on=None, cancelled=False).update(cancelled=True)


def stop(case: Case) -> None:
    """Take the day away from the handling clocks while the case is suspended."""
    Clock.objects.filter(case=case, kind__in=_HANDLING, met_on=None, cancelled=False).update(due_on=None, warn_on=None)
    set_days(case)


def recount(case: Case) -> None:
    """Count the running clocks again with all suspensions and extensions, and store the new steps."""
    pauses = [workdays.Suspension(row.since, row.resumed, row.reason) for row in _suspensions(case)]
    for clock in Clock.objects.filter(case=case, met_on=None, cancelled=False):
        pausing = pauses if clock.kind in _HANDLING else []
        counted = count(clock.start_on, Limit.parse(clock.limit), suspensions=pausing, extended=clock.extended)
        clock.due_on, clock.trace, clock.provisional = counted.due_on, counted.trace, counted.provisional
        clock.warn_on = warning_day(clock.start_on, counted.due_on)
        clock.save(update_fields=["due_on", "warn_on", "trace", "provisional"])
    set_days(case)


def extend(case: Case) -> date | None:
    """Extend the statutory clock by what its limit allows, once; gives the new day.

    Problems: ``casework.no_extension``, ``casework.extended_already``, ``casework.suspended``.
    """
    clock = Clock.objects.filter(case=case, kind=Clock.Kind.STATUTORY, met_on=None, cancelled=False).first()
    if clock is None or Limit.parse(clock.limit).extension is None:
        raise Problem(
            "casework.no_extension",
            "这个事项的法定期限不能延长",
            remedy="请在期限内办结；确实办不完的，报负责人决定",
            rule="法律没有规定可以延长",
            status=409,
        )
    if clock.extended:
        raise Problem(
            "casework.extended_already",
            "期限已经延长过一次",
            remedy="请在延长后的期限内办结；确实办不完的，报负责人决定",
            rule="期限只能延长一次",
            status=409,
        )
    if case.suspended_from:
        raise Problem("casework.suspended", "办件中止期间不能延长期限", remedy="恢复办理后再延长", status=409)
    clock.extended = True
    clock.save(update_fields=["extended"])
    recount(case)
    return case.due_on


def set_days(case: Case) -> None:
    """Set the days of the case from its running clocks."""
    rows = list(Clock.objects.filter(case=case, kind__in=_HANDLING, met_on=None, cancelled=False))
    days = {row.kind: row.due_on for row in rows}
    case.due_on, case.promised_due_on = days.get(Clock.Kind.STATUTORY), days.get(Clock.Kind.PROMISED)
    case.act_by = min((row.due_on for row in rows if row.due_on), default=None)
    case.warn_on = min((row.warn_on for row in rows if row.warn_on), default=None)
    case.save(update_fields=["due_on", "promised_due_on", "act_by", "warn_on"])


def warning_day(start_on: date, due_on: date) -> date:
    """Give the day from which the case is yellow: the last three tenths of the time, at least the last day."""
    return due_on - timedelta(days=int((due_on - start_on).days * _WARN_SHARE))


def _suspensions(case: Case) -> Iterable[Suspension]:
    return Suspension.objects.filter(case=case).order_by("since")
