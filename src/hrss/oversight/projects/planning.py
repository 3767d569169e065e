"""Laying a year's quantity and sharing it out: by the plan's path, then by weight, to the last unit.

A cumulative target gives each year its part of the path; a stock or a rate gives the value the path asks for at the
year's end. Shares by weight are whole steps of the unit and add up exactly (largest remainders, then code).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from hrss.foundation.datasets import Measure, Time, Window
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import by_region
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.definitions import Goal, Reach, Statistic
from hrss.oversight.indicators.progress import path_at
from hrss.oversight.projects.packs import TaskSpec

WHOLE: Final = Decimal(1)
FINE: Final = Decimal("0.0001")
STEPS: Final = {"%": Decimal("0.01"), "万人": FINE, "万人次": FINE, "亿元": FINE, "㎡": Decimal("0.01")}
TOWNSHIP_DIGITS: Final = 9
_ROBOT = system_actor("projects.planning").for_purpose("statistics")
_PEOPLE = Measure("people.persons", time=Time.STOCK)


def quantity_of(spec: TaskSpec, year: int) -> Decimal:
    """Give what a task asks for in a year, in its unit. Problem ``projects.no_quantity`` where neither says."""
    if year in spec.quantities:
        return spec.quantities[year]
    laid = _by_path(spec.statistic, spec.goal, year) if spec.statistic and spec.goal else None
    if laid is None:
        raise Problem(
            "projects.no_quantity",
            f"任务“{spec.title}”没有 {year} 年的数量",
            rule="年度数量来自规划目标的进度线，或在任务文件里写明",
            remedy="在 packs 的任务文件里补上这一年的数量",
        )
    return laid.quantize(step_of(spec.unit), rounding=ROUND_HALF_UP)


def step_of(unit: str) -> Decimal:
    """Give the smallest step of a unit."""
    return STEPS.get(unit, WHOLE)


def shared_out(quantity: Decimal, weights: Mapping[str, int], *, unit: str) -> dict[str, Decimal]:
    """Share a quantity by weight in whole steps of its unit; the parts add up to it exactly."""
    step, total = step_of(unit), sum(weights.values())
    steps = int(quantity / step)
    exact = {code: Decimal(steps) * weight / max(total, 1) for code, weight in weights.items()}
    parts = {code: int(value.to_integral_value(rounding=ROUND_FLOOR)) for code, value in exact.items()}
    order = sorted(weights, key=lambda code: (parts[code] - exact[code], code))
    for code in order[: steps - sum(parts.values())]:
        parts[code] += 1
    return {code: part * step for code, part in parts.items()}


def people_by_township(day: date) -> dict[str, int]:
    """Give how many people each township had on a day: the weight tasks are shared by."""
    with acting(_ROBOT):
        found = by_region(query_of(_PEOPLE, Window(day, day)), TOWNSHIP_DIGITS)
    return {code: reading.value for (_, code), reading in sorted(found.items()) if code}


def _by_path(statistic: Statistic, goal: Goal, year: int) -> Decimal | None:
    now = path_at(statistic, goal, YearMonth(year, 12), scale=WHOLE)
    if not accumulates(statistic) or now is None:
        return now
    before = path_at(statistic, goal, YearMonth(year - 1, 12), scale=WHOLE)
    return now - (before or 0) if year > goal.first_year else now


def accumulates(statistic: Statistic) -> bool:
    """Tell whether values add up over the five years, so that a year's part is a difference."""
    return statistic.reach is Reach.PLAN and statistic.kind.value == "amount"
