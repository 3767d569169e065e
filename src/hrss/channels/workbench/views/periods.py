"""结账和报表: months closed and to close, the three statements of a fund on the page, as PDF and as xlsx.

A closed month is never opened again: what was wrong in it is put right by a reversal in an open one.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages as notes
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui.formats import month as month_words
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import OUT_OF_TURN, kept
from hrss.channels.workbench.shell import work_page
from hrss.channels.workbench.views.ledger import tabs_of
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Closing
from hrss.funds.ledger.services import propose_closing
from hrss.funds.ledger.waiting import months_of
from hrss.funds.statements.figures import KINDS, Row, Section, statement
from hrss.funds.statements.issuing import TYPES, statement_file
from hrss.kernel.actor import Function
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem


def periods(request: Request, fund: str) -> HttpResponse:
    """The months of a fund; POST proposes to close the next one."""
    title = fund_of(fund).label
    problem: Problem | None = None
    if request.method == "POST":
        try:
            month = YearMonth.parse(request.POST.get("month", ""))
            key = request.POST.get("_key", "")
            done = keyed(key, propose_closing, actor=request.actor, fund=fund, month=month)
            notes.success(request, "已申请结账，请另外两位同事复核、审批")
            return HttpResponseRedirect(reverse("workbench.proposal", args=(done.id,)))
        except Problem as raised:
            problem = kept(request, raised, statuses=OUT_OF_TURN)
    return _periods(request, fund, title, problem)


def fund_statement(request: Request, fund: str, kind: str, month: str) -> HttpResponse:
    """A statement on the page."""
    _check(kind)
    shown = statement(kind, fund, YearMonth.parse(month))
    return work_page(
        request,
        "workbench/fund_statement.html",
        fund=fund,
        shown=shown,
        title=f"{shown.title} {month_words(shown.month)}",
        columns=_columns(shown.columns),
        sections=[(section.title, _rows(section)) for section in shown.sections],
        kinds=[(words, reverse("workbench.fund_statement", args=(fund, one, month))) for one, words in KINDS.items()],
        current=reverse("workbench.fund_statement", args=(fund, kind, month)),
        files=[
            (words, reverse("workbench.fund_statement_file", args=(fund, kind, month, form)))
            for form, words in (("pdf", "下载 PDF"), ("xlsx", "下载 Excel"))
        ],
    )


def fund_statement_file(request: Request, fund: str, kind: str, month: str, form: str) -> FileResponse:
    """A statement as a file."""
    _check(kind)
    content, name = statement_file(kind, fund, YearMonth.parse(month), form, actor=request.actor)
    return FileResponse(BytesIO(content), content_type=TYPES[form], as_attachment=True, filename=name)


def _periods(request: Request, fund: str, title: str, problem: Problem | None) -> HttpResponse:
    found = months_of(fund)
    now = YearMonth.of(timezone.localdate())
    wanted = request.GET.get("month", "")
    chosen = YearMonth.parse(wanted) if wanted else found.following or now
    return work_page(
        request,
        "workbench/periods.html",
        status=422 if problem else 200,
        fund=fund,
        title=title,
        tabs=tabs_of(fund),
        following=found.following,
        is_over=found.following is not None and found.following < now,
        proposed=reverse("workbench.proposal", args=(found.proposed.id,)) if found.proposed else "",
        may_close=may_act(request.actor, Function.FINANCE),
        chosen=chosen,
        links=[
            (words, reverse("workbench.fund_statement", args=(fund, kind, chosen))) for kind, words in KINDS.items()
        ],
        rows=[_closed(fund, one) for one in found.closed],
        problems=problem,
        key=new_key(),
    )


def _closed(fund: str, one: Closing) -> dict[str, Any]:
    month = YearMonth.of(one.month)
    address = {kind: reverse("workbench.fund_statement", args=(fund, kind, month)) for kind in KINDS}
    words = {f"{kind}_words": words for kind, words in KINDS.items()}
    return {"month": month_words(month), "proposal": "结账申请", **address, **words} | {
        "proposal_href": reverse("workbench.proposal", args=(one.reference,))
    }


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise Problem("statements.kind", "没有这种报表", remedy="请从“结账和报表”进入", status=404)


def _columns(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    amounts = [(f"a{number}", name, "num") for number, name in enumerate(names)]
    return [("code", "科目编号"), ("name", "项目", "main"), *amounts]


def _rows(section: Section) -> list[dict[str, str]]:
    return [_row(row) for row in section.rows]


def _row(row: Row) -> dict[str, str]:
    return {"code": row.code, "name": row.name} | {f"a{at}": yuan(fen) for at, fen in enumerate(row.amounts)}
