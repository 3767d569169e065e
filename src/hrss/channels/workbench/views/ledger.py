"""账簿: the funds with their three bank accounts, entries by key, an entry down to each person's line.

It shows what is booked; what is to be booked passes three people (``views.proposals``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from hrss.channels.ui.formats import date, masked_name
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import may_open, work_page
from hrss.foundation.access.policies import may_act
from hrss.funds.codes import fund_of
from hrss.funds.ledger import queries
from hrss.funds.ledger.models import Detail, Proposal
from hrss.funds.ledger.queries import EntryPage, EntryRow, FundState
from hrss.funds.payruns.queries import run_by_number
from hrss.funds.payruns.tracing import payments_at
from hrss.funds.reconciliation.queries import live_counts
from hrss.funds.signing.signatures import signatures_of
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem, Problems

NOT_REVERSED = ("reversal", "carry")


def funds(request: Request) -> HttpResponse:
    """Every fund: three balances, how far it is closed, differences that wait."""
    waiting = live_counts()
    return work_page(
        request,
        "workbench/funds.html",
        rows=[_fund(one, waiting.get(one.fund, 0)) for one in queries.fund_states()],
        may_propose=may_act(request.actor, Function.FINANCE),
    )


def entries(request: Request, fund: str) -> HttpResponse:
    """The entries of a fund, newest first."""
    title = fund_of(fund).label
    wanted = {name: request.GET.get(name, "").strip() for name in ("source", "month")}
    month = YearMonth.parse(wanted["month"]).first_day if wanted["month"] else None
    found, more = queries.entries(fund, after=request.GET.get("after", ""), source=wanted["source"], month=month)
    sources = queries.source_titles()
    return work_page(
        request,
        "workbench/entries.html",
        fund=fund,
        title=title,
        wanted=wanted,
        sources=list(sources.items()),
        rows=[_entry(one, sources) for one in found],
        following=more,
        tabs=tabs_of(fund),
        may_propose=may_act(request.actor, Function.FINANCE),
    )


def entry(request: Request, entry_id: int) -> HttpResponse:
    """One entry with its lines and the people behind them."""
    return entry_page(request, entry_id)


def entry_page(request: Request, entry_id: int, problem: Problem | Problems | None = None) -> HttpResponse:
    """Draw an entry; ``problem`` is what its reversal form came back with."""
    shown = queries.entry_page(entry_id)
    actor = request.actor if request.actor.purpose else request.actor.for_purpose("payment")
    line, after = (request.GET.get(name, "") for name in ("line", "after"))
    details, more = queries.details_of(entry_id, actor=actor, line_id=_number(line), after=_number(after))
    return work_page(
        request,
        "workbench/entry.html",
        status=422 if problem else 200,
        shown=shown,
        fund_title=fund_of(shown.fund).label,
        number=_voucher(shown.row),
        origin=_origin(shown, actor),
        signatures=[
            (one.title, f"{one.name}　{date(one.at)}") for one in signatures_of(shown.row.source, shown.row.reference)
        ],
        lines=[_line(entry_id, one) for one in shown.lines],
        details=_details(details),
        following=more,
        may_reverse=_may_reverse(shown.row, actor),
        typed=request.POST.get("reason", ""),
        problems=problem,
        key=new_key(),
    )


def tabs_of(fund: str) -> list[tuple[str, str]]:
    """Give the pages of a fund."""
    return [
        ("凭证", reverse("workbench.entries", args=(fund,))),
        ("结账和报表", reverse("workbench.periods", args=(fund,))),
        ("科目", reverse("workbench.fund_accounts", args=(fund,))),
    ]


def accounts(request: Request, fund: str) -> HttpResponse:
    """The chart of a fund: number, name, element, the bank account it mirrors, on what ground."""
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "kind": one.get_kind_display(),
            "bank": one.get_bank_display() if one.bank else "",
            "basis": one.basis,
            "verified": "已核对原文" if one.is_verified else "未核实",
        }
        for one in queries.accounts_of(fund)
    ]
    return work_page(request, "workbench/fund_accounts.html", title=fund_of(fund).label, rows=rows, tabs=tabs_of(fund))


def _number(text: str) -> int:
    if text and not text.isdigit():
        raise Problem("ledger.page", "翻页位置不对", remedy="请回到第一页", status=400)
    return int(text or 0)


def _fund(one: FundState, waiting: int) -> dict[str, Any]:
    return {
        "title": one.title,
        "href": reverse("workbench.entries", args=(one.fund,)),
        "income": yuan(one.income),
        "fiscal": yuan(one.fiscal),
        "expenditure": yuan(one.expenditure),
        "closed": date(one.closed_through) or "还没有结过",
        "breaks": f"{waiting} 项" if waiting else "没有",
        "breaks_href": f"{reverse('workbench.reconciliation')}?fund={one.fund}",
    }


def _voucher(row: EntryRow) -> str:
    return f"{row.on:%Y%m}-{row.number:04d}" if row.number else "还没有编号"


def _entry(one: EntryRow, sources: dict[str, str]) -> dict[str, Any]:
    tag = ("已冲销", "muted") if one.reversed_by else ("冲销凭证", "warning") if one.reverses else None
    return {
        "number": _voucher(one),
        "href": reverse("workbench.entry", args=(one.id,)),
        "on": one.on,
        "source": sources.get(one.source, one.source),
        "text": one.text,
        "total": yuan(one.total),
        "tag": tag,
    }


def _line(entry_id: int, one: tuple[int, str, str, int, int, int]) -> dict[str, Any]:
    line, code, name, debit, credit, details = one
    return {
        "account": f"{code}　{name}",
        "debit": yuan(debit) if debit else "",
        "credit": yuan(credit) if credit else "",
        "details": f"{details:,} 笔" if details else "",
        "href": f"{reverse('workbench.entry', args=(entry_id,))}?line={line}" if details else "",
    }


def _details(rows: Sequence[Detail]) -> list[dict[str, Any]]:
    payments = payments_at({row.reference for row in rows})
    return [
        {
            "name": masked_name(row.person.name) if row.person else "—",
            "reference": row.reference,
            "href": reverse("workbench.payment", args=(payments[row.reference],)) if row.reference in payments else "",
            "account": row.line.account.name,
            "amount": yuan(row.amount),
        }
        for row in rows
    ]


def _origin(shown: EntryPage, actor: Actor) -> tuple[str, str]:
    """Give words and address of what the entry comes from."""
    row = shown.row
    if row.source in ("payrun", "returned"):
        run = run_by_number(row.reference)
        return (f"发放批次 {row.reference}", reverse("workbench.run", args=(run.id,)) if run else "")
    if row.source in Proposal.Kind.values and may_open(actor, "workbench.proposal"):
        return ("记账申请", reverse("workbench.proposal", args=(row.reference,)))
    return (row.reference, "")


def _may_reverse(row: EntryRow, actor: Actor) -> bool:
    return row.source not in NOT_REVERSED and row.reversed_by is None and may_act(actor, Function.FINANCE)
