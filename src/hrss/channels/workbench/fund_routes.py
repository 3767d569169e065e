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
BOOK_ROUTES: tuple[Route, ...] = (
    _read(path="work/funds/", view=f"{_VIEWS}.ledger.funds", name="workbench.funds", title="账簿"),
    _read(
        path="work/funds/<str:fund>/entries/", view=f"{_VIEWS}.ledger.entries", name="workbench.entries", title="凭证"
    ),
    _read(
        path="work/funds/<str:fund>/accounts/",
        view=f"{_VIEWS}.ledger.accounts",
        name="workbench.fund_accounts",
        title="会计科目",
    ),
    _people(
        path="work/funds/entries/<int:entry_id>/", view=f"{_VIEWS}.ledger.entry", name="workbench.entry", title="凭证"
    ),
    _form(
        path="work/funds/entries/<int:entry_id>/reverse",
        view=f"{_VIEWS}.proposals.reverse_entry",
        name="workbench.reverse",
        title="申请冲销",
        methods=("POST",),
    ),
    _form(
        path="work/funds/<str:fund>/entries/new",
        view=f"{_VIEWS}.proposals.manual",
        name="workbench.manual_entry",
        title="其他收支",
    ),
    _form(path="work/funds/transfer", view=f"{_VIEWS}.proposals.transfer", name="workbench.transfer", title="申请划转"),
    _read(
        path="work/funds/proposals/",
        view=f"{_VIEWS}.proposals.proposals",
        name="workbench.proposals",
        title="记账申请",
    ),
    _read(
        path="work/funds/proposals/<uuid:proposal_id>/",
        view=f"{_VIEWS}.proposals.proposal",
        name="workbench.proposal",
        title="记账申请",
    ),
    _write(
        path="work/funds/proposals/<uuid:proposal_id>/<str:verb>",
        view=f"{_VIEWS}.proposals.move",
        name="workbench.proposal_move",
        title="办理记账申请",
    ),
)
STATEMENT_ROUTES: tuple[Route, ...] = (
    _read(
        path="work/funds/<str:fund>/periods/",
        view=f"{_VIEWS}.periods.periods",
        name="workbench.periods",
        title="结账和报表",
        audit="write",
        methods=("GET", "POST"),
    ),
    _read(
        path="work/funds/<str:fund>/statements/<str:kind>/<str:month>/",
        view=f"{_VIEWS}.periods.fund_statement",
        name="workbench.fund_statement",
        title="会计报表",
    ),
    _read(
        path="work/funds/<str:fund>/statements/<str:kind>/<str:month>/<str:form>",
        view=f"{_VIEWS}.periods.fund_statement_file",
        name="workbench.fund_statement_file",
        title="下载会计报表",
        audit="write",
    ),
    _read(
        path="work/funds/reconciliation/",
        view=f"{_VIEWS}.reconciliation.overview",
        name="workbench.reconciliation",
        title="对账",
        audit="write",
        methods=("GET", "POST"),
    ),
    _read(
        path="work/funds/reconciliation/<uuid:break_id>/",
        view=f"{_VIEWS}.reconciliation.difference",
        name="workbench.break",
        title="对账差异",
        audit="write",
        methods=("GET", "POST"),
    ),
)
ROUTES: tuple[Route, ...] = (*RUN_ROUTES, *BOOK_ROUTES, *STATEMENT_ROUTES)
