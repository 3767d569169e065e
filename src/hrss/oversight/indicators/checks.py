"""What is checked before a figure is released: jumps, sums, arithmetic of the plan, other sources, bad rows.

A finding does not stop a release; it must be read, and the reviewer's opinion stands beside it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final

from hrss.foundation.datasets import Aggregate, dataset_of
from hrss.foundation.datasets.faults import faults
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.quality import count_faults
from hrss.foundation.datasets.running import number
from hrss.foundation.scope import acting
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Direction, Kind, Reach, Statistic
from hrss.oversight.indicators.models import Taking
from hrss.oversight.indicators.taking import ROBOT
from hrss.oversight.indicators.values import plain, value_of

JUMP_SHARE: Final = Decimal("0.15")
JUMP_POINTS: Final = Decimal(3)
JUMP_LEAST: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its kind, whether it passed, what it says."""

    kind: str
    passed: bool
    text: str


def check(statistic: Statistic, taking: Taking) -> list[dict[str, object]]:
    """Run every check on a taking and give the findings as JSON."""
    found = [_jump(statistic, taking), _sum(statistic, taking), *_arithmetic(statistic, taking)]
    found += [*_other_sources(statistic, taking), *_bad_rows(statistic)]
    return [asdict(one) for one in found if one is not None]


def _jump(statistic: Statistic, taking: Taking) -> Finding | None:
    """Compare the month with the one before: the change of stocks and rates, the growth of cumulative amounts."""
    month = YearMonth.parse(taking.month)
    before = queries.county_figure(statistic.code, month - 1)
    now = queries.figure_of_taking(taking)
    if before is None or now is None or statistic.kind is Kind.COMPOSITION:
        return Finding("jump", True, "没有上月数或为构成比，未比较")
    if statistic.reach is not Reach.MOMENT and month.month == 1:
        return Finding("jump", True, "新的统计期开始，未比较")
    new, old = (value_of(statistic, one.counts) for one in (now, before))
    if new is None or old is None:
        return Finding("jump", new is not None, "本月或上月没有分母")
    if statistic.kind is Kind.RATE:
        passed = abs(new - old) <= JUMP_POINTS
        return Finding("jump", passed, f"上月 {plain(old)}%，本月 {plain(new)}%，界限 ±{JUMP_POINTS} 个百分点")
    change = Decimal(now.counts.numerator - before.counts.numerator)
    few = abs(change) <= JUMP_LEAST or statistic.reach is Reach.YEAR
    share = abs(change) / max(abs(before.counts.numerator), 1)
    falls = statistic.reach is Reach.PLAN and change < 0 and statistic.direction is Direction.UP
    text = f"上月 {plain(old)}，本月 {plain(new)}，变化 {plain(100 * share)}%，界限 {plain(100 * JUMP_SHARE)}%"
    return Finding("jump", (few or share <= JUMP_SHARE) and not (falls and not few), text)


def _sum(statistic: Statistic, taking: Taking) -> Finding | None:
    """Townships must add up to the county, but for what is placed no lower than the county."""
    measure = statistic.main.numerator
    if measure is None or measure.aggregate is Aggregate.COUNT_DISTINCT:
        return Finding("sum", True, "按人去重，一人可在两地，乡镇数不要求相加")
    county = queries.figure_of_taking(taking)
    parts = queries.figures_below(taking, digits=9)
    total = sum(one.counts.numerator for one in parts.values())
    rest = (county.counts.numerator if county else 0) - total
    return Finding("sum", rest == 0, f"乡镇合计 {total}，未落到乡镇 {rest}")


def _arithmetic(statistic: Statistic, taking: Taking) -> list[Finding]:
    """A part of a row of the plan may not be larger than the row."""
    found = []
    month = YearMonth.parse(taking.month)
    for whole in statistics():
        if not any(goal.parent and goal.parent in {one.id for one in whole.goals} for goal in statistic.goals):
            continue
        other, own = queries.county_figure(whole.code, month), queries.figure_of_taking(taking)
        if other is not None and own is not None:
            passed = own.counts.numerator <= other.counts.numerator
            text = f"其中项 {own.counts.numerator} 不大于“{whole.title}” {other.counts.numerator}"
            found.append(Finding("arithmetic", passed, text))
    return found


def _other_sources(statistic: Statistic, taking: Taking) -> list[Finding]:
    own = queries.figure_of_taking(taking)
    window = statistic.window(YearMonth.parse(taking.month))
    found = []
    for cross in statistic.cross_checks:
        with acting(ROBOT):
            other = number(query_of(cross.measure, window)).value
        ratio = Decimal(own.counts.numerator if own else 0) / other if other else None
        passed = ratio is not None and cross.low <= ratio <= cross.high
        shown = "没有数" if ratio is None else f"比值 {plain(ratio.quantize(Decimal('0.001')))}"
        found.append(Finding("source", passed, f"{cross.title} {other}，{shown}，应在 {cross.low}—{cross.high}"))
    return found


def _bad_rows(statistic: Statistic) -> list[Finding]:
    names = {measure.dataset for _, measure in statistic.main.measures}
    found = []
    for name in sorted(names):
        dataset = dataset_of(name)
        with acting(ROBOT):
            counts = count_faults(dataset)
        wrong = [f"{fault.title} {counts[fault.code]} 行" for fault in faults(dataset) if counts[fault.code]]
        held = sum(counts[fault.code] for fault in faults(dataset) if fault.excluded)
        text = f"“{dataset.title}”：{'、'.join(wrong) or '没有问题行'}"
        found.append(Finding("rows", held == 0, text))
    return found
