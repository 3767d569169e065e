"""The chapter on annual tasks: one year task by task, or the years side by side with what was left undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.progress import Light
from hrss.oversight.indicators.values import plain
from hrss.oversight.projects.evaluation.blocks import Blocks
from hrss.oversight.projects.evaluation.judging import SIGNS
from hrss.oversight.projects.evaluation.settings_of_plan import PlanWords
from hrss.oversight.projects.models import AnnualTask
from hrss.oversight.projects.standing import Standing, tasks_standing

DECEMBER: Final = 12
OVER: Final = {Light.GREEN: "完成", Light.AMBER: "基本完成", Light.RED: "未完成", Light.GREY: "没有数据"}


def standings(year: int, month: YearMonth) -> tuple[list[AnnualTask], dict[UUID, Standing]]:
    """Give the issued tasks of a year and how they stood at its end, or at ``month`` within it."""
    tasks = list(AnnualTask.objects.filter(year=year, state=AnnualTask.State.ISSUED).order_by("division", "code"))
    return tasks, tasks_standing(tasks, min(YearMonth(year, DECEMBER), month))


def chapter(out: Blocks, month: YearMonth, words: PlanWords, *, single: bool) -> None:
    """Write the chapter."""
    out.h1("重点任务完成情况")
    years = (
        [month.year] if single else [one for one in range(words.first_year, words.last_year + 1) if one <= month.year]
    )
    undone: list[tuple[str, str, str]] = []
    summary = []
    for year in years:
        tasks, found = standings(year, month)
        lights = [found[one.id].light for one in tasks]
        summary.append((str(year), *(str(count) for count in _counts(lights))))
        left = [one.title for one in tasks if found[one.id].light is Light.RED]
        undone.append((str(year), "、".join(left) or "没有", str(len(left))))
    out.p(_lead(summary, month, single=single))
    if not single:
        out.table(
            "各年度任务完成情况", ("年度", "下达任务（项）", "完成", "基本完成", "未完成", "没有数据"), summary,
            widths=(1, 1.4, 1, 1, 1, 1), numbers=(1, 2, 3, 4, 5),
            note="完成：达到任务数；基本完成：差距在任务数 5%（比率 1 个百分点）以内。未到年末的年度按进度评定。",
        )  # fmt: skip
    _year_table(out, years[-1], month)
    if not single:
        out.table("历年没有完成的任务", ("年度", "任务", "项数"), undone, widths=(1, 7, 1), numbers=(2,))


def _lead(summary: Sequence[tuple[str, ...]], month: YearMonth, *, single: bool) -> str:
    total, done, nearly, undone = (sum(int(row[at]) for row in summary) for at in (1, 2, 3, 4))
    when = f"{month.year}年" if single else f"{summary[0][0]}—{summary[-1][0]}年"
    return (
        f"{when}共下达年度任务 {total} 项次，分解到责任单位和乡镇（街道），落实责任人和完成期限。"
        f"其中完成 {done} 项次，基本完成 {nearly} 项次，未完成 {undone} 项次。"
    )


def _year_table(out: Blocks, year: int, month: YearMonth) -> None:
    tasks, found = standings(year, month)
    rows = [(str(number), *_row(one, found[one.id])) for number, one in enumerate(tasks, start=1)]
    over = YearMonth(year, DECEMBER) <= month
    out.table(
        f"{year}年度任务完成情况", ("序号", "任务", "责任单位", "任务数", "完成", "完成率", "数据来自", "评定"), rows,
        widths=(0.7, 3.0, 1.9, 1.7, 1.2, 1.1, 1.2, 1.4), lights=[found[one.id].light.value for one in tasks],
        numbers=(4, 5), note="" if over else f"数据截至 {month}，按年内进度评定。",
    )  # fmt: skip


def _row(task: AnnualTask, standing: Standing) -> tuple[str, ...]:
    value = "—" if standing.value is None else plain(standing.value)
    rate = "—" if standing.rate is None else f"{standing.rate}%"
    wanted = f"{SIGNS.get(task.op, '')}{plain(standing.quantity)}{task.unit}"
    origin = "指标取数" if task.statistic else "确认填报"
    return task.title, task.division, wanted, value, rate, origin, OVER[standing.light]


def _counts(lights: Sequence[Light]) -> tuple[int, ...]:
    order = (Light.GREEN, Light.AMBER, Light.RED, Light.GREY)
    return len(lights), *(sum(one is light for one in lights) for light in order)
