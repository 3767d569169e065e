"""Routes of the cockpit."""

from __future__ import annotations

from functools import partial

from hrss.foundation.access.routes import Route, staff_audience
from hrss.kernel.actor import Function

LOOKERS = staff_audience(Function.LEADER, Function.DATA, Function.INSPECTOR, Function.FINANCE)
_VIEWS = "hrss.channels.cockpit.views"

_board = partial(Route, audience=LOOKERS, scope="region", label="L2")

ROUTES: tuple[Route, ...] = (
    _board(path="cockpit/", view=f"{_VIEWS}.boards.overview", name="cockpit.overview", title="总览"),
    _board(path="cockpit/employment/", view=f"{_VIEWS}.boards.employment", name="cockpit.employment", title="就业"),
    _board(path="cockpit/people/", view=f"{_VIEWS}.boards.people", name="cockpit.people", title="人口"),
    _board(path="cockpit/service/", view=f"{_VIEWS}.boards.service", name="cockpit.service", title="服务"),
    _board(path="cockpit/service/live", view=f"{_VIEWS}.boards.live_now", name="cockpit.live", title="窗口实时"),
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
