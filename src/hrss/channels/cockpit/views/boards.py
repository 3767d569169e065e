"""The boards: overview, employment, people, service windows live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from hrss.analytics.lake.queries import set_aside
from hrss.casework.items.vocabulary import LINES
from hrss.channels.cockpit import panels, planning
from hrss.channels.cockpit.drawing import shares
from hrss.channels.cockpit.frame import Frame, frame_of
from hrss.channels.cockpit.panels import Panel
from hrss.channels.cockpit.shell import cockpit_page
from hrss.channels.cockpit.texts import EDUCATION_ORDER, KINDS
from hrss.channels.ui.formats import moment, number, today
from hrss.channels.ui.render import fragment
from hrss.channels.ui.request import Request
from hrss.foundation.datasets import dataset_of
from hrss.foundation.regions.queries import full_name, name_of
from hrss.oversight.boards import live
from hrss.oversight.boards.cubes import CUBES, last_differences
from hrss.oversight.boards.reading import Wanted, sums

KEY_FIGURES = (
    "new_urban",
    "people_hired",
    "unemployed",
    "hardship",
    "families",
    "graduates",
    "submitted",
    "open_cases",
)
SERVICE_FIGURES = ("submitted", "online", "decided", "decided_late", "open_cases", "overdue", "near_due")


def overview(request: Request) -> HttpResponse:
    """The wall: key figures, the county as tiles, trends, the windows now."""
    frame = frame_of(request)
    shown = request.GET.get("map", "unemployed")
    return _board(
        request,
        frame,
        "总览",
        [
            panels.numbers(frame, KEY_FIGURES),
            panels.trend(frame, ("new_urban",), "城镇新增就业", width=3),
            panels.tiles(frame, shown, width=6),
            _service_now(frame, width=3),
            panels.trend(frame, ("unemployed",), "登记失业", width=3),
            panels.trend(frame, ("submitted", "online"), "办件", width=3),
        ],
    )


def employment(request: Request) -> HttpResponse:
    """Jobs, registrations, those who need help."""
    frame = frame_of(request)
    return _board(
        request,
        frame,
        "就业",
        [
            panels.numbers(frame, ("new_urban", "hires", "people_hired", "jobs", "unemployed", "registered")),
            panels.trend(frame, ("hires", "registered"), "新就业和新登记失业", width=6),
            panels.tiles(frame, request.GET.get("map", "hires"), width=6, page="cockpit.employment"),
            panels.trend(frame, ("jobs",), "城镇在职", width=6),
            panels.numbers(frame, ("hardship", "families", "graduates"), width=4, title="重点群体"),
            panels.kinds(frame, "hires", "怎样就业", width=4),
            panels.kinds(frame, "unemployed", "为什么失业", width=4),
            panels.kinds(frame, "hardship", "困难类别", width=4),
            panels.trend(frame, ("hardship", "graduates"), "重点群体在册", width=8),
        ],
    )


def people(request: Request) -> HttpResponse:
    """Population by age and sex, where people work away, education."""
    frame = frame_of(request)
    return _board(
        request,
        frame,
        "人口",
        [
            panels.numbers(frame, ("population", "away")),
            panels.population(frame, width=6),
            panels.tiles(frame, request.GET.get("map", "population"), width=6, page="cockpit.people"),
            panels.kinds(frame, "away", "外出务工去向", width=6, size="tall"),
            _education(frame),
        ],
    )


def service(request: Request) -> HttpResponse:
    """Windows now, cases by line and channel, where it is late."""
    frame = frame_of(request)
    return _board(
        request,
        frame,
        "服务",
        [
            panels.numbers(frame, SERVICE_FIGURES),
            _windows(frame),
            _service_now(frame, width=4),
            panels.trend(frame, ("submitted", "online"), "收到办件", width=8),
            panels.kinds(frame, "submitted", "条线", width=4),
            _late(frame),
        ],
    )


def insurance(request: Request) -> HttpResponse:
    """Insurance and funds: coverage by the plan's figures; the books when they are open."""
    return _subject(request, "insurance", "社保基金", "基金收支：账本已建，待遇发放和基金报表还没有接入看板。")


def talent(request: Request) -> HttpResponse:
    """Talent and training by the plan's figures."""
    return _subject(request, "talent", "人才", "")


def labour(request: Request) -> HttpResponse:
    """Labour relations by the plan's figures."""
    return _subject(request, "labour", "劳动关系", "")


def alerts(request: Request) -> HttpResponse:
    """What needs somebody: goals behind, cases overdue, families without a job, data set aside."""
    frame = frame_of(request)
    behind = [line for line in planning.current_goals(frame) if line.kind in ("danger", "warning")]
    return _board(
        request,
        frame,
        "预警",
        [
            panels.numbers(frame, ("overdue", "near_due", "families", "decided_late")),
            Panel("goals", 6, "落后于进度的目标", values={"lines": behind}),
            _late(frame, width=6),
            _quality(),
        ],
    )


