"""How a task stands in a month: value since the year began, the line it should have reached, a light by rule.

A bound task is read from kept figures; another from confirmed reports. A county that is a sample has its quantities
in heads scaled with it, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.definitions import Direction, Kind, Path, Reach, Statistic, plan_start
from hrss.oversight.indicators.progress import AMBER_POINTS, AMBER_SHARE, Light, meets
from hrss.oversight.indicators.queries import Kept
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import Counts, value_of
from hrss.oversight.projects.models import AnnualTask, ProgressReport, TaskShare
from hrss.oversight.projects.planning import accumulates

RULE: Final = (
    "年内看进度：累计数按月均分，存量从上年末到年末走直线，比率和守住的数全年都按目标；"
    "差距在任务数 5%（比率 1 个百分点）以内为黄，更大为红；年末看任务数本身。"
)
_YEAR: Final = 12
_HUNDRED: Final = Decimal(100)
_TENTH: Final = Decimal("0.1")
COUNTY_DIGITS, TOWNSHIP_DIGITS = 6, 9
_ROBOT = system_actor("projects.standing").for_purpose("statistics")


@dataclass(frozen=True, slots=True)
class Standing:
    """One quantity in a month, in the task's unit. ``rate`` is the part done, in per cent, where it says something."""

    value: Decimal | None
    quantity: Decimal
    line: Decimal
    light: Light
    reached: bool | None
    rate: Decimal | None
    taking: UUID | None

    @property
    def words(self) -> str:
        """The light in words."""
        return {
            Light.GREEN: "达到进度", Light.AMBER: "略落后", Light.RED: "落后", Light.GREY: "没有数据",
        }[self.light]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value since the start of the year and the taking it comes from; ``base`` is where the year began (stocks)."""

    value: Decimal | None
    base: Decimal | None = None
    taking: UUID | None = None


NOTHING: Final = Value(None)


def tasks_standing(tasks: Sequence[AnnualTask], month: YearMonth) -> dict[UUID, Standing]:
    """Give how tasks of one year stand at a month's end."""
    bound = [one for one in tasks if one.statistic]
    now, before = _county(bound, month), _county(bound, YearMonth(month.year - 1, _YEAR))
    values = {one.id: _measured(one, now.get(one.statistic), before.get(one.statistic)) for one in bound}
    values |= _reported([one for one in tasks if not one.statistic], month)
    return {one.id: judged(one, one.quantity, values.get(one.id, NOTHING), month) for one in tasks}


def shares_standing(task: AnnualTask, shares: Sequence[TaskShare], month: YearMonth) -> dict[UUID, Standing]:
    """Give how the shares of a task stand at a month's end."""
    values = _measured_shares(task, shares, month) if task.statistic else _reported_shares(shares, month)
    return {one.id: judged(task, one.quantity, values.get(one.id, NOTHING), month) for one in shares}


def own_standing(shares: Sequence[TaskShare], region: str, month: YearMonth) -> dict[UUID, Standing]:
    """Give how the shares of one place stand, over many tasks of one year."""
    codes = sorted({one.task.statistic for one in shares if one.task.statistic})
    now = queries.figures_of_place(codes, month, region)
    before = queries.figures_of_place(codes, YearMonth(month.year - 1, _YEAR), region)
    values = {
        one.id: _measured(one.task, now.get(one.task.statistic), before.get(one.task.statistic))
        for one in shares
        if one.task.statistic
    }
    values |= _reported_shares([one for one in shares if not one.task.statistic], month)
    return {one.id: judged(one.task, one.quantity, values.get(one.id, NOTHING), month) for one in shares}


def course(task: AnnualTask, month: YearMonth) -> list[tuple[YearMonth, Standing]]:
    """Give how a measured task stood at the end of every month of its year so far."""
    then, months = YearMonth(task.year - 1, _YEAR), months_of(task.year, month)
    found = queries.series(task.statistic, [then, *months])
    values = [_measured(task, found.get(one), found.get(then)) for one in months]
    return [(one, judged(task, task.quantity, value, one)) for one, value in zip(months, values, strict=True)]


def months_of(year: int, until: YearMonth) -> list[YearMonth]:
    """Give the months of a year up to one month."""
    return [month for month in (YearMonth(year, one) for one in range(1, _YEAR + 1)) if month <= until]


def judged(task: AnnualTask, quantity: Decimal, value: Value, month: YearMonth) -> Standing:
    """Judge a value against a quantity of the task in a month."""
    statistic = statistic_of(task.statistic) if task.statistic else None
    wanted = quantity * share() if statistic and statistic.scales and statistic.kind is Kind.AMOUNT else quantity
    line = _line(statistic, wanted, value.base, month)
    if value.value is None:
        return Standing(None, wanted, line, Light.GREY, None, None, value.taking)
    reached = _reached(task, statistic, value.value, wanted)
    light = _light(task, statistic, value.value, line, wanted, last=month.month == _YEAR)
    rate = _rate(statistic, value.value, wanted)
    return Standing(value.value, wanted, line, light, reached, rate, value.taking)


def reading(task: AnnualTask, region: str, month: YearMonth) -> Value:
    """Give what was measured for one place, with its taking; nothing for a task that is reported."""
    if not task.statistic:
        return NOTHING
    months = [YearMonth(month.year - 1, _YEAR), month]
    found = queries.series(task.statistic, months, region="" if len(region) < TOWNSHIP_DIGITS else region)
    return _measured(task, found.get(month), found.get(months[0]))


