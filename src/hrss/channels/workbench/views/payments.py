"""The lines of a pay run, masked and by key, and one payment: how it was calculated, where it came from, its way on.

Whoever looks at a line says so to the log; whoever opens a payment is seen by the person. A line can be kept back here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui.formats import date, masked_name, month
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import OUT_OF_TURN, kept, status_of
from hrss.channels.workbench.shell import may_open, work_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.models import Payment
from hrss.funds.payables.queries import ANSWERS, payment_by_id
from hrss.funds.payruns import queries, words
from hrss.funds.payruns.models import Finding, Run
from hrss.funds.payruns.services import withhold
from hrss.funds.payruns.services.discard_run import SIGNERS
from hrss.funds.payruns.states import BEFORE_SENDING
from hrss.funds.payruns.tracing import Trace, trace_of
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

PURPOSE = "payment"
STATE_KINDS = {"paid": "ok", "returned": "danger", "held": "warning", "dropped": "muted", "open": "info"}
VIEWS = (("all", "清单"), ("found", "检查到的"), ("held", "暂缓的"), ("returned", "退回的"))


def lines(request: Request, run_id: UUID) -> HttpResponse:
    """The lines of a run, fifty a page."""
    view, code, after = (request.GET.get(name, "") for name in ("view", "code", "after"))
    view = view if view in dict(VIEWS) else "all"
    if after and not after.isdigit():
        raise Problem("payruns.page", "翻页位置不对", remedy="请回到第一页", status=400)
    found = queries.lines_of(run_id, actor=_payer(request), view=view, code=code, after=int(after or 0))
    here = reverse("workbench.run_lines", args=(run_id,))
    return work_page(
        request,
        "workbench/run_lines.html",
        run=found.run,
        title=words.title_of(found.run.group),
        tabs=[(text, f"{here}?view={one}") for one, text in VIEWS],
        current=f"{here}?view={view}",
        check=words.words_of(code).sentence if code else "",
        rows=[_row(line, found.found.get(line.id, ())) for line in found.lines],
        following=found.more,
    )


def payment(request: Request, payment_id: int) -> HttpResponse:
    """One payment; POST keeps it back before it is sent."""
    actor = _payer(request)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            done = keyed(
                request.POST.get("_key", ""),
                withhold,
                payment_id,
                actor=actor,
                reason=request.POST.get("reason", ""),
            )
            notes.success(request, f"批次 {done.number} 里的这一笔已暂缓")
            return HttpResponseRedirect(reverse("workbench.payment", args=(payment_id,)))
        except Problem as raised:
            if raised.status == 404:
                raise
            problem = kept(request, raised, statuses=OUT_OF_TURN, actor=actor)
    return _page(request, payment_id, actor, problem)


def _page(request: Request, payment_id: int, actor: Actor, problem: Problem | None) -> HttpResponse:
    shown = payment_by_id(payment_id, actor=actor)
    trace = trace_of(payment_id, actor=actor)
    run = Run.objects.get(id=trace.row.run_id)
    return work_page(
        request,
        "workbench/payment.html",
        status=status_of(problem),
        shown=shown,
        run=run,
        state=(shown.state_name, STATE_KINDS[shown.state]),
        facts=_facts(trace),
        lines=shown.explanation().to_text().splitlines(),
        found=_findings(trace.row),
        way=way_on(trace),
        trace=trace,
        entries=[
            (f"{text}：{name} {yuan(fen)} 元", reverse("workbench.entry", args=(entry,)))
            for entry, text, name, fen in trace.entries
        ]
        if may_open(actor, "workbench.entry")
        else [],
        case=reverse("workbench.case", args=(trace.case_id,))
        if trace.case_id and may_open(actor, "workbench.case")
        else "",
        may_withhold=shown.state == "open"
        and run.state in BEFORE_SENDING
        and may_act(actor, *SIGNERS, Function.INSPECTOR),
        typed=request.POST.get("reason", ""),
        problems=problem,
        key=new_key(),
    )


def way_on(trace: Trace) -> str:
    """Say what has to happen until a payment that did not arrive does; empty where nothing waits."""
    row, account = trace.row, trace.account
    if trace.later is not None:
        return f"已在批次 {trace.later.run_number} 再次办理（{trace.later.get_state_display()}）。"
    if row.state not in (Payment.State.RETURNED, Payment.State.HELD):
        return ""
    if row.state == Payment.State.HELD and row.note not in ("no_account", "same_account", "cooling", "account"):
        return words.words_of(row.note, row.note).remedy + "。"
    if account is None or (row.state == Payment.State.RETURNED and not trace.is_new_account):
        return "收款账户还没有换。请本人办“换发放账户”（SB012），新账户过了冷却期，开下一批时自动补发。"
    if account.usable_from and account.usable_from > timezone.localdate():
        return f"已换成尾号 {account.tail} 的账户，冷却期到{date(account.usable_from)}，以后开的批次自动补发。"
    return f"已换成尾号 {account.tail} 的账户，可以发了：开下一批时自动补发。"


def _payer(request: Request) -> Actor:
    """Give the actor with the purpose of paying, unless they said why they look."""
    return request.actor if request.actor.purpose else request.actor.for_purpose(PURPOSE)


def _facts(trace: Trace) -> list[tuple[str, str]]:
    row = trace.row
    return [
        ("收款人", f"{masked_name(row.person.name)}（身份证尾号 {row.person.id_tail}）"),
        ("所属月", month(YearMonth.from_index(row.month))),
        ("金额", f"{yuan(row.amount)} 元"),
        *(
            [("抵扣欠款", f"{yuan(row.deducted)} 元，实发 {yuan(row.amount - row.deducted)} 元")]
            if row.deducted
            else []
        ),
        ("收款账户", f"{row.bank}　尾号 {row.account_tail}" if row.account_tail else "没有可用的账户"),
        ("批次和序号", f"{row.run_number}　{row.ordinal or '没有进清单'}"),
        ("第几次发放", str(row.attempt)),
        ("银行答复", f"{ANSWERS.get(row.answer, row.answer)}　{date(row.answered_on)}" if row.answer else "还没有"),
        ("由谁决定", "办件核定" if trace.case_id else f"接收批次 {trace.batch}"),
    ]


def _findings(row: Payment) -> list[dict[str, str]]:
    found = Finding.objects.filter(run=row.run_id, payment=row.id).order_by("id")
    return [
        {
            "rule": one.rule,
            "kind": one.get_kind_display(),
            "sentence": words.words_of(one.code, row.note).sentence,
            "remedy": words.words_of(one.code).remedy,
        }
        for one in found
    ]


def _row(line: Payment, found: Sequence[Finding]) -> dict[str, Any]:
    said = "；".join(words.words_of(one.code, line.note).sentence for one in found)
    answer = ANSWERS.get(line.answer, line.answer) if line.state == Payment.State.RETURNED else ""
    return {
        "ordinal": str(line.ordinal or "—"),
        "name": masked_name(line.person.name),
        "href": reverse("workbench.payment", args=(line.id,)),
        "benefit": benefit_of(line.benefit).name,
        "month": month(YearMonth.from_index(line.month)),
        "amount": yuan(line.amount),
        "account": f"尾号 {line.account_tail}" if line.account_tail else "没有账户",
        "state": (line.get_state_display(), STATE_KINDS[line.state]),
        "said": answer or said,
    }
