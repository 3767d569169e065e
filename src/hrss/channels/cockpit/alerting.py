"""Panels of alerts: how many stand by level and rule, what was done and what came of it; and the early warning.

Every number leads to the alerts it counts, and those to their rows. The numbers are read from monitoring.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse

from hrss.channels.cockpit import panels
from hrss.channels.cockpit.drawing import Line, over_time
from hrss.channels.cockpit.frame import FIRST_MONTH, Frame
from hrss.channels.cockpit.panels import Panel
from hrss.channels.ui.formats import date, number, today
from hrss.kernel.months import YearMonth
from hrss.oversight.boards.figures import figure_of
from hrss.oversight.boards.taking import series
from hrss.oversight.indicators.queries import newest_complete_month
from hrss.oversight.monitoring import queries
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.evaluating.forecast import LEVEL, expected
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.queries import Wanted
from hrss.oversight.monitoring.rules import LEVELS
from hrss.oversight.monitoring.subjects import subjects_of

LEVEL_WORDS = {"yellow": "黄色", "orange": "橙色", "red": "红色"}
_KINDS = {"red": "danger", "orange": "warning", "yellow": "warning"}
EARLY = ("dismissal_planned", "firm_shrinking", "sample_leavers", "registered_rising", "report_missing")
FORECAST_FROM = 24  # 用前多少个月预测
SHOWN = 12
_RULE_COLUMNS = (
    ("title", "规则", "main", "all_href"), ("red", "红色", "num", "red_href"), ("orange", "橙色", "num", "orange_href"),
    ("yellow", "黄色", "num", "yellow_href"), ("owner", "期限（天）", "num"),
)  # fmt: skip
_ALERT_COLUMNS = (
    ("title", "规则", "main", "href"), ("subject", "对象"), ("level", "等级"), ("count", "数值", "num", "rows_href"),
    ("state", "状态"), ("measure", "措施"), ("effect", "成效"),
)  # fmt: skip


def by_level(frame: Frame) -> Panel:
    """Cards: alerts that stand, by level; late ones; those waiting for their effect."""
    counts = queries.standing(frame.region, today())
    cards = [
        _card(f"{LEVEL_WORDS[level]}预警", counts.levels.get(level, 0), _list(frame, level=level), _KINDS[level])
        for level in reversed(LEVELS)
    ]
    cards.append(_card("逾期未处置", counts.late, _list(frame, late="1"), "danger"))
    cards.append(_card("已处置，待见效", counts.handled, _list(frame, state="handled"), ""))
    cards.append(_card("处置没有见效", counts.without_effect, _list(frame), "danger"))
    return Panel("cards", 12, values={"cards": cards})


def by_rule(frame: Frame, *, width: int = 8) -> Panel:
    """A table of the rules with alerts, the gravest first; each number leads to the alerts."""
    found = queries.by_rule(frame.region)
    rows: list[dict[str, Any]] = []
    for rule in rules():
        counts = {level: found.get((rule.code, level), 0) for level in LEVELS}
        if any(counts.values()):
            hrefs = {f"{level}_href": _list(frame, rule=rule.code, level=level) for level in LEVELS}
            row = {"title": rule.title, "all_href": _list(frame, rule=rule.code), "owner": str(rule.days)}
            rows.append(row | {level: number(count) for level, count in counts.items()} | hrefs | {"counts": counts})
    rows.sort(key=lambda row: tuple(-row["counts"][level] for level in reversed(LEVELS)))
    return Panel("table", width, "各规则的预警", values={"columns": _RULE_COLUMNS, "rows": rows, "empty": "没有预警"})


def early(frame: Frame) -> list[Panel]:
    """The early warning of unemployment: the sample's month, the course with its forecast, alerts and their effect."""
    month = min(frame.month, newest_complete_month(today()))
    seen = replace(frame, month=month, whole_year=False, is_now=False)
    figures = ("sample_reports", "sample_headcount", "sample_hires", "sample_leavers", "sample_net", "sample_planned")
    return [
        panels.numbers(seen, figures),
        _forecast(seen, "sample_leavers", "样本企业离开人数和预测"),
        _forecast(seen, "registered", "新登记失业和预测"),
        _alerts(frame),
        _silent(frame),
    ]


