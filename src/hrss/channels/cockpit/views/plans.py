"""The plan: all goals with their lights, one statistic with path and outlook, its townships and its very rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from hrss.channels.cockpit import planning
from hrss.channels.cockpit.frame import Frame, frame_of
from hrss.channels.cockpit.panels import Panel, chart, shade, shade_key
from hrss.channels.cockpit.rows import heading, place_after, place_text, shown, visible
from hrss.channels.cockpit.shell import cockpit_page
from hrss.channels.ui.formats import moment, number
from hrss.channels.ui.render import fragment
from hrss.channels.ui.request import Request
from hrss.foundation.datasets import dataset_of
from hrss.foundation.regions.queries import find
from hrss.kernel.problem import Problem
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.definitions import Goal, Kind, Statistic
from hrss.oversight.indicators.progress import RULE
from hrss.oversight.indicators.sample import sample_words, share
from hrss.oversight.indicators.values import FACTORS, is_scaled, text_of, value_of

TOWNSHIP = 9


def plan(request: Request) -> HttpResponse:
    """All goals of the plan in force, and those of the plan before."""
    frame, here = frame_of(request), share()
    lines = planning.goal_lines(frame, scale=here)
    groups = [
        (title, [line for line in lines if line.goal.id.startswith(period)])
        for period, title in planning.PERIODS.items()
    ]
    return cockpit_page(
        request,
        "cockpit/plan.html",
        frame,
        month=planning.month_of(frame),
        cards=planning.lights_of([line for line in lines if not line.goal.id.startswith("p13")], "#goals"),
        groups=groups,
        rule=RULE,
        sample=sample_words(here),
        computing=planning.is_computing(),
    )


def statistic(request: Request, code: str) -> HttpResponse:
    """One statistic: what it says, how it stands, its path, its townships; the outlook comes when asked."""
    frame, found = frame_of(request), statistic_of(code)
    goal = _goal(request, found)
    month = planning.month_of(frame)
    kept = queries.county_figure(code, month)
    lines = planning.goal_lines(frame, [code])
    return cockpit_page(
        request,
        "cockpit/statistic.html",
        frame,
        found=found,
        goal=goal,
        month=month,
        kept=kept,
        value=text_of(found, kept.counts, unit=goal.unit) if kept else "—",
        unit=goal.unit_words,
        facts=_facts(found, goal, kept),
        lines=lines,
        sample=sample_words() if any(line.whole for line in lines) else "",
        shown=[
            *(
                []
                if found.kind is Kind.COMPOSITION
                else [chart(planning.path_drawing(found, goal, frame), 8, links=_here(found, goal, frame))]
            ),
            _townships(found, goal, frame),
        ],
        sides=[name for name, _ in found.main.measures],
    )


def outlook(request: Request, code: str) -> HttpResponse:
    """The outlook of a statistic: the path with its band, the chance of reaching the goal."""
    frame, found = frame_of(request), statistic_of(code)
    goal = _goal(request, found)
    ahead = planning.outlook_of(found, goal, frame)
    context: dict[str, Any] = {
        "frame": frame,
        "found": found,
        "goal": goal,
        "words": planning.outlook_words(found, goal, ahead),
        "sample": _sample_of(found, goal),
        "panel": chart(planning.path_drawing(found, goal, frame, ahead), 12, links=_here(found, goal, frame)),
    }
    if request.headers.get("HX-Request"):
        return fragment(request, "cockpit/outlook.html", "outlook", **context)
    return cockpit_page(request, "cockpit/outlook.html", context.pop("frame"), **context)


def statistic_rows(request: Request, code: str) -> HttpResponse:
    """The very rows of one side of a statistic, masked by right; the look is on the log."""
    frame, found = frame_of(request), statistic_of(code)
    month = planning.month_of(frame)
    side = request.GET.get("side", found.main.measures[0][0])
    drilled = queries.drill(
        code,
        month,
        actor=request.actor,
        region=frame.region,
        side=side,
        after=place_after(request.GET.get("after", "")),
    )
    dataset = drilled.page.dataset
    return cockpit_page(
        request,
        "cockpit/rows.html",
        frame,
        title=found.title,
        dataset=dataset,
        when=f"{month.year}年{month.month}月",
        value=number(drilled.reading.value),
        unit="",
        counted=number(drilled.reading.rows),
        columns=[(one.name, *heading(one)) for one in visible(dataset)],
        rows=[{one.name: shown(one, row[one.name]) for one in visible(dataset)} for row in drilled.page.rows],
        back=frame.href("cockpit.statistic", code),
        following=place_text(drilled.page.next),
    )


def _sample_of(found: Statistic, goal: Goal) -> str:
    """Say what share of the county is here, where the goal is judged by its share."""
    here = share()
    return sample_words(here) if is_scaled(found, goal, here) else ""


def _here(found: Statistic, goal: Goal, frame: Frame) -> list[tuple[str, str]]:
    return [(goal.name, frame.href("cockpit.statistic", found.code, goal=goal.id))]


def _goal(request: Request, found: Statistic) -> Goal:
    wanted = request.GET.get("goal", "")
    goal = next((one for one in found.goals if not wanted or one.id == wanted), None)
    if goal is None:
        raise Problem("cockpit.goal", "这个指标没有这个目标", remedy="请从规划页进入", status=404)
    return goal


def _facts(found: Statistic, goal: Goal, kept: queries.Kept | None) -> list[tuple[str, str]]:
    measured = "这个月还没有取数"
    if kept:
        version = f"口径第 {kept.definition_version} 版（{kept.definition_digest[:8]}）"
        measured = f"{moment(kept.cut_at)} 取数，{number(kept.rows)} 行，{version}"
    datasets = dict.fromkeys(dataset_of(one.dataset).title for _, one in found.main.measures)
    return [
        ("口径", found.main.words),
        ("口径依据", found.basis),
        ("规划出处", goal.place),
        ("性质", goal.nature),
        ("责任", found.division),
        ("来源", f"{found.source}（{'、'.join(datasets)}）"),
        ("这个数", measured),
    ]


def _townships(found: Statistic, goal: Goal, frame: Frame) -> Panel:
    month = planning.month_of(frame)
    taking = queries.latest_takings([found.code], [month]).get((found.code, str(month)))
    below = queries.figures_below(taking, digits=TOWNSHIP) if taking else {}
    unit = "" if found.kind is Kind.RATE else next(unit for unit, factor in FACTORS.items() if factor == 1)
    values = {code: value_of(found, kept.counts, unit=unit) for code, kept in below.items()}
    most = int(max((value for value in values.values() if value is not None), default=0))
    tiles = []
    for code, value in values.items():
        node = find(code)
        if node is not None and node.tile is not None:
            tiles.append(
                {
                    "name": node.name.removesuffix("土家族乡"),
                    "value": "—" if value is None else f"{value:,}",
                    "href": frame.href("cockpit.statistic_rows", found.code, region=code),
                    "column": node.tile[0],
                    "row": node.tile[1],
                    "shade": shade(int(value or 0), most),
                }
            )
    return Panel("map", 4, values={"tiles": tiles, "title": "各乡镇", "key": shade_key(most) if tiles else ()})
