"""Indicators on the workbench: all goals of the plan, one statistic with its story, the rows behind a number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from hrss.channels.ui.lights import LIGHTS
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import place_words, work_page
from hrss.foundation.datasets import Dataset, Measure, Origin, dataset_of, open_dataset_of, open_datasets
from hrss.foundation.datasets.faults import faults
from hrss.foundation.datasets.quality import count_faults, faulty_rows
from hrss.foundation.people.elevation import as_actor
from hrss.foundation.verbs import keyed
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.charts import svg
from hrss.oversight.indicators.definitions import MAIN, Statistic
from hrss.oversight.indicators.models import Taking
from hrss.oversight.indicators.overview import Line, Story, lines, story
from hrss.oversight.indicators.progress import RULE, Light, printed_result
from hrss.oversight.indicators.sample import sample_words
from hrss.oversight.indicators.services.take import take
from hrss.oversight.indicators.values import plain, text_of

PERIODS = (("145", "“十四五”专栏2和正文目标"), ("135", "“十三五”表1指标（按同一口径续算）"))
STATUSES = {
    "verified": "已核实",
    "secondary": "二手出处",
    "unverified": "未核实",
    "memory": "凭记忆",
    "disputed": "有争议",
}
ROWS = 50


def catalogue(request: Request) -> HttpResponse:
    """Every goal of the plan in a month, with its light."""
    month = month_of(request)
    found = lines(month)
    counts = {light: sum(one.standing.light is light for one in found if one.goal.period == "145") for light in Light}
    return work_page(
        request,
        "workbench/indicators.html",
        month=month,
        months=month_choices(),
        groups=[(title, [_row(one, month) for one in found if one.goal.period == code]) for code, title in PERIODS],
        cards=[{"label": LIGHTS[light][0], "value": str(counts[light]), "unit": "项"} for light in Light],
        rule=RULE,
        sample=sample_words(),
    )


def indicator(request: Request, code: str) -> HttpResponse:
    """One statistic: number, path, trend, outlook, townships, conventions, where it comes from, what is wrong."""
    statistic, month = statistic_of(code), month_of(request)
    chosen = next((one for one in statistic.goals if one.id == request.GET.get("goal")), statistic.lead)
    told = story(statistic, month, goal=chosen)
    return work_page(
        request,
        "workbench/indicator.html",
        statistic=statistic,
        month=month,
        months=month_choices(),
        told=told,
        light=LIGHTS[told.line.standing.light],
        chart=Markup(svg(told.trend)),  # noqa: S704 - drawn by us, every text in it escaped
        facts=_facts(told),
        definition=_definition(statistic),
        outlook=_outlook(told),
        townships=_townships(statistic, month),
        takings=Taking.objects.filter(statistic=code, month=str(month)).order_by("-id")[:5],
        goals=[(one.name, f"{one.place}　{one.id}", _goal_href(code, one.id, month)) for one in statistic.goals],
        printed={True: "达到", False: "未达到", None: ""}[printed_result(chosen)],
        sample=sample_words(),
        key=new_key(),
    )


def measure_now(request: Request, code: str) -> HttpResponse:
    """Measure one statistic for a month now; the figure is kept beside the earlier ones."""
    month = month_of(request, request.POST.get("month", ""))
    keyed(request.POST.get("_key", ""), take, [code], [month], actor=request.actor, reason=Taking.Reason.ON_DEMAND)
    return HttpResponseRedirect(_indicator_href(code, month))


def rows(request: Request, code: str) -> HttpResponse:
    """The very rows behind a number, within the reader's scope."""
    statistic, month = statistic_of(code), month_of(request)
    wanted = {name: request.GET.get(name, "") for name in ("region", "convention", "side")}
    convention, side = wanted["convention"] or MAIN, wanted["side"] or "numerator"
    found = queries.drill(
        code,
        month,
        actor=request.actor,
        region=wanted["region"],
        convention=convention,
        side=side,
        after=_place(request),
        limit=ROWS,
    )
    dataset = found.page.dataset
    return work_page(
        request,
        "workbench/indicator_rows.html",
        statistic=statistic,
        month=month,
        place=place_words(wanted["region"]) if wanted["region"] else "本人管辖范围",
        reading=found.reading,
        dataset=dataset,
        words=measure_words(found.measure),
        columns=columns_of(dataset),
        rows=[{name: cell_words(value) for name, value in row.items()} for row in found.page.rows],
        following=f"{found.page.next[0].isoformat()},{found.page.next[1]}" if found.page.next else "",
        history=dataset.origin is Origin.DEMO_HISTORY,
    )


