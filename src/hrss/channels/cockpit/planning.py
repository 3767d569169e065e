"""The plan on the board: every goal with its light, its path, its outlook; measured monthly, never typed in.

It shows what ``oversight.indicators`` kept. A number that rests on the demonstration's history says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import caches

from hrss.channels.cockpit.drawing import Drawing, Line, over_time
from hrss.channels.cockpit.frame import FIRST_MONTH, Frame
from hrss.channels.ui.formats import today
from hrss.channels.ui.lights import LIGHTS
from hrss.foundation.jobs.queue import is_under_way
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.definitions import Goal, Statistic
from hrss.oversight.indicators.outlooks import GoalOutlook, goal_outlook
from hrss.oversight.indicators.progress import Light, path_at, standing
from hrss.oversight.indicators.queries import Kept, county_figures, newest_complete_month, series
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import is_scaled, plain, text_of, value_of

PERIODS = {"p14": "“十四五”专栏2", "t": "规划正文目标", "p13": "“十三五”表1"}
SUBJECTS: dict[str, tuple[str, ...]] = {
    "employment": (
        "new_urban_employment", "registered_unemployment_rate", "surveyed_unemployment_rate", "zero_families",
        "lifted_out_employment", "rural_transfer", "start_up_loans", "full_employment_communities",
        "full_employment_villages", "workshops", "park_jobs", "returned_migrants",
    ),
    "insurance": (
        "resident_pension_coverage", "unemployment_coverage", "unemployment_participants", "work_injury_coverage",
        "work_injury_participants", "card_holders",
    ),
    "talent": (
        "talent_total", "professional_talent", "senior_titles", "title_structure", "skilled_talent",
        "highly_skilled_talent", "new_certificates", "training_person_times", "migrant_training",
        "professionals_trained", "scarce_talent", "returned_graduates", "returned_entrepreneurs", "returned_managers",
        "returned_technicians",
    ),
    "labour": (
        "contract_signing_rate", "mediation_success_rate", "arbitration_conclusion_rate", "inspection_conclusion_rate",
        "harmonious_enterprises",
    ),
}  # fmt: skip
_OUTLOOK_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal on a board. ``whole`` is the county's printed target where ``target`` is only a sample's share of it."""

    statistic: Statistic
    goal: Goal
    value: str
    target: str
    light: str
    kind: str
    text: str
    unit: str
    done: float | None
    history: bool
    whole: str = ""


def month_of(frame: Frame) -> YearMonth:
    """Give the month the plan is seen at: the frame's, the last one that is over, or the plan's own last month."""
    end = YearMonth(max(goal.target_year for one in statistics() for goal in one.goals), 12)
    return min(frame.month, newest_complete_month(today()), end)


def goal_lines(
    frame: Frame, codes: Collection[str] | None = None, *, period: str = "", scale: Decimal | None = None
) -> list[GoalLine]:
    """Give the goals of the chosen statistics (all when None) at the frame's month, in the plan's order.

    ``scale`` is the share of the county that is here, for a page that knows it already.
    """
    month = month_of(frame)
    wanted = [one for one in statistics() if codes is None or one.code in codes]
    kept = county_figures([one.code for one in wanted], month)
    scale = share() if scale is None else scale
    lines = [
        _line(statistic, goal, kept.get(statistic.code), month, scale)
        for statistic in wanted
        for goal in statistic.goals
        if goal.id.startswith(period)
    ]
    return sorted(lines, key=lambda line: line.goal.order)


def is_computing() -> bool:
    """Tell whether the numbers of the plan are being measured now: what is empty will be there in about a minute."""
    return is_under_way("indicators.measure", "indicators.backfill")


def current_goals(
    frame: Frame, codes: Collection[str] | None = None, *, scale: Decimal | None = None
) -> list[GoalLine]:
    """Give the goals of the plan in force: 专栏2 and the targets of the text."""
    return [line for line in goal_lines(frame, codes, scale=scale) if not line.goal.id.startswith("p13")]


