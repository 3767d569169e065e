"""Where a goal will stand at its last month, seen from a month of the plan: band, chance, and what came of it.

It goes by the kept figures up to the month it looks from, so a look from 2023 knows nothing of 2024. It refuses to
say anything after the goal's last month: then there is a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hrss.analytics.forecasting import Band, outlook
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.definitions import Direction, Goal, Kind, Reach, Statistic
from hrss.oversight.indicators.values import scaled_target, value_of


@dataclass(frozen=True, slots=True)
class GoalOutlook:
    """The band month by month up to the goal's end; ``chance`` of meeting it; ``method`` in words."""

    months: tuple[YearMonth, ...]
    bands: tuple[Band, ...]
    chance: float | None
    method: str

    @property
    def end(self) -> Band:
        """The band of the last month."""
        return self.bands[-1]


def goal_outlook(statistic: Statistic, goal: Goal, as_of: YearMonth, *, scale: Decimal) -> GoalOutlook | None:
    """Look from ``as_of`` to the goal's end; None where there is nothing ahead, no series or no single number."""
    end = YearMonth(goal.target_year, 12)
    steps = end - as_of
    if steps < 1 or statistic.kind is Kind.COMPOSITION or as_of < YearMonth(goal.first_year, 1):
        return None
    values = monthly_values(statistic, goal, as_of)
    cumulative = statistic.reach is Reach.PLAN and statistic.kind is Kind.AMOUNT
    series = _steps(values) if cumulative else values
    try:
        seen = outlook(series, steps, floor=None if cumulative else 0.0)
    except Problem:
        return None
    so_far = values[-1]
    bands = seen.sums(so_far=so_far) if cumulative else seen.bands()
    target, chance = scaled_target(statistic, goal, scale), None
    if target is not None:
        at_most = statistic.direction is Direction.DOWN
        chance = seen.chance(float(target), at_most=at_most, cumulative=cumulative, so_far=so_far)
    return GoalOutlook(tuple(as_of + one for one in range(1, steps + 1)), bands, chance, seen.method)


def monthly_values(statistic: Statistic, goal: Goal, as_of: YearMonth) -> list[float]:
    """Give the kept values from the goal's first month to ``as_of``, in the goal's unit; gaps are left out."""
    first = YearMonth(goal.first_year, 1)
    months = [first + offset for offset in range(as_of - first + 1)]
    found = queries.series(statistic.code, months)
    values = (value_of(statistic, found[month].counts, unit=goal.unit) for month in months if month in found)
    return [float(value) for value in values if value is not None]


def _steps(values: list[float]) -> list[float]:
    return [now - before for before, now in zip([0.0, *values], values, strict=False)]