def quality(request: Request) -> HttpResponse:
    """Bad rows of every dataset: how many, why, and whether they count."""
    name = request.GET.get("dataset", "")
    chosen = open_dataset_of(name) if name else None
    with as_actor(request.actor):
        table = [_quality_row(one) for one in open_datasets()]
        found = [(fault, faulty_rows(chosen, fault, limit=20)) for fault in faults(chosen)] if chosen else []
    return work_page(
        request,
        "workbench/quality.html",
        table=[row for row in table if row["total"]] or table,
        clean=sum(not row["total"] for row in table),
        chosen=chosen,
        found=[
            (fault, [{key: cell_words(value) for key, value in row.items()} for row in shown])
            for fault, shown in found
            if shown
        ],
        columns=[(column.name, column.meaning) for column in chosen.columns] if chosen else [],
    )


# Shared by the pages of oversight ------------------------------------------------------------------------------------


def month_of(request: HttpRequest, text: str = "") -> YearMonth:
    """Give the month asked for, the last full one where none is."""
    asked = text or request.GET.get("month", "")
    last = queries.newest_complete_month(timezone.localdate())
    month = YearMonth.parse(asked) if asked else last
    if not YearMonth(2021, 1) <= month <= YearMonth.of(timezone.localdate()):
        raise Problem(
            "indicators.month", "只能看 2021 年 1 月以来的月份", remedy="请另选月份", field="month", status=404
        )
    return month


def month_choices() -> list[tuple[str, str]]:
    """Give the months that may be looked at, newest first."""
    last = queries.newest_complete_month(timezone.localdate())
    months = (last - back for back in range(last - YearMonth(2021, 1) + 1))
    return [(str(month), f"{month.year}年{month.month}月") for month in months]


def cell_words(value: object) -> str:
    """Write a value of a row for a table."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def columns_of(dataset: Dataset) -> list[tuple[str, str, str]]:
    """Give a dataset's columns for ui.table, headed by the first words of what they mean."""
    return [(one.name, short_words(one.meaning), "main" if one.name == "id" else "") for one in dataset.columns]


def short_words(meaning: str) -> str:
    """Give what a column means up to the first bracket, comma or semicolon."""
    return re.split("[（，；]", meaning, maxsplit=1)[0]


def measure_words(measure: Measure) -> str:
    """Say a measure in words."""
    dataset = dataset_of(measure.dataset)
    how = {"count": "计行数", "count_distinct": "去重计数", "sum": "求和"}[measure.aggregate.value]
    column = dataset.by_name[measure.column].meaning if measure.column else ""
    when = {"flow": "期间发生", "stock": "期末存在", "ever": "按条件"}[measure.time.value]
    return f"{dataset.title}，{when}，{how}{f'（{column}）' if column else ''}"


def _row(line: Line, month: YearMonth) -> dict[str, Any]:
    words, kind = LIGHTS[line.standing.light]
    goal = line.goal
    path, target = line.standing.path, line.standing.target
    return {
        "name": goal.name,
        "href": _goal_href(line.statistic.code, goal.id, month),
        "value": line.text,
        "unit": goal.unit_words,
        "target": plain(target) if target is not None else goal.target_text,
        "whole": goal.target_text,
        "path": plain(path) if path is not None else "",
        "nature": goal.nature,
        "light": (words, kind),
        "division": line.statistic.division,
        "history": line.statistic.is_history,
        "notes": len(line.statistic.notes),
    }


