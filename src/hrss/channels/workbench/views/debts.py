"""多发待遇追回 on the workbench: the list by age, one debt with its months, what was decided, the next step.

Each step is a verb of recovery; the page offers what this actor may do now, the verbs and the database decide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui.debts import decision_answer, months_of
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench import debt_words as words
from hrss.channels.workbench.debt_forms import SENTENCES, TYPED, propose_from
from hrss.channels.workbench.refused import OUT_OF_TURN, kept
from hrss.channels.workbench.shell import work_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.funds.payables.queries import entitlements_of
from hrss.funds.recovery import queries
from hrss.funds.recovery.amounts import most_share
from hrss.funds.recovery.measuring import APPROVERS, MAKERS, REVIEWERS
from hrss.funds.recovery.models import Debt, Measure
from hrss.funds.recovery.queries import DebtPage
from hrss.funds.recovery.services import approve_measure, confirm_write_off, refuse_measure, review_measure
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

MOVED = {"review": "已复核，等审批", "approve": "已审批，已经生效", "confirm": "已确认", "refuse": "已退回"}


def debts(request: Request) -> HttpResponse:
    """The list: what waits, the oldest first; or one state."""
    state = request.GET.get("state", "")
    rows, more = queries.debts(state=state if state in Debt.State.values else "", after=request.GET.get("after", ""))
    tabs = [("要办的", reverse("workbench.debts"))]
    tabs += [(str(label), f"{reverse('workbench.debts')}?state={value}") for value, label in Debt.State.choices]
    return work_page(
        request,
        "workbench/debts.html",
        tabs=tabs,
        current=f"{reverse('workbench.debts')}?state={state}" if state else reverse("workbench.debts"),
        rows=[words.list_row(one) for one in rows],
        following=more,
    )


def debt(request: Request, debt_id: UUID) -> HttpResponse:
    """One debt."""
    return _debt(request, debt_id)


def decision(request: Request, debt_id: UUID) -> FileResponse:
    """The decision as a PDF."""
    return decision_answer(debt_id, _looking(request))


def propose(request: Request, debt_id: UUID, kind: str) -> HttpResponse:
    """Propose a measure, or name an heir; what is wrong comes back with everything typed."""
    try:
        propose_from(kind, debt_id, request)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _debt(request, debt_id, problem, typed=request.POST, kind=kind)
    notes.success(request, SENTENCES[kind])
    return HttpResponseRedirect(reverse("workbench.debt", args=(debt_id,)))


def move(request: Request, debt_id: UUID, measure_id: UUID, verb: str) -> HttpResponse:
    """Review, confirm, approve or refuse the measure that waits."""
    key, text = request.POST.get("_key", ""), request.POST.get("reason", "")
    steps: dict[str, Callable[[], Outcome]] = {
        "review": lambda: keyed(key, review_measure, measure_id, actor=request.actor),
        "approve": lambda: keyed(key, approve_measure, measure_id, actor=request.actor),
        "refuse": lambda: keyed(key, refuse_measure, measure_id, actor=request.actor, reason=text),
        "confirm": lambda: keyed(
            key,
            confirm_write_off,
            measure_id,
            actor=request.actor,
            opinion=request.POST.get("opinion", ""),
            meeting=request.POST.get("meeting", ""),
        ),
    }
    if verb not in steps:
        raise Problem("route.unknown", "没有这个操作", remedy="请从办理页面重新进入", status=404)
    try:
        steps[verb]()
    except Problem as problem:
        if problem.status == 404:
            raise
        kept(request, problem, statuses=OUT_OF_TURN)
        return _debt(request, debt_id, problem, typed=request.POST)
    notes.success(request, MOVED[verb])
    return HttpResponseRedirect(reverse("workbench.debt", args=(debt_id,)))


def _looking(request: Request) -> Actor:
    return request.actor.for_purpose("recovery")


def _debt(
    request: Request, debt_id: UUID, problem: Problem | None = None, *, typed: Any = None, kind: str = ""
) -> HttpResponse:
    found = queries.debt_page(debt_id, actor=_looking(request))
    given = {name: (typed or {}).get(name, "") for name in TYPED}
    return work_page(
        request,
        "workbench/debt.html",
        status=422 if problem else 200,
        found=found,
        debt=found.row.debt,
        state=words.list_state(found.row),
        facts=words.facts(found),
        lines=months_of(found),
        movements=words.movement_rows(found),
        plan=words.plan_rows(found.plan),
        measures=[words.measure_card(measure, signed) for measure, signed in found.measures],
        steps=_steps(request.actor, found),
        benefits=_benefits(_looking(request), found),
        most=most_share(timezone.localdate()) // words.PERCENT,
        typed=given,
        kind=kind,
        problems=problem,
        key=new_key(),
    )


def _steps(actor: Actor, found: DebtPage) -> dict[str, bool]:
    """Give what this actor may do now; who signed already is not offered the next step."""
    waiting, state = found.waiting, found.row.debt.state
    signed = next((names for one, names in found.measures if waiting and one.id == waiting.id), ())
    fresh = actor.person not in {one.person for one in signed}
    makes = waiting is None and may_act(actor, *MAKERS)
    is_made = waiting is not None and waiting.state == Measure.State.MADE
    is_reviewed = waiting is not None and waiting.state == Measure.State.REVIEWED
    return {
        "decide": makes and state == Debt.State.OPEN,
        "measure": makes and state == Debt.State.DECIDED,
        "restore": makes and state == Debt.State.WRITTEN_OFF,
        "heir": may_act(actor, *MAKERS) and state in queries.LIVE and found.is_dead,
        "review": is_made and fresh and may_act(actor, *REVIEWERS),
        "approve": is_reviewed and fresh and may_act(actor, *APPROVERS),
        "confirm": bool(waiting and waiting.kind == Measure.Kind.WRITE_OFF)
        and fresh
        and may_act(actor, Function.INSPECTOR),
        "pdf": bool(found.row.debt.due_on),
    }


def _benefits(actor: Actor, found: DebtPage) -> list[tuple[str, str]]:
    if found.row.debt.state != Debt.State.DECIDED or found.is_dead:
        return []
    running = [one for one in entitlements_of(found.row.debt.person_id, actor=actor) if one.is_running]
    return [(str(one.id), one.name) for one in running if not one.purpose]
