"""Every goal of the plan judged on sourced figures: value, path, target, light, attainment, need a month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Direction, Goal, Kind, Statistic
from hrss.oversight.indicators.progress import Light, Standing, standing
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import plain, text_of
from hrss.oversight.projects.evaluation.released import Sourced, figures

SIGNS: Final = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝"}
_HUNDRED, _TENTH = Decimal(100), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Judged:
    """One goal with the figure it rests on."""

    statistic: Statistic
    goal: Goal
    source: Sourced | None
    text: str
    standing: Standing

    @property
    def unit(self) -> str:
        """The unit as it is printed; a ratio has none."""
        return self.goal.unit_words

    @property
    def target_words(self) -> str:
        """The plan's target with its sign, as printed there."""
        return (
            f"{SIGNS.get(self.goal.op, self.goal.op)}{self.goal.target_text}"
            if self.goal.target
            else self.goal.target_text
        )

    @property
    def is_met(self) -> bool | None:
        """Whether the target itself is met; None where it cannot be judged."""
        return self.standing.reached

    @property
    def rate(self) -> Decimal | None:
        """Attainment in per cent of the (scaled) target; a ceiling that is kept is 100."""
        value, target = self.standing.value, self.standing.target
        if value is None or target is None or self.statistic.kind is Kind.COMPOSITION:
            return None
        if self.statistic.direction is Direction.DOWN:
            return _HUNDRED if self.is_met else (_HUNDRED * target / value).quantize(_TENTH)
        return (_HUNDRED * value / target).quantize(_TENTH) if target else None

    @property
    def verdict(self) -> str:
        """The light in the report's words, by the stated rule."""
        if self.standing.light is Light.GREY:
            return "不评定" if self.source else "未取数"
        if self.standing.months_left == 0:
            return {Light.GREEN: "完成", Light.AMBER: "基本完成", Light.RED: "未完成"}[self.standing.light]
        if self.is_met:
            return "已达目标"
        return {Light.GREEN: "达到进度", Light.AMBER: "略落后", Light.RED: "落后"}[self.standing.light]

    @property
    def target_scaled(self) -> str:
        """The target as it is for this county: the plan's, or scaled with a sample."""
        return plain(self.standing.target) if self.standing.target is not None else self.goal.target_text


def judge(month: YearMonth) -> list[Judged]:
    """Judge every goal in the plan's order."""
    found = figures([one.code for one in statistics()], month)
    scale = share()
    every = [_judged(one, goal, found.get(one.code), month, scale) for one in statistics() for goal in one.goals]
    return sorted(every, key=lambda one: one.goal.order)


def _judged(statistic: Statistic, goal: Goal, source: Sourced | None, month: YearMonth, scale: Decimal) -> Judged:
    counts = source.kept.counts if source else None
    text = text_of(statistic, counts, unit=goal.unit) if counts else "未取数"
    return Judged(statistic, goal, source, text, standing(statistic, goal, month, counts, scale=scale))
