"""Plan attainment: targets with a sign, progress against elapsed time, and figures that contradict each other.

Direction is part of the target, never guessed from its name; contradictions of the plan are computed and shown, not
smoothed. Decimals are compared as written.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hrss.kernel.problem import Problem
from hrss.rules.engine import half_up, refuse, rule
from hrss.rules.engine.units import ONE, Choice, Count, Rate
from hrss.rules.general.signed import SignedRate

ARTICLE = "奉节县人力资源和社会保障事业发展“十四五”规划"
_SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, "≤": operator.le, ">": operator.gt, ">=": operator.ge, "≥": operator.ge,
    "=": operator.eq, "": operator.ge,
}  # fmt: skip
_WORDS = {
    "不低于": ">=", "不少于": ">=", "达到": ">=", "以上": ">=", "超过": ">", "大于": ">", "高于": ">",
    "不高于": "<=", "不超过": "<=", "以内": "<=", "控制在": "<=", "低于": "<", "小于": "<", "少于": "<",
}  # fmt: skip
_TARGET = re.compile(r"(<=|>=|[<>=≤≥]?)(-?[0-9]+(?:\.[0-9]+)?)")
_CHANGE = re.compile(r"(?:增加|增长|提高|提升|上升|下降|降低|减少)[^0-9]*([0-9]+(?:\.[0-9]+)?)")
_ROUNDED = Decimal(1)  # a figure "近 28%" or "约 28%" may be this far off


class Progress(Choice):
    """How a target stands against the time that has passed."""

    ON_TRACK = 1, "on_track"
    BEHIND = 2, "behind"


@dataclass(frozen=True, slots=True)
class Target:
    """A target: its sign (empty means at least) and its number."""

    sign: str
    value: Decimal

    def is_met_by(self, actual: Decimal) -> bool:
        """Tell whether an actual figure meets the target; ``>99`` is not met by 99."""
        return _SIGNS[self.sign](actual, self.value)


def read_target(text: str, *, field: str = "target") -> Target:
    """Read ``>=99.3``, ``<5.5%``, ``不低于 98``; a bare number means at least. Problem ``plan.target`` otherwise."""
    compact = re.sub(r"[\s,]", "", text).replace("＜", "<").replace("＞", ">")
    for word in sorted(_WORDS, key=len, reverse=True):
        if word in compact:
            compact = _WORDS[word] + compact.replace(word, "")
            break
    match = _TARGET.match(compact)
    if match is None:
        raise Problem("plan.target", f"“{text}”不是目标值", rule=ARTICLE, remedy="写作 >=99.3 或 <5.5", field=field)
    return Target(match[1], Decimal(match[2]))


def claimed_change(text: str) -> Decimal | None:
    """Give the change a sentence claims (“较 2015 年增加近 28%” → 28), None where it claims none."""
    match = _CHANGE.search(re.sub(r"\s", "", text))
    return Decimal(match[1]) if match else None


def matches_claim(text: str, *, before: Decimal, after: Decimal) -> bool:
    """Tell whether the change between two figures is what a sentence claims, within one unit of rounding."""
    claimed = claimed_change(text)
    return claimed is not None and abs(claimed - abs(after - before)) <= _ROUNDED


def shares_in_percent(parts: tuple[int, ...]) -> tuple[Decimal, ...]:
    """Give each part as percent of the sum, to two decimals; Problem ``plan.empty`` where the sum is zero."""
    whole = sum(parts)
    if whole <= 0:
        raise Problem("plan.empty", "合计应大于零", rule=ARTICLE, remedy="请核对各项人数", field="parts")
    return tuple((Decimal(part * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) for part in parts)


@rule(name="general.share", title="比率", article=ARTICLE, rounding="四舍五入到百万分之一")
def share(part: Count, whole: Count) -> Rate:
    """分子除以分母。

    part: 分子
    whole: 分母
    """
    if whole < 1:
        refuse("分母应大于零")
    return half_up(part * ONE, whole)


@rule(name="general.growth", title="增长率", article=ARTICLE, rounding="四舍五入到百万分之一")
def growth(base: Count, now: Count) -> SignedRate:
    """现值减基值，除以基值。

    base: 基值
    now: 现值
    """
    if base < 1:
        refuse("基值应大于零")
    return half_up((now - base) * ONE, base)


@rule(name="general.plan_progress", title="目标完成比例", article=ARTICLE, rounding="四舍五入到百万分之一")
def plan_progress(cumulative: Count, target: Count) -> Rate:
    """累计完成数除以目标数。

    cumulative: 累计完成
    target: 目标
    """
    if target < 1:
        refuse("目标应大于零")
    return half_up(cumulative * ONE, target)


@rule(name="general.plan_status", title="目标进度", article=ARTICLE)
def plan_status(progress: Rate, elapsed: Rate) -> Progress:
    """完成比例不低于时间进度的为正常，低于的为滞后。

    progress: 完成比例
    elapsed: 时间进度
    """
    return Progress.ON_TRACK if progress >= elapsed else Progress.BEHIND


@rule(name="general.insured_rate", title="参保率", article=ARTICLE, rounding="四舍五入到百万分之一")
def insured_rate(insured: Count, should_be: Count) -> Rate:
    """参保人数除以应参保人数；城乡居民养老、工伤、失业分别计算。

    insured: 参保人数
    should_be: 应参保人数
    """
    if should_be < 1:
        refuse("应参保人数应大于零")
    if insured > should_be:
        refuse("参保人数多于应参保人数")
    return half_up(insured * ONE, should_be)
