"""What is on each board: its panels, made for a frame. Views draw them, exports write them; both see the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hrss.analytics.lake.queries import set_aside
from hrss.casework.items.vocabulary import LINES
from hrss.channels.cockpit import alerting, panels, planning
from hrss.channels.cockpit.drawing import shares
from hrss.channels.cockpit.frame import COUNTY_DIGITS, Frame
from hrss.channels.cockpit.panels import Panel
from hrss.channels.cockpit.planning import GoalLine
from hrss.channels.cockpit.texts import EDUCATION_ORDER, KINDS
from hrss.channels.ui.formats import moment, number, today
from hrss.foundation.datasets import dataset_of
from hrss.foundation.regions.queries import full_name, name_of
from hrss.oversight.boards import live
from hrss.oversight.boards.cubes import CUBES, last_differences
from hrss.oversight.boards.reading import Wanted, sums
from hrss.oversight.indicators.sample import sample_words, share


@dataclass(frozen=True, slots=True)
class Board:
    """One board: its title and what makes its panels (frame, the figure chosen for the map); ``wall`` fits one view."""

    title: str
    build: Callable[[Frame, str], list[Panel]]
    wall: bool = False


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
TALL_FROM = 7  # 目标这么多时占两行
COMPUTING = "规划指标正在计算，约一分钟；算好的先显示，请过一会儿刷新。"
FUND_FIGURES = ("fund_balance", "fund_income", "fund_spending", "benefits_paid")
PAY_FIGURES = ("pay_runs", "payments_paid", "payments_returned", "runs_unanswered", "breaks_open")
INSURANCE_FIGURES = ("resident_insured", "resident_payers", "resident_paid", "drawing")
SERVICE_FIGURES = ("submitted", "online", "decided", "decided_late", "open_cases", "overdue", "near_due")


def _overview(frame: Frame, shown: str) -> list[Panel]:
    """The wall: key figures, the county as tiles, trends, the windows now."""
    return [
        panels.numbers(frame, KEY_FIGURES),
        panels.trend(frame, ("new_urban",), "城镇新增就业", width=3),
        panels.tiles(frame, shown or "unemployed", width=6),
        _live(frame, width=3),
        panels.trend(frame, ("unemployed",), "登记失业", width=3),
        panels.trend(frame, ("submitted", "online"), "办件", width=3),
    ]


def _employment(frame: Frame, shown: str) -> list[Panel]:
    """Jobs, registrations, those who need help."""
    return [
        panels.numbers(frame, ("new_urban", "hires", "people_hired", "jobs", "unemployed", "registered")),
        panels.trend(frame, ("hires", "registered"), "新就业和新登记失业", width=6),
        panels.tiles(frame, shown or "hires", width=6, page="cockpit.employment"),
        panels.trend(frame, ("jobs",), "城镇在职", width=6),
        panels.numbers(frame, ("hardship", "families", "graduates"), width=4, title="重点群体"),
        panels.kinds(frame, "hires", "怎样就业", width=4),
        panels.kinds(frame, "unemployed", "为什么失业", width=4),
        panels.kinds(frame, "hardship", "困难类别", width=4),
        panels.trend(frame, ("hardship", "graduates"), "重点群体在册", width=8),
    ]


def _people(frame: Frame, shown: str) -> list[Panel]:
    """Population by age and sex, where people work away, education."""
    return [
        panels.numbers(frame, ("population", "away")),
        panels.population(frame, width=6),
        panels.tiles(frame, shown or "population", width=6, page="cockpit.people"),
        panels.kinds(frame, "away", "外出务工去向", width=6, size="tall"),
        _education(frame),
    ]


def _service(frame: Frame, shown: str) -> list[Panel]:
    """Windows now, cases by line and channel, where it is late."""
    return [
        panels.numbers(frame, SERVICE_FIGURES),
        _windows(frame),
        _live(frame, width=4),
        panels.trend(frame, ("submitted", "online"), "收到办件", width=8),
        panels.kinds(frame, "submitted", "条线", width=4),
        _late(frame, width=12),
    ]


def _alerts(frame: Frame, shown: str) -> list[Panel]:
    """What needs somebody: alerts by level and rule, goals behind, cases overdue, data set aside."""
    here = share()
    behind = [line for line in planning.current_goals(frame, scale=here) if line.kind in ("danger", "warning")]
    return [
        *_sample(behind, here),
        alerting.by_level(frame),
        alerting.by_rule(frame),
        panels.numbers(frame, ("overdue", "near_due", "families", "decided_late"), width=4, title="办件和重点"),
        Panel("goals", 6, "落后于进度的目标", values={"lines": behind}),
        _late(frame, width=6),
        _quality(frame),
    ]


def now(frame: Frame) -> dict[str, Any]:
    """Give what happens at this moment, as cards with the moment they were counted."""
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
            _window_card(frame, "窗口正在服务", sum(one.sitting for one in points)),
            _window_card(frame, "等候", sum(one.waiting for one in points)),
        ],
    }


def _live_card(frame: Frame, label: str, count: int, figure: str) -> dict[str, Any]:
    """A number of today, leading to the figure of the month it is part of."""
    href = frame.href("cockpit.number", figure, span="month")
    return {"label": label, "value": number(count), "unit": "件", "href": href}


def _window_card(frame: Frame, label: str, count: int) -> dict[str, Any]:
    """People at the windows now, leading to the service points they are at; who they are is nobody's number."""
    return {"label": label, "value": number(count), "unit": "人", "href": frame.href("cockpit.service")}


