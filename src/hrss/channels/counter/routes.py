"""Routes of the counter."""

from __future__ import annotations

from functools import partial

from hrss.foundation.access.routes import Route, staff_audience
from hrss.kernel.actor import Function

CLERKS = staff_audience(Function.COUNTER, Function.VILLAGE_AGENT)
_VIEWS = "hrss.channels.counter.views"

_read = partial(Route, audience=CLERKS, scope="region", label="L3", audit="read")
_write = partial(Route, audience=CLERKS, scope="region", label="L3", audit="write", rate="submit", methods=("POST",))

ROUTES: tuple[Route, ...] = (
    _read(path="counter/", view=f"{_VIEWS}.desk.desk", name="counter.desk", title="窗口"),
    _write(path="counter/window", view=f"{_VIEWS}.desk.choose_window", name="counter.window", title="选择窗口"),
    _write(path="counter/next", view=f"{_VIEWS}.desk.call_next", name="counter.next", title="叫号"),
    _write(path="counter/tickets/<uuid:ticket_id>/miss", view=f"{_VIEWS}.desk.miss", name="counter.miss", title="过号"),
    _write(path="counter/begin", view=f"{_VIEWS}.desk.begin", name="counter.begin", title="开始服务"),
    _write(path="counter/identify", view=f"{_VIEWS}.desk.identify", name="counter.identify", title="核对身份"),
    _write(
        path="counter/newcomer",
        view=f"{_VIEWS}.newcomer.newcomer",
        name="counter.newcomer",
        title="新来的人建档",
        methods=("GET", "POST"),
    ),
    _write(path="counter/end", view=f"{_VIEWS}.desk.end", name="counter.end", title="结束服务"),
    _read(path="counter/screen/", view=f"{_VIEWS}.desk.screen", name="counter.screen", title="客户屏"),
    _write(
        path="counter/items/<str:code>/",
        view=f"{_VIEWS}.intake.take_in",
        name="counter.item",
        title="窗口受理",
        methods=("GET", "POST"),
    ),
    _read(
        path="counter/items/<str:code>/notice",
        view=f"{_VIEWS}.intake.notice",
        name="counter.notice",
        title="一次性告知",
    ),
    _write(
        path="counter/items/<str:code>/mirror",
        view=f"{_VIEWS}.intake.mirror",
        name="counter.mirror",
        title="客户屏同步",
        rate="page",
    ),
    _write(
        path="counter/packages/<str:code>/",
        view=f"{_VIEWS}.packages.take_in",
        name="counter.package",
        title="窗口办一件事",
        methods=("GET", "POST"),
    ),
    _read(
        path="counter/bundles/<uuid:bundle_id>/",
        view=f"{_VIEWS}.packages.bundle",
        name="counter.bundle",
        title="一件事回执",
    ),
    _write(
        path="counter/cases/<uuid:case_id>/correct",
        view=f"{_VIEWS}.intake.correct",
        name="counter.correct",
        title="窗口补正",
        methods=("GET", "POST"),
    ),
    _write(
        path="counter/cases/<uuid:case_id>/do/<str:verb>",
        view=f"{_VIEWS}.intake.act",
        name="counter.act",
        title="当场办理",
    ),
    _write(
        path="counter/cases/<uuid:case_id>/ask-rating",
        view=f"{_VIEWS}.rating.ask",
        name="counter.ask_rating",
        title="请本人评价",
    ),
    _write(path="counter/cases/<uuid:case_id>/rate", view=f"{_VIEWS}.rating.rate", name="counter.rate", title="评价"),
    _read(
        path="counter/cases/<uuid:case_id>/receipt",
        view=f"{_VIEWS}.intake.receipt",
        name="counter.receipt",
        title="回执",
    ),
    Route(
        path="kiosk/<str:region>/",
        view=f"{_VIEWS}.kiosk.kiosk",
        name="counter.kiosk",
        title="取号机",
        audience=frozenset({"anyone"}),
        audit="write",
        rate="submit",
        methods=("GET", "POST"),
    ),
    Route(
        path="kiosk/<str:region>/hall",
        view=f"{_VIEWS}.kiosk.hall",
        name="counter.hall",
        title="大厅叫号屏",
        audience=frozenset({"anyone"}),
    ),
)
