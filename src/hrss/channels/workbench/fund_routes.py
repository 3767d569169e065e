"""Routes of 基金财务: pay runs, books, statements, reconciliation, for the county's fund office and who watches it."""

from __future__ import annotations

from functools import partial

from hrss.foundation.access.routes import Route, staff_audience
from hrss.kernel.actor import Function

FUND_STAFF = staff_audience(Function.FINANCE, Function.LEADER, Function.INSPECTOR)
ACCOUNTANTS = staff_audience(Function.FINANCE)
_VIEWS = "hrss.channels.workbench.views"

_read = partial(Route, audience=FUND_STAFF, scope="county", label="L2", audit="read")
_people = partial(Route, audience=FUND_STAFF, scope="county", label="L3", audit="read")
_write = partial(
    Route, audience=FUND_STAFF, scope="county", label="L2", audit="write", rate="submit", methods=("POST",)
)
_form = partial(
    Route, audience=ACCOUNTANTS, scope="county", label="L2", audit="write", rate="submit", methods=("GET", "POST")
)

RUN_ROUTES: tuple[Route, ...] = (
    _read(path="work/funds/runs/", view=f"{_VIEWS}.runs.runs", name="workbench.runs", title="待遇发放"),
    _form(path="work/funds/runs/start", view=f"{_VIEWS}.runs.start", name="workbench.run_start", title="开发放批次"),
    _read(path="work/funds/runs/<uuid:run_id>/", view=f"{_VIEWS}.runs.run", name="workbench.run", title="发放批次"),
    _read(
        path="work/funds/runs/<uuid:run_id>/live",
        view=f"{_VIEWS}.runs.live",
        name="workbench.run_live",
        title="批次进度",
    ),
    _people(
        path="work/funds/runs/<uuid:run_id>/lines",
        view=f"{_VIEWS}.payments.lines",
        name="workbench.run_lines",
        title="发放清单",
    ),
    _write(
        path="work/funds/runs/<uuid:run_id>/do/<str:verb>",
        view=f"{_VIEWS}.runs.do",
        name="workbench.run_do",
        title="办理发放批次",
    ),
    _people(
        path="work/funds/payments/<int:payment_id>/",
        view=f"{_VIEWS}.payments.payment",
        name="workbench.payment",
        title="一笔发放",
        audit="write",
        methods=("GET", "POST"),
    ),
)
ROUTES: tuple[Route, ...] = RUN_ROUTES
