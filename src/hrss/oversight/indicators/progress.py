"""Progress against the plan: where the path stands in a month, the light by a stated rule, what is needed from now.

The plan publishes no yearly figures; the path is laid by the rule the definition names and shown as ours. A goal of
a plan that is over is judged once, by its printed result.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.definitions import PLAN_YEARS, Direction, Goal, Kind, Path, Statistic
from hrss.oversight.indicators.values import Counts, plain, scaled_base, scaled_target, value_of

RULE: Final = "达到进度线为绿；差距在目标值 5%（比率 1 个百分点）以内为黄；更大为红。最后一年之后按目标本身评定。"
AMBER_SHARE: Final = Decimal("0.05")
AMBER_POINTS: Final = Decimal(1)
MONTHS: Final = PLAN_YEARS * 12
_OPERATORS: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "=": operator.eq,
}  # fmt: skip


class Light(StrEnum):
    """Red, amber, green; grey where there is nothing to judge."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a goal stands in a month, in the goal's unit. ``per_month`` is what each month left must bring."""

    goal: Goal
    month: YearMonth
    value: Decimal | None
    path: Decimal | None
    target: Decimal | None
    light: Light
    reached: bool | None
    months_left: int
    per_month: Decimal | None
    text: str

    @property
    def is_share(self) -> bool:
        """Whether the target is the share of a sample county, not the one that is printed for the whole."""
        return self.target != self.goal.target


def standing(statistic: Statistic, goal: Goal, month: YearMonth, counts: Counts | None, *, scale: Decimal) -> Standing:
    """Judge a goal in a month."""
    value = value_of(statistic, counts, unit=goal.unit) if counts else None
    target = scaled_target(statistic, goal, scale)
    path = path_at(statistic, goal, month, scale=scale)
    left = max(0, YearMonth(goal.target_year, 12) - month)
    if value is None or target is None or path is None or statistic.direction is Direction.NONE:
        return Standing(goal, month, value, path, target, Light.GREY, None, left, None, "没有数值或不评定")
    reached = meets(goal.op, value, target)
    light = _light(statistic, value, path, target, reached=reached)
    needed = None
    if left and not reached and statistic.path in (Path.EVEN, Path.STRAIGHT):
        needed = (target - value) / left
    return Standing(goal, month, value, path, target, light, reached, left, needed, _words(goal, light, value, path))


def path_at(statistic: Statistic, goal: Goal, month: YearMonth, *, scale: Decimal) -> Decimal | None:
    """Give the value the path asks for at the end of a month; the target itself after the last year."""
    target = scaled_target(statistic, goal, scale)
    if target is None or statistic.path is Path.HOLD:
        return target
    if statistic.path is Path.YEARLY:
        return target * month.month / 12
    done = month - YearMonth(goal.first_year, 1) + 1
    if done >= MONTHS:
        return target
    base = scaled_base(statistic, goal, scale)
    if statistic.path is Path.EVEN:
        base = Decimal(0)
    if base is None and statistic.kind is Kind.RATE:
        return target  # a rate does not start from nothing
    if base is None:
        return None if done < 0 else target * max(done, 0) / MONTHS
    return base + (target - base) * max(done, 0) / MONTHS


def meets(op: str, value: Decimal, target: Decimal) -> bool:
    """Tell whether a value meets a target by the plan's sign."""
    return _OPERATORS[op](value, target)


def printed_result(goal: Goal) -> bool | None:
    """Tell whether the printed result of a plan that is over met the printed target, sign and all."""
    if not goal.actual_text or goal.target is None or ":" in goal.actual_text:
        return None
    return meets(goal.op, Decimal(goal.actual_text), goal.target)


def _light(statistic: Statistic, value: Decimal, path: Decimal, target: Decimal, *, reached: bool) -> Light:
    behind = path - value if statistic.direction is Direction.UP else value - path
    if reached and (statistic.path is not Path.HOLD or behind <= 0):
        return Light.GREEN
    if behind <= 0:
        return Light.GREEN if statistic.direction is Direction.UP or reached else Light.AMBER
    allowed = AMBER_POINTS if statistic.kind is Kind.RATE else abs(target) * AMBER_SHARE
    return Light.AMBER if behind <= allowed else Light.RED


def _words(goal: Goal, light: Light, value: Decimal, path: Decimal) -> str:
    word = {Light.GREEN: "达到进度", Light.AMBER: "略落后", Light.RED: "落后"}[light]
    step = Decimal("0.0001")
    return f"{word}：{plain(value)}{goal.unit}，进度线 {plain(path.quantize(step))}{goal.unit}"
