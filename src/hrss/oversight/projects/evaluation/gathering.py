"""A whole report gathered for a kind and a month: cover, blocks, sources. It only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.progress import RULE, Light
from hrss.oversight.indicators.sample import share
from hrss.oversight.projects.evaluation import advice, indicator_part, project_part, task_part
from hrss.oversight.projects.evaluation.blocks import Blocks, Sources
from hrss.oversight.projects.evaluation.judging import Judged, judge
from hrss.oversight.projects.evaluation.settings_of_plan import PlanWords, plan_words
from hrss.oversight.projects.models import Evaluation
from hrss.oversight.projects.undertakings import states

SOURCES: Final = ("编号", "指标", "月份", "分子／分母", "行数", "口径版本", "数据截止", "会审（发布人）", "来源")
FORM: Final = 1  # version of the report's form, kept with the content
NAMES: Final = {"annual": "年度评估报告", "midterm": "中期评估报告", "final": "终期评估报告"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report ready to be typeset: title, content, statistics whose figure is not released yet."""

    title: str
    content: dict[str, Any]
    unreleased: tuple[str, ...]


def gather(kind: str, month: YearMonth, *, day: date) -> Gathered:
    """Gather a report. Problems ``projects.kind``, ``projects.no_figures`` (nothing measured for the month)."""
    words = plan_words()
    _check(kind, month, words)
    found = judge(month)
    if not any(one.source for one in found):
        raise Problem(
            "projects.no_figures", f"{month} 还没有取数，不能评估", rule="评估报告只用已取的数",
            remedy="先在指标页面取数并会审发布", field="month",
        )  # fmt: skip
    out, sources = Blocks(), Sources()
    title = title_of(kind, month, words)
    _overview(out, found, month, words, kind)
    indicator_part.chapter(out, sources, found, month, words)
    task_part.chapter(out, month, words, single=kind == Evaluation.Kind.ANNUAL)
    projects = states(month.last_day)
    project_part.chapter(out, projects, month)
    money = project_part.money(out, month)
    advice.problems(out, found, projects, money, month, words)
    advice.advice(out, found, projects, month, words)
    out.annex("附表　“十三五”主要指标和数据出处")
    indicator_part.former_table(out, sources, found, words)
    _sources_table(out, sources)
    unreleased = sorted(
        {one.statistic.code for one in found if one.source is not None and one.source.statement is None}
    )
    content = {"form": FORM, "cover": _cover(title, month, day, words), "blocks": out.found, "sources": sources.rows}
    return Gathered(title, content, tuple(unreleased))


def title_of(kind: str, month: YearMonth, words: PlanWords) -> str:
    """Give the title a report of this kind carries."""
    if kind == Evaluation.Kind.ANNUAL:
        return f"{words.plan}{month.year}年度实施情况评估报告"
    return f"{words.plan}实施情况{NAMES[kind]}"


def _check(kind: str, month: YearMonth, words: PlanWords) -> None:
    if kind not in Evaluation.Kind.values:
        raise Problem("projects.kind", "没有这种报告", remedy="请选择年度、中期或终期", field="kind")
    ends = {
        "annual": month.month == 12,
        "midterm": words.first_year < month.year < words.last_year,
        "final": month == YearMonth(words.last_year, 12),
    }
    if not ends[kind]:
        wanted = {"annual": "年度报告用 12 月的数", "midterm": "中期报告用规划中间年份的数",
                  "final": f"终期报告用 {words.last_year} 年 12 月的数"}[kind]  # fmt: skip
        raise Problem("projects.kind_month", wanted, remedy="请另选月份", field="month")


def _cover(title: str, month: YearMonth, day: date, words: PlanWords) -> dict[str, str]:
    return {
        "title": title,
        "plan": words.plan,
        "rest": title.removeprefix(words.plan),
        "authority": words.authority,
        "data": f"数据截至{month.year}年{month.month}月",
        "made": f"{day.year}年{day.month}月{day.day}日",
    }


def _overview(out: Blocks, found: Sequence[Judged], month: YearMonth, words: PlanWords, kind: str) -> None:
    main = [by for by in found if by.goal.period == words.period and by.goal.id.startswith("p14")]
    texts = [one for one in found if one.goal.id.startswith("t-")]
    out.h1("总体情况")
    out.p(
        f"{words.plan}是指导全县人力资源和社会保障工作的重要文件。根据{words.basis[0].rstrip('。')}的要求，"
        f"{words.authority}对{words.short}实施情况开展{NAMES[kind].removesuffix('报告')}。"
    )
    out.h2("总体评价")
    out.p(
        f"截至{month.year}年{month.month}月底，{_counted('专栏2主要指标', main)}；{_counted('规划正文目标', texts)}。"
    )
    out.h2("评估依据和方法")
    out.p(
        "指标数由业务数据按已登记的口径取出，经制表、复核、发布三道程序；正文和表中的出处编号对应附表，"
        f"列明口径版本、数据截止时间和会审编号。评定规则：{RULE}"
    )
    if share() != 1:
        out.p(f"本县为示范县，按 {share():g} 的比例生成，人数类目标同比例折算，比率和家数不折算。本报告只作演示。")


def _counted(name: str, found: Sequence[Judged]) -> str:
    lights = [one.standing.light for one in found]
    good, near, bad, grey = (
        sum(one is light for one in lights) for light in (Light.GREEN, Light.AMBER, Light.RED, Light.GREY)
    )
    words = f"{name}共 {len(found)} 项（含其中项），达到要求 {good} 项，略有差距 {near} 项，未达到 {bad} 项"
    return words + (f"，没有数据或不评定 {grey} 项" if grey else "")


def _sources_table(out: Blocks, sources: Sources) -> None:
    rows = [
        (str(number), one["title"], one["month"], one["counts"], one["rows"], one["version"], one["cut"],
         one["statement"], one["origin"])
        for number, one in enumerate(sources.rows, start=1)
    ]  # fmt: skip
    out.table(
        "数据出处", SOURCES, rows,
        widths=(0.7, 2.2, 1.2, 1.9, 1.2, 1.8, 1.7, 2.0, 1.0), numbers=(3, 4),
        note="口径摘要为指标定义的 SHA-256 前十位；会审编号为统计数据会审记录末十二位。",
    )  # fmt: skip
