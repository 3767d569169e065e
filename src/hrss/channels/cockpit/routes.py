"""Routes of the cockpit."""

from __future__ import annotations

from functools import partial

from hrss.foundation.access.routes import Route, staff_audience
from hrss.kernel.actor import Function

LOOKERS = staff_audience(Function.LEADER, Function.DATA, Function.INSPECTOR, Function.FINANCE)
DRILLERS = staff_audience(Function.LEADER, Function.DATA, Function.INSPECTOR)
_VIEWS = "hrss.channels.cockpit.views"

_board = partial(Route, audience=LOOKERS, scope="region", label="L2")

ROUTES: tuple[Route, ...] = (
    _board(path="cockpit/", view=f"{_VIEWS}.boards.board", name="cockpit.overview", title="总览"),
    _board(path="cockpit/employment/", view=f"{_VIEWS}.boards.board", name="cockpit.employment", title="就业"),
    _board(path="cockpit/people/", view=f"{_VIEWS}.boards.board", name="cockpit.people", title="人口"),
    _board(path="cockpit/service/", view=f"{_VIEWS}.boards.board", name="cockpit.service", title="服务"),
    _board(path="cockpit/service/live", view=f"{_VIEWS}.boards.live_now", name="cockpit.live", title="窗口实时"),
    _board(
        path="cockpit/export/<str:board>.<str:kind>",
        view=f"{_VIEWS}.exports.export",
        name="cockpit.export",
        title="导出看板",
        rate="search",
    ),
    _board(path="cockpit/brief/", view=f"{_VIEWS}.exports.brief", name="cockpit.brief", title="每日简报"),
    _board(path="cockpit/plan/", view=f"{_VIEWS}.plans.plan", name="cockpit.plan", title="规划"),
    _board(
        path="cockpit/plan/<str:code>/", view=f"{_VIEWS}.plans.statistic", name="cockpit.statistic", title="规划指标"
    ),
    _board(
        path="cockpit/plan/<str:code>/outlook",
        view=f"{_VIEWS}.plans.outlook",
        name="cockpit.outlook",
        title="指标预测",
        rate="search",
    ),
    _board(
        path="cockpit/plan/<str:code>/rows",
        view=f"{_VIEWS}.plans.statistic_rows",
        name="cockpit.statistic_rows",
        title="指标的明细",
        audience=DRILLERS,
        label="L3",
        audit="read",
        rate="search",
    ),
    _board(path="cockpit/insurance/", view=f"{_VIEWS}.boards.board", name="cockpit.insurance", title="社保基金"),
    _board(path="cockpit/talent/", view=f"{_VIEWS}.boards.board", name="cockpit.talent", title="人才"),
    _board(path="cockpit/labour/", view=f"{_VIEWS}.boards.board", name="cockpit.labour", title="劳动关系"),
    _board(path="cockpit/alerts/", view=f"{_VIEWS}.boards.board", name="cockpit.alerts", title="预警"),
    _board(path="cockpit/early/", view=f"{_VIEWS}.boards.board", name="cockpit.early", title="失业预警"),
    _board(
        path="cockpit/explore/",
        view=f"{_VIEWS}.explorer.explore",
        name="cockpit.explore",
        title="自助分析",
        audience=DRILLERS,
        rate="search",
    ),
    _board(path="cockpit/lineage/", view=f"{_VIEWS}.explorer.lineage", name="cockpit.lineage", title="数据从哪里来"),
    _board(path="cockpit/numbers/<str:code>/", view=f"{_VIEWS}.numbers.number", name="cockpit.number", title="数字"),
    _board(
        path="cockpit/numbers/<str:code>/rows",
        view=f"{_VIEWS}.numbers.rows",
        name="cockpit.rows",
        title="数字的明细",
        label="L3",
        audit="read",
        rate="search",
    ),
    _board(path="cockpit/theme/<str:name>/", view=f"{_VIEWS}.settings.theme", name="cockpit.theme", title="深色浅色"),
)