def _live(frame: Frame, width: int) -> Panel:
    return Panel("live", width, "现在", values=now(frame))


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


def _insurance(frame: Frame, shown: str) -> list[Panel]:
    """Funds from the ledger, pay runs and what the bank gave back, insurance from its own tables, goals of the plan."""
    return [
        panels.numbers(frame, FUND_FIGURES, title="基金（账上数）"),
        panels.trend(frame, ("fund_income", "fund_spending"), "各月基金收支", width=6),
        panels.kinds(frame, "fund_income", "收入按基金", width=3),
        panels.kinds(frame, "fund_spending", "支出按基金", width=3),
        panels.numbers(frame, PAY_FIGURES, title="发放和对账"),
        panels.trend(frame, ("benefits_paid",), "各月发放", width=6),
        panels.trend(frame, ("payments_returned",), "各月银行退回", width=3),
        panels.kinds(frame, "payments_paid", "发放笔数按待遇", width=3),
        panels.numbers(frame, INSURANCE_FIGURES, title="参保和待遇"),
        *_subject(frame, "insurance"),
    ]


def _subject(frame: Frame, subject: str) -> list[Panel]:
    """A board of one subject from the plan's figures: lights, goals, the course of the first ones."""
    here = share()
    lines = planning.current_goals(frame, planning.SUBJECTS[subject], scale=here)
    charts = [
        panels.chart(
            replace(planning.path_drawing(line.statistic, line.goal, frame, scale=here), id=f"path-{at}", size=""),
            6,
            links=[(line.goal.name, frame.href("cockpit.statistic", line.statistic.code, goal=line.goal.id))],
        )
        for at, line in enumerate(lines)
        if line.done is not None
    ]
    waiting = [Panel("not_yet", 12, values={"text": COMPUTING})] if planning.is_computing() else []
    return [
        *waiting,
        *_sample(lines, here),
        Panel("cards", 12, values={"cards": planning.lights_of(lines, frame.href("cockpit.plan"))}),
        Panel("goals", 6, "目标", values={"lines": lines}, tall=len(lines) >= TALL_FROM),
        *charts[:6],
    ]


def _sample(lines: Collection[GoalLine], here: Decimal) -> list[Panel]:
    """Say once what share of the county is here, where a target is shown that is only its share."""
    is_needed = any(line.whole for line in lines)
    return [Panel("notice", 12, values={"text": sample_words(here)})] if is_needed else []


def _quality(frame: Frame) -> Panel:
    """What the last refresh of the lake set aside, and whether the boards agree with their rows."""
    rows = [
        {
            "what": f"数据湖：{dataset_of(one.dataset).title}",
            "words": f"{one.period}，{one.reason}",
            "count": number(one.rows),
            "href": frame.href("cockpit.lineage"),
        }
        for one in set_aside()
    ] + [
        {
            "what": f"看板数：{CUBES[code].title}",
            "words": "与业务行不一致",
            "count": f"{count} 格",
            "href": frame.href("cockpit.lineage"),
        }
        for code, count in last_differences().items()
    ]
    columns = (("what", "数据", "main"), ("words", "问题"), ("count", "数量", "num", "href"))
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
            "late_href": frame.href("cockpit.rows", "overdue", region=_inside(frame, one.township)),
            "near_href": frame.href("cockpit.rows", "near_due", region=_inside(frame, one.township)),
        }
        for one in live.late_groups(frame.region, today())
    ]
    columns = (
        ("place", "地方", "main"), ("line", "条线"), ("late", "超期", "num", "late_href"),
        ("near", "快到期", "num", "near_href"),
    )  # fmt: skip
    return Panel(
        "table",
        width,
        "超期和快到期的在办件",
        values={"columns": columns, "rows": rows, "empty": "没有超期，也没有快到期的"},
    )


def _inside(frame: Frame, township: str) -> str | None:
    """The township of a line, within what the page is about; None for cases of the county itself."""
    return (
        township if township.startswith(frame.region) else frame.region if len(frame.region) > COUNTY_DIGITS else None
    )


def _education(frame: Frame) -> Panel:
    found = {one.by[0]: one.n for one in sums(Wanted("people.education", (frame.region,)), "kind")}
    words = KINDS["people.education"]
    parts = [(words[code], found.get(code, 0)) for code in EDUCATION_ORDER]
    drawing = shares("education", "学历（在世户籍人口）", parts, "人", note="现在", size="tall")
    return panels.chart(drawing, 6, links=panels.meanings(frame, "population"))


BOARDS: dict[str, Board] = {
    "overview": Board("总览", _overview, wall=True),
    "employment": Board("就业", _employment),
    "people": Board("人口", _people),
    "insurance": Board("社保基金", _insurance),
    "talent": Board("人才", lambda frame, shown: _subject(frame, "talent")),
    "labour": Board("劳动关系", lambda frame, shown: _subject(frame, "labour")),
    "service": Board("服务", _service),
    "alerts": Board("预警", _alerts),
    "early": Board("失业预警", lambda frame, shown: alerting.early(frame), wall=True),
}