def _forecast(frame: Frame, code: str, title: str) -> Panel:
    """A figure's months with the interval the months before led to expect of the newest one."""
    figure = figure_of(code)
    first = max(FIRST_MONTH, frame.month + (1 - FORECAST_FROM))
    months = [first + step for step in range(frame.month - first + 1)]
    values = series(figure, frame.region, first, frame.month)
    band = expected(list(values[:-1]))
    lines = [Line(figure.title, values)]
    note = "数太少，不预测"
    if band is not None:
        empty: list[Any] = [None] * (len(months) - 1)
        ends = (max(0.0, band.low), max(0.0, band.high))
        lines.append(Line("预测", [*empty, max(0.0, band.middle)], dashed=True, band=[*empty, ends]))
        word = "超出" if values[-1] > band.high else "没有超出"
        note = (
            f"{_month(frame.month)} {number(values[-1])} {figure.unit}，{word}按前 {len(months) - 1} 个月预测的"
            f" {LEVEL:.0%} 区间（{number(round(ends[0]))} 到 {number(round(ends[1]))}）"
        )
    drawing = over_time(f"forecast-{code}", title, months, lines, figure.unit, note=note)
    return panels.chart(drawing, 6, links=panels.meanings(frame, code))


def _alerts(frame: Frame) -> Panel:
    """The early warning's alerts with the newest measure and its effect."""
    found = queries.newest(Wanted(state="", codes=EARLY, region=frame.region), limit=SHOWN)
    subjects, measures = subjects_of(found), queries.measures_of(found)
    titles = {rule.code: rule.title for rule in rules()}
    rows = [
        _alert_row(one, titles.get(one.rule, one.rule), subjects[one.id].words, measures.get(one.id)) for one in found
    ]
    return Panel(
        "table", 8, "失业预警和处置", values={"columns": _ALERT_COLUMNS, "rows": rows, "empty": "没有失业预警"}
    )


def _alert_row(alert: Alert, title: str, subject: str, measure: AlertAction | None) -> dict[str, str]:
    return {
        "title": title,
        "href": reverse("workbench.alert", args=(alert.id,)),
        "subject": subject,
        "level": LEVEL_WORDS[alert.level],
        "count": number(alert.count),
        "rows_href": reverse("workbench.alert_rows", args=(alert.id,)),
        "state": alert.get_state_display(),
        "measure": f"{measure.get_measure_display()}（{date(measure.at)}）" if measure else "还没有",
        "effect": alert.get_effect_display() if alert.effect else "—",
    }


def _silent(frame: Frame) -> Panel:
    """Sample firms that have not reported a month."""
    rows = [
        {
            "name": subject.words,
            "href": reverse("workbench.alert", args=(key,)),
            "months": f"{count} 个月",
            "rows_href": reverse("workbench.alert_rows", args=(key,)),
        }
        for key, subject, count in queries.silent_firms(frame.region)
    ]
    columns = (("name", "企业", "main", "href"), ("months", "欠报", "num", "rows_href"))
    return Panel("table", 4, "逾期没有报的企业", values={"columns": columns, "rows": rows, "empty": "都报了"})


def _card(label: str, count: int, href: str, kind: str) -> dict[str, Any]:
    return {"label": label, "value": number(count), "unit": "条", "href": href, "kind": kind if count else ""}


def _list(frame: Frame, **asked: str) -> str:
    """The workbench's list of just these alerts."""
    region = frame.region if len(frame.region) > len("500236") else ""
    query = {name: value for name, value in (asked | {"region": region}).items() if value}
    return reverse("workbench.alerts", query=query)


def _month(month: YearMonth) -> str:
    return f"{month.year}年{month.month}月"
