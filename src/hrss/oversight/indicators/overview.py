"""What pages and reports show of indicators: every goal with its standing, one statistic with its whole story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.charts import Trend
from hrss.oversight.indicators.definitions import PLAN_YEARS, Goal, Kind, Statistic
from hrss.oversight.indicators.outlooks import GoalOutlook, goal_outlook
from hrss.oversight.indicators.progress import Standing, path_at, standing
from hrss.oversight.indicators.queries import Kept
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import text_of, value_of


@dataclass(frozen=True, slots=True)
class Line:
    """One goal in a list: the statistic, the kept number, its text and its standing."""

    statistic: Statistic
    goal: Goal
    figure: Kept | None
    text: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Story:
    """One statistic in a month: the goal it is judged by, numbers of all conventions, trend, outlook."""

    line: Line
    conventions: dict[str, str]
    trend: Trend
    outlook: GoalOutlook | None


def lines(month: YearMonth) -> list[Line]:
    """Give every goal of the plan in its order, as it stands in a month."""
    found = queries.county_figures([one.code for one in statistics()], month)
    scale = share()
    every = [_line(one, goal, found.get(one.code), month, scale) for one in statistics() for goal in one.goals]
    return sorted(every, key=lambda line: line.goal.order)


def story(statistic: Statistic, month: YearMonth, *, goal: Goal | None = None) -> Story:
    """Give the whole story of a statistic, seen from a month."""
    chosen = goal or statistic.lead
    scale = share()
    figure = queries.county_figure(statistic.code, month)
    texts = {}
    for convention in statistic.conventions:
        one = queries.county_figure(statistic.code, month, convention=convention.code)
        texts[convention.code] = text_of(statistic, one.counts) if one else "未取数"
    seen = goal_outlook(statistic, chosen, month, scale=scale)
    return Story(
        _line(statistic, chosen, figure, month, scale), texts, _trend(statistic, chosen, month, seen, scale), seen
    )


def plan_months(goal: Goal, month: YearMonth) -> Sequence[YearMonth]:
    """Give the months a trend shows: the goal's plan, and the months after it up to ``month``."""
    first = max(YearMonth(goal.first_year, 1), YearMonth(2021, 1))
    last = max(YearMonth(goal.target_year, 12), month)
    return [first + offset for offset in range(min(last - first + 1, PLAN_YEARS * 24))]


def _line(statistic: Statistic, goal: Goal, figure: Kept | None, month: YearMonth, scale: Decimal) -> Line:
    counts = figure.counts if figure else None
    text = text_of(statistic, counts, unit=goal.unit) if counts else "未取数"
    return Line(statistic, goal, figure, text, standing(statistic, goal, month, counts, scale=scale))


def _trend(statistic: Statistic, goal: Goal, month: YearMonth, seen: GoalOutlook | None, scale: Decimal) -> Trend:
    months = [one for one in plan_months(goal, month) if one <= month or seen is not None]
    found = {} if statistic.kind is Kind.COMPOSITION else queries.series(statistic.code, months)
    values = [
        _number(value_of(statistic, found[one].counts, unit=goal.unit)) if one in found else None for one in months
    ]
    shown = tuple(value if one <= month else None for one, value in zip(months, values, strict=True))
    path = tuple(_number(path_at(statistic, goal, one, scale=scale)) for one in months)
    bands = seen.bands if seen else ()
    return Trend(
        title=f"{goal.name}逐月",
        unit=goal.unit,
        labels=tuple(f"{one.year}-{one.month:02d}" for one in months),
        values=shown,
        path=path,
        low=tuple(band.low for band in bands),
        middle=tuple(band.middle for band in bands),
        high=tuple(band.high for band in bands),
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
