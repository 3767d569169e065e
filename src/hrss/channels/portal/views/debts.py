"""What I have to pay back: which months, how it was computed, the decision, instalments, paying through the channel.

Paying happens once, whatever is clicked twice: the bill is made first and outlives the page.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.portal.views.me import own_person
from hrss.channels.ui.debts import decision_answer, months_of
from hrss.channels.ui.formats import date
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.verbs import keyed
from hrss.funds.banking.models import Collection
from hrss.funds.recovery import queries
from hrss.funds.recovery.models import Debt, Movement
from hrss.funds.recovery.paying import pay_back
from hrss.funds.recovery.queries import DebtPage, DebtRow
from hrss.funds.recovery.services import bill_debt
from hrss.kernel.money import parse_yuan, plain_yuan, yuan
from hrss.kernel.problem import Problem

STATES = {
    Debt.State.OPEN: ("正在核实", "info"),
    Debt.State.DECIDED: ("要退回", "warning"),
    Debt.State.SETTLED: ("已退清", "ok"),
    Debt.State.WRITTEN_OFF: ("不用再退", "muted"),
    Debt.State.CANCELLED: ("不用退", "muted"),
}


def debts(request: Request) -> HttpResponse:
    """Everything I have or had to pay back."""
    rows = [_row(one) for one in queries.debts_of(own_person(request), actor=request.actor)]
    return page(request, "portal/debts.html", rows=rows)


def debt(request: Request, debt_id: UUID) -> HttpResponse:
    """One debt; POST makes the bill of the amount typed, which is paid on the next page."""
    own_person(request)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            fen = parse_yuan(request.POST.get("amount", ""))
            bill = keyed(request.POST.get("_key", ""), bill_debt, debt_id, actor=request.actor, fen=fen)
            return HttpResponseRedirect(reverse("portal.debt_bill", args=(debt_id, bill.id)))
        except Problem as raised:
            if raised.status == 404:
                raise
            problem = raised
    found = queries.debt_page(debt_id, actor=request.actor)
    typed = request.POST.get("amount")
    return page(
        request,
        "portal/debt.html",
        status=422 if problem else 200,
        found=found,
        state=STATES.get(Debt.State(found.row.debt.state), ("正在核实", "info")),
        facts=_facts(found),
        lines=months_of(found),
        plan=_plan(found),
        movements=_movements(found),
        pays=found.row.debt.state == Debt.State.DECIDED and found.row.owed > 0,
        has_decision=found.row.debt.due_on is not None,
        amount=typed if typed is not None else plain_yuan(found.next_fen),
        just_paid="paid" in request.GET and problem is None,
        problems=problem,
        key=new_key(),
    )


def bill(request: Request, debt_id: UUID, bill_id: UUID) -> HttpResponse:
    """The bill; POST pays. The same bill is paid once."""
    own_person(request)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            pay_back(debt_id, bill_id, actor=request.actor)
            return HttpResponseRedirect(reverse("portal.debt", args=(debt_id,)) + "?paid=1")
        except Problem as raised:
            if raised.status == 404:
                raise
            problem = raised
    found = queries.debt_page(debt_id, actor=request.actor)
    collection = Collection.objects.filter(id=bill_id).first()
    if collection is None or found.row.debt.number not in collection.purpose:
        raise Problem("recovery.bill", "没有这张退款单", remedy="请从“要退的钱”重新开始", status=404)
    return page(
        request,
        "portal/debt_bill.html",
        status=422 if problem else 200,
        found=found,
        rows=[("退什么", f"多发的{found.row.benefit}"), ("您要付", f"{yuan(collection.amount)} 元")],
        problems=problem,
        key=new_key(),
    )


def decision(request: Request, debt_id: UUID) -> FileResponse:
    """The decision as a PDF."""
    own_person(request)
    return decision_answer(debt_id, request.actor)


def _row(one: DebtRow) -> dict[str, Any]:
    debt = one.debt
    return {
        "title": one.benefit,
        "href": reverse("portal.debt", args=(debt.id,)),
        "amount": f"{yuan(debt.amount)} 元",
        "owed": f"{yuan(one.owed)} 元",
        "state": STATES.get(Debt.State(debt.state), ("正在核实", "info"))[0],
        "due": date(debt.due_on) if debt.due_on and one.owed else "",
    }


def _facts(found: DebtPage) -> list[tuple[str, str]]:
    debt = found.row.debt
    rows = [
        ("编号", debt.number),
        ("谁领的", found.debtor),
        ("原因", debt.reason),
        ("一共多发", f"{yuan(debt.amount)} 元"),
        ("还要退", f"{yuan(found.row.owed)} 元"),
    ]
    if debt.due_on and found.row.owed:
        rows.append(("最晚什么时候退", date(debt.due_on)))
    if found.heir:
        rows.append(("由谁退", f"{found.heir}，在继承的遗产范围内"))
    if found.deduction:
        rows.append(("正在从待遇里抵扣", f"每月 {found.deduction.share // 10_000}%"))
    return rows


def _plan(found: DebtPage) -> list[dict[str, str]]:
    return [
        {
            "number": f"第 {one.number} 期",
            "due_on": date(one.due_on),
            "amount": yuan(one.fen),
            "state": "已退" if one.is_paid else "已过期，请尽快退" if one.is_late else "没到日期",
        }
        for one in found.plan
    ]


def _movements(found: DebtPage) -> list[dict[str, str]]:
    return [
        {"on": date(one.on), "kind": Movement.Kind(one.kind).label, "amount": yuan(one.amount)}
        for one in found.movements
    ]