def path_drawing(
    statistic: Statistic, goal: Goal, frame: Frame, ahead: GoalOutlook | None = None, *, scale: Decimal | None = None
) -> Drawing:
    """Draw the way of a statistic against the path to its goal, with the band of the outlook where there is one.

    In a sample county the path leads to the share of the target, and the note says so.
    """
    month = month_of(frame)
    months = [FIRST_MONTH + step for step in range(month - FIRST_MONTH + 1)]
    kept = series(statistic.code, months)
    shown = [*months, *(ahead.months if ahead else ())]
    values = [_number(value_of(statistic, kept[one].counts, unit=goal.unit)) if one in kept else None for one in shown]
    scale = share() if scale is None else scale
    path = [_number(path_at(statistic, goal, one, scale=scale)) for one in shown]
    lines = [Line("实际", values), Line("进度线", path, dashed=True)]
    if ahead:
        bands = dict(zip(ahead.months, ahead.bands, strict=True))
        lines.append(
            Line(
                "预测",
                [bands[one].middle if one in bands else None for one in shown],
                dashed=True,
                band=[(bands[one].low, bands[one].high) if one in bands else None for one in shown],
            )
        )
    note = "，".join(_notes(statistic, goal, scale))
    unit = goal.unit_words
    title = f"{goal.name}（{unit}）" if unit else goal.name
    return over_time("path", title, shown, lines, unit, note=note, size="tall", decimals=4)


def outlook_of(statistic: Statistic, goal: Goal, frame: Frame) -> GoalOutlook | None:
    """Give the outlook from the frame's month, kept for a day as long as the figure it stands on is the newest."""
    month = month_of(frame)
    last = series(statistic.code, [month]).get(month)
    if last is None:
        return None
    key = f"outlook:{statistic.code}:{goal.id}:{month}:{last.taking}"
    found: list[GoalOutlook | None] | None = caches["default"].get(key)
    if found is None:
        found = [goal_outlook(statistic, goal, month, scale=share())]
        caches["default"].set(key, found, _OUTLOOK_SECONDS)
    return found[0]


def outlook_words(statistic: Statistic, goal: Goal, ahead: GoalOutlook | None) -> str:
    """Say what the outlook says."""
    if ahead is None:
        return "这个目标已经到期，或者数还太少，没有预测。"
    end = ahead.months[-1]
    chance = "" if ahead.chance is None else f"，达到目标的可能性 {ahead.chance:.0%}"
    return (
        f"照现在的走势（{ahead.method}），到{end.year}年{end.month}月约 {ahead.end.middle:,.2f}{goal.unit}，"
        f"八成可能在 {ahead.end.low:,.2f} 到 {ahead.end.high:,.2f} 之间{chance}。"
    )


def _line(statistic: Statistic, goal: Goal, kept: Kept | None, month: YearMonth, scale: Decimal) -> GoalLine:
    stood = standing(statistic, goal, month, kept.counts if kept else None, scale=scale)
    words, kind = LIGHTS[stood.light]
    done = None
    if stood.value is not None and stood.target and goal.op in (">=", ">"):
        done = float(min(stood.value / stood.target, Decimal(1)))
    return GoalLine(
        statistic,
        goal,
        text_of(statistic, kept.counts, unit=goal.unit) if kept else "—",
        plain(stood.target) if stood.target is not None and stood.is_share else goal.target_text,
        words,
        kind,
        stood.text,
        goal.unit_words,
        done,
        statistic.is_history,
        goal.target_text if stood.is_share else "",
    )


def _notes(statistic: Statistic, goal: Goal, scale: Decimal) -> Iterator[str]:
    if statistic.is_history:
        yield "示范历史"
    if is_scaled(statistic, goal, scale):
        yield "进度线按折算后的目标画"


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def lights_of(lines: Collection[GoalLine], href: str) -> list[dict[str, Any]]:
    """Count the lights, as cards that lead to ``href``, where the goals are."""
    counts = {words: sum(line.light == words for line in lines) for words, _ in LIGHTS.values()}
    return [
        {
            "label": words,
            "value": str(counts[words]),
            "unit": "项",
            "kind": tag if counts[words] and tag in ("danger", "warning", "ok") else "",
            "href": href,
        }
        for light, (words, tag) in LIGHTS.items()
        if light is not Light.GREY or counts[words]
    ]