def live_now(request: Request) -> HttpResponse:
    """The windows now, as a fragment that is asked for every half minute."""
    frame = frame_of(request)
    return fragment(request, "cockpit/live.html", "now", **_now(frame))


def _board(request: Request, frame: Frame, title: str, shown: list[Panel]) -> HttpResponse:
    return cockpit_page(request, "cockpit/board.html", frame, title=title, panels=shown)


def _now(frame: Frame) -> dict[str, Any]:
    day = today()
    cases = live.cases(frame.region, day)
    points = live.windows(frame.region, day)
    return {
        "at": moment(timezone.now()),
        "live_href": frame.href("cockpit.live"),
        "cards": [
            _live_card(frame, "今天收件", cases.submitted, "submitted"),
            _live_card(frame, "今天办结", cases.decided, "decided"),
            _live_card(frame, "在办", cases.open, "open_cases"),
            _live_card(frame, "超期", cases.late, "overdue") | {"kind": "danger" if cases.late else ""},
            _live_card(frame, "快到期", cases.near, "near_due"),
            {"label": "窗口正在服务", "value": number(sum(one.sitting for one in points)), "unit": "人"},
            {"label": "等候", "value": number(sum(one.waiting for one in points)), "unit": "人"},
        ],
    }


def _live_card(frame: Frame, label: str, count: int, figure: str) -> dict[str, Any]:
    """A number of today, leading to the figure of the month it is part of."""
    href = frame.href("cockpit.number", figure, span="month")
    return {"label": label, "value": number(count), "unit": "件", "href": href}


def _service_now(frame: Frame, width: int) -> Panel:
    return Panel("live", width, "现在", values=_now(frame))


def _windows(frame: Frame) -> Panel:
    rows = [
        {
            "place": full_name(one.region).removeprefix(full_name(one.region[:6])) or name_of(one.region),
            "waiting": number(one.waiting),
            "sitting": number(one.sitting),
            "served": number(one.served),
            "longest": f"{one.longest} 分钟" if one.waiting else "—",
        }
        for one in live.windows(frame.region, today())
    ]
    columns = (
        ("place", "服务点", "main"), ("waiting", "等候", "num"), ("sitting", "正在服务", "num"),
        ("served", "今天已办", "num"), ("longest", "最长等候", "num"),
    )  # fmt: skip
    return Panel(
        "table", 8, "窗口", values={"columns": columns, "rows": rows, "empty": "现在没有人排队，也没有窗口在服务"}
    )


def _subject(request: Request, subject: str, title: str, not_yet: str) -> HttpResponse:
    """A board of one subject from the plan's figures: lights, goals, the course of the first ones."""
    frame = frame_of(request)
    lines = planning.current_goals(frame, planning.SUBJECTS[subject])
    charts = [
        panels.chart(replace(planning.path_drawing(line.statistic, line.goal, frame), id=f"path-{at}", size=""), 6)
        for at, line in enumerate(lines)
        if line.done is not None
    ]
    shown = [
        Panel("cards", 12, values={"cards": planning.lights_of(lines)}),
        Panel("goals", 6, "目标", values={"lines": lines}, tall=True),
        *charts[:6],
    ]
    if not_yet:
        shown.append(Panel("not_yet", 12, values={"text": not_yet}))
    return _board(request, frame, title, shown)


def _quality() -> Panel:
    """What the last refresh of the lake set aside, and whether the boards agree with their rows."""
    rows = [
        {
            "what": f"数据湖：{dataset_of(one.dataset).title}",
            "words": f"{one.period}，{one.reason}",
            "count": number(one.rows),
        }
        for one in set_aside()
    ] + [
        {"what": f"看板数：{CUBES[code].title}", "words": "与业务行不一致", "count": f"{count} 格"}
        for code, count in last_differences().items()
    ]
    columns = (("what", "数据", "main"), ("words", "问题"), ("count", "数量", "num"))
    return Panel(
        "table",
        12,
        "数据质量",
        values={"columns": columns, "rows": rows, "empty": "没有隔离的数据，看板数与业务行一致"},
    )


def _late(frame: Frame, width: int = 8) -> Panel:
    rows = [
        {
            "place": name_of(one.township) or "县级",
            "line": LINES.get(one.line, one.line),
            "late": number(one.late),
            "near": number(one.near),
        }
        for one in live.late_groups(frame.region, today())
    ]
    columns = (("place", "地方", "main"), ("line", "条线"), ("late", "超期", "num"), ("near", "快到期", "num"))
    return Panel(
        "table",
        width,
        "超期和快到期的在办件",
        values={"columns": columns, "rows": rows, "empty": "没有超期，也没有快到期的"},
    )


def _education(frame: Frame) -> Panel:
    found = {one.by[0]: one.n for one in sums(Wanted("people.education", (frame.region,)), "kind")}
    words = KINDS["people.education"]
    parts = [(words[code], found.get(code, 0)) for code in EDUCATION_ORDER]
    return panels.chart(shares("education", "学历（在世户籍人口）", parts, "人", note="现在", size="tall"), 6)
