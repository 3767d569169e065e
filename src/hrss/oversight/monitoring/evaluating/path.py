"""The path of the plan: a goal fires when its light is red; the number is how many months in a row it has been."""

from __future__ import annotations

from datetime import date
from functools import partial

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Goal, Statistic
from hrss.oversight.indicators.progress import Light, standing
from hrss.oversight.indicators.queries import newest_complete_month, series
from hrss.oversight.indicators.sample import share
from hrss.oversight.monitoring.evaluating.places import county
from hrss.oversight.monitoring.evaluating.signal import Signal, Signals
from hrss.oversight.monitoring.rules import Rule


def behind_path(rule: Rule, day: date, known_by: date | None) -> Signals:
    """Give the goals of the plan in force that have been behind for so many months, by the goal's number.

    A goal whose plan was over before the day is not followed: its result stands.
    """
    last = newest_complete_month(day)
    signals = {}
    for statistic in statistics():
        for goal in statistic.goals:
            months = _red_months(statistic, goal, last, rule.back) if _is_followed(goal, last) else 0
            if months >= rule.at_least:
                signals[goal.id] = Signal(goal.id, county(), months, rule.level(months))
    return signals


def _is_followed(goal: Goal, last: YearMonth) -> bool:
    return goal.period == "145" and YearMonth(goal.first_year, 1) <= last <= YearMonth(goal.target_year, 12)


def _red_months(statistic: Statistic, goal: Goal, last: YearMonth, back: int) -> int:
    months = [last - step for step in range(back)]
    kept = series(statistic.code, months)
    judge = partial(standing, statistic, goal, scale=share())
    count = 0
    for month in months:
        if month not in kept or judge(month, kept[month].counts).light is not Light.RED:
            break
        count += 1
    return count
