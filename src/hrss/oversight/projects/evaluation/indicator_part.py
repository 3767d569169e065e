"""The chapter on the main indicators: what the figures say in words, the tables of every goal, the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils import timezone

from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.definitions import Direction, Kind, Reach
from hrss.oversight.indicators.progress import path_at, printed_result
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import plain, value_of
from hrss.oversight.projects.evaluation import charts
from hrss.oversight.projects.evaluation.blocks import Blocks, Sources
from hrss.oversight.projects.evaluation.judging import Judged
from hrss.oversight.projects.evaluation.released import Sourced, figures
from hrss.oversight.projects.evaluation.settings_of_plan import PlanWords

HEADINGS: Final = ("序号", "指标", "单位", "属性", "规划目标", "实际", "完成率", "出处", "评定")
WIDTHS: Final = (0.7, 3.4, 0.9, 1.0, 1.2, 1.2, 1.0, 0.7, 1.2)
TARGET_HEADINGS: Final = ("序号", "目标", "单位", "要求", "规划目标", "实际", "完成率", "出处", "评定")
PRINTED: Final = {True: "达到", False: "未达到", None: "不评定"}
DECEMBER: Final = 12


def chapter(out: Blocks, sources: Sources, found: Sequence[Judged], month: YearMonth, words: PlanWords) -> None:
    """Write the chapter."""
    by_id = {one.goal.id: one for one in found}
    out.h1("主要指标完成情况")
    for theme, ids in words.themes.items():
        out.h2(theme)
        out.p("".join(sentence(by_id[one], sources) for one in ids))
    out.h2("主要指标对照")
    main = [by_id[one] for ids in words.themes.values() for one in ids]
    _goal_table(out, sources, f"{words.short}主要指标（专栏2）完成情况", HEADINGS, main)
    _pictures(out, main, _panels([by_id[one] for one in words.trends], month, words))
    out.h2("规划正文目标对照")
    texts = [one for one in found if one.goal.id.startswith("t-")]
    _goal_table(out, sources, f"{words.short}正文目标完成情况", TARGET_HEADINGS, texts)


def _pictures(out: Blocks, main: Sequence[Judged], panels: Sequence[charts.Panel]) -> None:
    title, shown = "主要指标完成率", [one for one in main if one.rate is not None]
    told = "；".join(f"{one.goal.name}{one.rate}%，{one.verdict}" for one in shown)
    note = "完成率为实际值与目标值之比；以不超过为目标的，守住即为 100%。"
    out.chart(title, charts.attainment([_bar(one) for one in shown], title=title), told, note=note)
    title, told = "主要指标逐年情况", "；".join(_panel_words(one) for one in panels)
    note = "蓝色柱为年末取数，橙色虚线为进度线；规划没有公布分年数，进度线按指标定义的规则铺设。"
    out.chart(title, charts.years(panels, title=title), told, note=note)


def former_table(out: Blocks, sources: Sources, found: Iterable[Judged], words: PlanWords) -> None:
    """Write the former plan's indicators: what was printed, what its sign says, and the same measure carried on."""
    rows = [
        (
            str(number), one.goal.name, one.unit or "比例", one.goal.base_text, one.target_words, one.goal.actual_text,
            one.text.replace(":", ":\u200b"), mark(one, sources), PRINTED[printed_result(one.goal)],
        )
        for number, one in enumerate((x for x in found if x.goal.period == words.former), start=1)
    ]  # fmt: skip
    lights = ["green" if row[-1] == "达到" else "red" if row[-1] == "未达到" else "grey" for row in rows]
    out.table(
        "“十三五”主要指标（规划表1）公布结果与续算",
        ("序号", "指标", "单位", "2015年", "目标", "2020年公布", "本期续算", "出处", "公布结果评定"),
        rows, widths=(0.7, 3.2, 0.8, 1.0, 1.1, 1.2, 1.5, 0.7, 1.3), lights=lights, numbers=(),
        note="“公布结果评定”按规划印出的目标、符号和结果比较；“本期续算”为同一口径在数据月份的取数，累计数为本五年累计。",
    )  # fmt: skip