# Values ---------------------------------------------------------------------------------------------------------------


def _county(tasks: Iterable[AnnualTask], month: YearMonth) -> dict[str, Kept]:
    return queries.county_figures(sorted({one.statistic for one in tasks}), month)


def _measured(task: AnnualTask, now: Kept | None, before: Kept | None) -> Value:
    """Take the year's part of a figure: the difference to the last December where amounts run over the plan.

    A rate that runs over the plan stays as it is: cases closed in a year are not those taken in it.
    """
    if now is None:
        return NOTHING
    statistic = statistic_of(task.statistic)
    counts, base = now.counts, None
    if accumulates(statistic) and before is not None and plan_start(task.year) < task.year:
        counts = _difference(now.counts, before.counts)
    if statistic.reach is Reach.MOMENT and statistic.kind is Kind.AMOUNT and before is not None:
        base = value_of(statistic, before.counts, unit=task.unit)
    return Value(value_of(statistic, counts, unit=task.unit), base, now.taking)


def _difference(now: Counts, before: Counts) -> Counts:
    bottom = None if now.denominator is None else now.denominator - (before.denominator or 0)
    return Counts(now.numerator - before.numerator, bottom)


def _measured_shares(task: AnnualTask, shares: Sequence[TaskShare], month: YearMonth) -> dict[UUID, Value]:
    then = YearMonth(month.year - 1, _YEAR)
    now, before = _places(task, shares, month), _places(task, shares, then)
    return {one.id: _measured(task, now.get(one.region_code), before.get(one.region_code)) for one in shares}


def _places(task: AnnualTask, shares: Sequence[TaskShare], month: YearMonth) -> dict[str, Kept]:
    """Give the kept figures of a month by place, for the places that have a share."""
    taking = queries.latest_takings([task.statistic], [month]).get((task.statistic, str(month)))
    if taking is None:
        return {}
    wide = any(len(one.region_code) < TOWNSHIP_DIGITS for one in shares)
    found = queries.figures_below(taking, digits=TOWNSHIP_DIGITS) if len(shares) > 1 or not wide else {}
    if wide:
        found |= queries.figures_below(taking, digits=COUNTY_DIGITS)
    return found


def _reported(tasks: Sequence[AnnualTask], month: YearMonth) -> dict[UUID, Value]:
    """Add up the newest confirmed report of every share: a total of the county, so it is read as the house itself."""
    totals: dict[UUID, Decimal] = {}
    with acting(_ROBOT):
        found = _newest(ProgressReport.objects.filter(share__task__in=tasks), month)
        for task, value in found.values_list("share__task_id", "value"):
            totals[task] = totals.get(task, Decimal(0)) + (value or 0)
    return {task: Value(total) for task, total in totals.items()}


def _reported_shares(shares: Sequence[TaskShare], month: YearMonth) -> dict[UUID, Value]:
    found = _newest(ProgressReport.objects.filter(share__in=shares), month)
    return {share_id: Value(value) for share_id, value in found.values_list("share_id", "value")}


def _newest(rows: QuerySet[ProgressReport], month: YearMonth) -> QuerySet[ProgressReport]:
    kept = rows.filter(state=ProgressReport.State.CONFIRMED, month__lte=str(month), value__isnull=False)
    return kept.order_by("share_id", "-month").distinct("share_id")


# Rules ----------------------------------------------------------------------------------------------------------------


def _line(statistic: Statistic | None, wanted: Decimal, base: Decimal | None, month: YearMonth) -> Decimal:
    """Give the value the year should have reached by the month's end."""
    part = Decimal(month.month) / _YEAR
    if statistic is None:
        return wanted * part
    if statistic.path is Path.HOLD or statistic.kind is Kind.RATE:
        return wanted
    if statistic.reach is not Reach.MOMENT:
        return wanted * part
    return wanted if base is None else base + (wanted - base) * part


def _light(
    task: AnnualTask, statistic: Statistic | None, value: Decimal, line: Decimal, wanted: Decimal, *, last: bool
) -> Light:
    aim = wanted if last else line
    behind = aim - value if _upward(statistic) else value - aim
    if _reached(task, statistic, value, wanted) or (not last and behind <= 0):
        return Light.GREEN
    is_rate = statistic is not None and statistic.kind is Kind.RATE
    allowed = AMBER_POINTS if is_rate else abs(wanted) * AMBER_SHARE
    return Light.AMBER if 0 <= behind <= allowed and wanted else Light.RED


def _rate(statistic: Statistic | None, value: Decimal, wanted: Decimal) -> Decimal | None:
    """Give how much of the quantity is done, in per cent; a ceiling that is kept counts as done."""
    if not _upward(statistic):
        return _HUNDRED if value <= wanted else (_HUNDRED * wanted / value).quantize(_TENTH)
    return (_HUNDRED * value / wanted).quantize(_TENTH) if wanted else None


def _reached(task: AnnualTask, statistic: Statistic | None, value: Decimal, wanted: Decimal) -> bool:
    """Tell whether the quantity is met; more than an exact number that should rise is met too (392 of 390 villages)."""
    return meets(task.op, value, wanted) or (task.op == "=" and _upward(statistic) and value > wanted)


def _upward(statistic: Statistic | None) -> bool:
    return statistic is None or statistic.direction is not Direction.DOWN
