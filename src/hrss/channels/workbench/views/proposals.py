"""记账申请: transfers, other entries, reversals and closings on their way through three people."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import OUT_OF_TURN, kept, status_of
from hrss.channels.workbench.shell import work_page
from hrss.channels.workbench.views.ledger import entry_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.funds.codes import Fund, fund_of
from hrss.funds.ledger import queries, waiting
from hrss.funds.ledger.models import Proposal
from hrss.funds.ledger.posting import Line
from hrss.funds.ledger.services import (
    approve_proposal,
    propose_entry,
    propose_reversal,
    propose_transfer,
    refuse_proposal,
    review_proposal,
)
from hrss.funds.ledger.services.propose_transfer import ALLOWED
from hrss.funds.ledger.waiting import ProposalPage
from hrss.funds.signing.models import Step
from hrss.funds.signing.policies import may_sign
from hrss.kernel.actor import Actor, Function
from hrss.kernel.money import parse_yuan, yuan
from hrss.kernel.problem import Problem, Problems

STATE_KINDS = {"made": "warning", "reviewed": "warning", "done": "ok", "refused": "muted"}
WAYS = [(f"{giver}-{taker}", text) for (giver, taker), text in ALLOWED.items()]
FUNDS = [(one.value, one.label) for one in Fund]
ROWS = 4
_TRANSFER = ("fund", "way", "amount", "on", "text")


def proposals(request: Request) -> HttpResponse:
    """What waits for a name, or what is over."""
    state = request.GET.get("state", "")
    state = state if state in Proposal.State.values else ""
    found, more = waiting.proposals(state=state, after=request.GET.get("after", ""))
    here = reverse("workbench.proposals")
    return work_page(
        request,
        "workbench/proposals.html",
        tabs=[("等着签名", here), ("已记账", f"{here}?state=done"), ("已退回", f"{here}?state=refused")],
        current=f"{here}?state={state}" if state else here,
        rows=[_row(one) for one in found],
        following=more,
        may_propose=may_act(request.actor, Function.FINANCE),
    )


def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """One proposal."""
    return _page(request, proposal_id)


def move(request: Request, proposal_id: UUID, verb: str) -> HttpResponse:
    """Review, approve or refuse it."""
    if verb not in ("review", "approve", "refuse"):
        raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    key, actor = request.POST.get("_key", ""), request.actor
    try:
        if verb == "review":
            keyed(key, review_proposal, proposal_id, actor=actor)
        elif verb == "approve":
            keyed(key, approve_proposal, proposal_id, actor=actor)
        else:
            keyed(key, refuse_proposal, proposal_id, actor=actor, reason=request.POST.get("reason", ""))
    except Problem as problem:
        return _page(request, proposal_id, kept(request, problem, statuses=OUT_OF_TURN))
    notes.success(request, {"review": "已复核", "approve": "已审批", "refuse": "已退回"}[verb])
    return HttpResponseRedirect(reverse("workbench.proposal", args=(proposal_id,)))


def transfer(request: Request) -> HttpResponse:
    """Propose to move money between two accounts of a fund."""
    typed = {name: request.POST.get(name, "").strip() for name in _TRANSFER}
    typed["on"] = typed["on"] or timezone.localdate().isoformat()
    typed["fund"] = typed["fund"] or request.GET.get("fund", "")
    problem: Problem | Problems | None = None
    if request.method == "POST":
        try:
            giver, _, taker = typed["way"].partition("-")
            done = keyed(
                request.POST.get("_key", ""),
                propose_transfer,
                actor=request.actor,
                fund=_chosen(typed["fund"]),
                giver=giver,
                taker=taker,
                fen=parse_yuan(typed["amount"]),
                on=_day(typed["on"]),
                text=typed["text"],
            )
            notes.success(request, "已申请，请另外两位同事复核、审批")
            return HttpResponseRedirect(reverse("workbench.proposal", args=(done.id,)))
        except Problem as raised:
            raised.field = "way" if raised.field == "taker" else raised.field
            problem = kept(request, raised, statuses=OUT_OF_TURN)
    return work_page(
        request,
        "workbench/transfer.html",
        status=422 if problem else 200,
        typed=typed,
        funds=FUNDS,
        ways=WAYS,
        states=queries.fund_states(),
        problems=problem,
        key=new_key(),
    )


def manual(request: Request, fund: str) -> HttpResponse:
    """Propose an entry made by hand: interest, grants of the treasury, corrections."""
    title = fund_of(fund).label
    chart = queries.accounts_of(fund)
    typed = {name: request.POST.get(name, "").strip() for name in ("on", "text")}
    typed["on"] = typed["on"] or timezone.localdate().isoformat()
    rows = [
        {name: request.POST.get(f"{name}{number}", "").strip() for name in ("account", "debit", "credit")}
        for number in range(ROWS)
    ]
    problem: Problem | None = None
    if request.method == "POST":
        try:
            done = keyed(
                request.POST.get("_key", ""),
                propose_entry,
                actor=request.actor,
                fund=fund,
                on=_day(typed["on"]),
                lines=[_line(row, number) for number, row in enumerate(rows) if any(row.values())],
                text=typed["text"],
            )
            notes.success(request, "已申请，请另外两位同事复核、审批")
            return HttpResponseRedirect(reverse("workbench.proposal", args=(done.id,)))
        except Problem as raised:
            raised.field = "account0" if raised.field == "account" else raised.field
            problem = kept(request, raised, statuses=OUT_OF_TURN)
    return work_page(
        request,
        "workbench/manual_entry.html",
        status=422 if problem else 200,
        fund=fund,
        title=title,
        typed=typed,
        rows=rows,
        accounts=[(one.code, f"{one.code}　{one.name}") for one in chart],
        problems=problem,
        key=new_key(),
    )


def reverse_entry(request: Request, entry_id: int) -> HttpResponse:
    """Propose to take an entry back."""
    try:
        done = keyed(
            request.POST.get("_key", ""),
            propose_reversal,
            entry_id,
            actor=request.actor,
            on=timezone.localdate(),
            reason=request.POST.get("reason", ""),
        )
    except Problem as problem:
        if problem.status == 404:
            raise
        problem.field = "reason" if problem.field == "text" else problem.field
        return entry_page(request, entry_id, kept(request, problem, statuses=OUT_OF_TURN))
    notes.success(request, "已申请冲销，请另外两位同事复核、审批")
    return HttpResponseRedirect(reverse("workbench.proposal", args=(done.id,)))


def _page(request: Request, proposal_id: UUID, problem: Problem | None = None) -> HttpResponse:
    shown = waiting.proposal_page(proposal_id)
    row, actor = shown.row, request.actor
    return work_page(
        request,
        "workbench/proposal.html",
        status=status_of(problem),
        row=row,
        fund=fund_of(row.fund_id).label,
        text=_text(row),
        state=(row.get_state_display(), STATE_KINDS[row.state]),
        lines=[
            {"account": f"{code}　{name}", "debit": _fen(debit), "credit": _fen(credit)}
            for code, name, debit, credit in shown.lines
        ],
        total=yuan(waiting.amount_of(row)),
        signatures=_signatures(shown),
        offer=_offer(shown, actor),
        told=_told(shown, actor),
        may_refuse=shown.waits is not None and may_act(actor, Function.FINANCE, Function.LEADER),
        typed=request.POST.get("reason", ""),
        problems=problem,
        key=new_key(),
    )


def _chosen(fund: str) -> str:
    if fund not in set(Fund):
        raise Problem("funds.choose", "请选择基金", remedy="从列表里选择", field="fund")
    return fund


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem("ledger.day", "请填写记账日期", remedy="格式如 2026-03-05", field="on") from None


def _line(row: dict[str, str], number: int) -> Line:
    debit, credit = (parse_yuan(row[side], field=f"{side}{number}") if row[side] else 0 for side in ("debit", "credit"))
    return Line(row["account"], debit=debit, credit=credit)


def _fen(fen: int) -> str:
    return yuan(fen) if fen else ""


def _text(row: Proposal) -> str:
    if row.kind == Proposal.Kind.CLOSE:
        return f"结账 {row.content['month']}：签的是这个月的试算平衡表"
    return str(row.content["text"])


def _row(one: Proposal) -> dict[str, Any]:
    step = waiting.NEXT.get(one.state)
    return {
        "text": _text(one),
        "href": reverse("workbench.proposal", args=(one.id,)),
        "fund": fund_of(one.fund_id).label,
        "kind": one.get_kind_display(),
        "amount": yuan(waiting.amount_of(one)) if one.kind != Proposal.Kind.CLOSE else "",
        "state": (one.get_state_display(), STATE_KINDS[one.state]),
        "waits": WAITS[step] if step else "",
        "made": one.made_at,
    }


WAITS = {Step.REVIEWED: "基金财务二级", Step.APPROVED: "基金财务三级或者领导"}


def _signatures(shown: ProposalPage) -> list[tuple[str, str]]:
    done = {one.step: f"{one.name}　{moment(one.at)}" for one in shown.signatures}
    return [(str(step.label), done.get(step, "")) for step in Step]


def _offer(shown: ProposalPage, actor: Actor) -> tuple[str, str] | None:
    if shown.waits is None or not may_sign(actor, shown.waits) or _has_signed(shown, actor):
        return None
    return ("review", "复核通过") if shown.waits is Step.REVIEWED else ("approve", "审批通过")


def _told(shown: ProposalPage, actor: Actor) -> str:
    waits = shown.waits is not None and may_sign(actor, shown.waits)
    return "您已经签过前面的环节，这一步要由另一位同事签。" if waits and _has_signed(shown, actor) else ""


def _has_signed(shown: ProposalPage, actor: Actor) -> bool:
    return any(one.person == actor.person for one in shown.signatures)