def _facts(told: Story) -> list[tuple[str, str]]:
    line, standing = told.line, told.line.standing
    figure = line.figure
    whole = f"，全县目标 {line.goal.target_text}" if standing.is_share else ""
    found = [
        ("目标", f"{line.goal.op} {plain(standing.target) if standing.target is not None else line.goal.target_text}"
                 f" {line.goal.unit}（{line.goal.target_year}年{whole}）"),
        ("性质", line.goal.nature or "正文目标"),
        ("进度线", f"{plain(standing.path)} {line.goal.unit}" if standing.path is not None else ""),
        ("还要每月", f"{plain(standing.per_month)} {line.goal.unit}（剩 {standing.months_left} 个月）"
                     if standing.per_month is not None else ""),
        ("基数", f"{line.goal.base_text}（{line.goal.base_year}年）" if line.goal.base_text else "规划未列"),
    ]  # fmt: skip
    if figure:
        bottom = figure.counts.denominator
        found += [
            ("分子", f"{figure.counts.numerator:,}（{figure.rows:,} 行）"),
            ("分母", f"{bottom:,}（{figure.denominator_rows:,} 行）" if bottom else ""),
            ("数据截止", timezone.localtime(figure.cut_at).strftime("%Y-%m-%d %H:%M")),
            ("口径版本", f"第 {figure.definition_version} 版　{figure.definition_digest[:12]}"),
        ]  # fmt: skip
    return [(label, value) for label, value in found if value]


def _definition(statistic: Statistic) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "title": one.title,
            "words": one.words,
            "sides": [(name, measure_words(measure)) for name, measure in one.measures],
        }
        for one in statistic.conventions
    ]


def _outlook(told: Story) -> dict[str, str] | None:
    if told.outlook is None:
        return None
    end, unit = told.outlook.end, told.line.goal.unit
    chance = told.outlook.chance
    return {
        "middle": f"{end.middle:,.4g} {unit}",
        "band": f"{end.low:,.4g}—{end.high:,.4g} {unit}",
        "chance": "" if chance is None else f"{chance:.0%}",
        "method": told.outlook.method,
    }


def _townships(statistic: Statistic, month: YearMonth) -> list[dict[str, Any]]:
    takings = queries.latest_takings([statistic.code], [month])
    taking = takings.get((statistic.code, str(month)))
    if taking is None:
        return []
    found = queries.figures_below(taking, digits=9)
    return [
        {
            "name": place_words(code),
            "value": text_of(statistic, one.counts),
            "rows": f"{one.rows:,}",
            "href": _rows_href(statistic.code, month, region=code),
        }
        for code, one in found.items()
    ]


def _quality_row(name: str) -> dict[str, Any]:
    dataset = dataset_of(name)
    counts = count_faults(dataset)
    told = [f"{fault.title} {counts[fault.code]}" for fault in faults(dataset) if counts[fault.code]]
    return {
        "title": dataset.title,
        "href": f"{reverse('workbench.quality')}?dataset={name}",
        "owner": dataset.owner,
        "origin": "示范历史" if dataset.origin is Origin.DEMO_HISTORY else "业务",
        "held": str(sum(counts[fault.code] for fault in faults(dataset) if fault.excluded)),
        "told": "；".join(told) or "没有问题行",
        "total": sum(counts.values()),
    }


def _place(request: Request) -> tuple[date, str] | None:
    day, _, key = request.GET.get("after", "").partition(",")
    try:
        return (date.fromisoformat(day), key) if day else None
    except ValueError:
        return None


def _indicator_href(code: str, month: YearMonth) -> str:
    return f"{reverse('workbench.indicator', kwargs={'code': code})}?month={month}"


def _goal_href(code: str, goal: str, month: YearMonth) -> str:
    return f"{_indicator_href(code, month)}&goal={goal}"


def _rows_href(
    code: str, month: YearMonth, *, region: str = "", convention: str = MAIN, side: str = "numerator"
) -> str:
    address = reverse("workbench.indicator_rows", kwargs={"code": code})
    return f"{address}?month={month}&region={region}&convention={convention}&side={side}"