def sentence(one: Judged, sources: Sources) -> str:
    """Say one goal: value, target, attainment, verdict, with its source."""
    value, target = one.standing.value, one.standing.target
    if value is None or target is None:
        return f"{one.goal.name}{one.text}，{one.verdict}{_marked(one, sources)}。"
    name = one.goal.name.removeprefix("其中：")
    lead = f"其中，{name}" if one.goal.parent else name
    grown = "累计" if one.goal.cumulative else "为"
    if one.statistic.kind is Kind.RATE or one.statistic.direction is Direction.DOWN:
        aim = f"目标{one.target_words}{one.unit}"
        return f"{lead}{grown}{one.text}{one.unit}{_marked(one, sources)}，{aim}，{one.verdict}。"
    return (
        f"{lead}{grown}{one.text}{one.unit}{_marked(one, sources)}，为目标{plain(target)}{one.unit}的{one.rate}%，"
        f"{one.verdict}。"
    )


def mark(one: Judged, sources: Sources) -> str:
    """Give the number of the source for a table's cell, empty where there is no figure."""
    return _marked(one, sources).strip("⟦⟧")


def _marked(one: Judged, sources: Sources) -> str:
    if one.source is None:
        return ""
    kept = one.source.kept
    bottom = f"／{kept.counts.denominator:,}" if kept.counts.denominator is not None else ""
    row = {
        "title": one.statistic.title,
        "month": str(kept.month),
        "counts": f"{kept.counts.numerator:,}{bottom}",
        "rows": f"{kept.rows:,}",
        "version": f"第{kept.definition_version}版 {kept.definition_digest[:10]}",
        "cut": timezone.localtime(kept.cut_at).strftime("%Y-%m-%d %H:%M"),
        "statement": _released(one.source),
        "taking": str(kept.taking),
        "origin": "示范历史" if one.statistic.is_history else "业务",
    }  # fmt: skip
    return sources.mark(f"{one.statistic.code} {kept.month}", row)


def _goal_table(out: Blocks, sources: Sources, title: str, headings: Sequence[str], found: Sequence[Judged]) -> None:
    scale = share()
    rows = [
        (
            str(number), one.goal.name, one.unit, one.goal.nature or _per(one),
            _target(one),
            one.text, f"{one.rate}%" if one.rate is not None else "—", mark(one, sources), one.verdict,
        )
        for number, one in enumerate(found, start=1)
    ]  # fmt: skip
    out.table(
        title, headings, rows, widths=WIDTHS, lights=[one.standing.light.value for one in found], numbers=(5, 6),
        note="" if scale == 1 else "规划目标为规划印出的数，括号内是按示范县比例折算的目标，评定按折算数。",
    )  # fmt: skip


def _target(one: Judged) -> str:
    return one.target_words if one.standing.target == one.goal.target else f"{one.target_words}（{one.target_scaled}）"


def _released(source: Sourced) -> str:
    return f"{str(source.statement)[-12:]}（{source.released_by}）" if source.statement else "未发布"


def _per(one: Judged) -> str:
    return {"stock": "期末数", "five-year total": "五年累计", "year average": "年均", "always": "始终",
            "every year": "每年"}.get(one.goal.per.split(" (")[0], one.goal.per)  # fmt: skip


def _bar(one: Judged) -> charts.Bar:
    return charts.Bar(one.goal.name, float(one.rate or 0), one.standing.light.value, one.verdict)


def _panels(found: Sequence[Judged], month: YearMonth, words: PlanWords) -> list[charts.Panel]:
    years = [year for year in range(words.first_year, words.last_year + 1) if year <= month.year]
    ends = [min(YearMonth(year, DECEMBER), month) for year in years]
    by_end = {end: figures([one.statistic.code for one in found], end) for end in ends}
    return [_panel(one, ends, by_end) for one in found]


def _panel(one: Judged, ends: Sequence[YearMonth], by_end: Mapping[YearMonth, Mapping[str, Sourced]]) -> charts.Panel:
    scale = share()
    sources = [by_end[end].get(one.statistic.code) for end in ends]
    values = [value_of(one.statistic, x.kept.counts, unit=one.goal.unit) if x else None for x in sources]
    path = [path_at(one.statistic, one.goal, end, scale=scale) for end in ends]
    labels = tuple(str(end.year) if end.month == DECEMBER else f"{end.year}.{end.month:02d}" for end in ends)
    numbers = tuple(None if value is None else float(value) for value in values)
    name = one.goal.name + ("（累计）" if one.statistic.reach is Reach.PLAN else "")
    return charts.Panel(name, one.unit, labels, numbers, tuple(None if x is None else float(x) for x in path))


def _panel_words(one: charts.Panel) -> str:
    told = "，".join(
        f"{label}年{value:g}" for label, value in zip(one.labels, one.values, strict=True) if value is not None
    )
    return f"{one.name}：{told}{one.unit}"
