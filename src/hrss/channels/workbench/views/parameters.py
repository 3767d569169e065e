"""参数: numbers of the county changed here, those that wait for another person, and the form that proposes one.

What is published with the platform stands in the portal under 政策参数; here only the county's own changes.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import date as date_words
from hrss.channels.ui.formats import moment, today
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import OUT_OF_TURN, kept, status_of
from hrss.channels.workbench.shell import work_page
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem
from hrss.oversight.parameters.models import ParameterChange
from hrss.oversight.parameters.policies import DECIDERS, PROPOSERS
from hrss.oversight.parameters.published import in_force, numbers
from hrss.oversight.parameters.services.decide_change import decide_change
from hrss.oversight.parameters.services.propose_change import propose_change

FIELDS = ("name", "value", "valid_from", "document", "reason")
KINDS = {"proposed": "warning", "approved": "ok", "refused": "muted"}
SHOWN = 100


def parameters(request: Request) -> HttpResponse:
    """The list of changes."""
    return _page(request, None)


def propose(request: Request) -> HttpResponse:
    """Propose a change. What was typed comes back with the fault."""
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        keyed(
            request.POST.get("_key", ""), propose_change, typed["name"], actor=request.actor, value=typed["value"],
            valid_from=_day(typed["valid_from"]), document=typed["document"], reason=typed["reason"],
        )  # fmt: skip
    except Problem as raised:
        return _page(request, kept(request, raised))
    notes.success(request, "已提出，请领导或稽核人员审批")
    return HttpResponseRedirect(reverse("workbench.parameters"))


def decide(request: Request, change_id: UUID) -> HttpResponse:
    """Approve or refuse one."""
    agrees = request.POST.get("verdict", "") == "approve"
    try:
        keyed(
            request.POST.get("_key", ""), decide_change, change_id, actor=request.actor, agrees=agrees,
            words=request.POST.get("words", ""),
        )  # fmt: skip
    except Problem as raised:
        if raised.status == 404:
            raise
        raised.field = f"words-{change_id}" if raised.field else ""
        return _page(request, kept(request, raised, statuses=OUT_OF_TURN))
    notes.success(request, "已批准，到生效日期起用" if agrees else "已退回提出人")
    return HttpResponseRedirect(reverse("workbench.parameters"))


def _page(request: Request, problem: Problem | None) -> HttpResponse:
    rows = list(ParameterChange.objects.order_by("-id")[:SHOWN])
    actor = request.actor
    return work_page(
        request,
        "workbench/parameters.html",
        status=status_of(problem),
        waiting=[_told(one) for one in rows if one.state == ParameterChange.State.PROPOSED],
        rows=[_told(one) for one in rows if one.state != ParameterChange.State.PROPOSED],
        choices=[(name, f"{one.title}，现在 {in_force(name, today())}") for name, one in sorted(numbers().items())],
        may_propose=actor.holds(*PROPOSERS),
        may_decide=actor.holds(*DECIDERS),
        typed={name: request.POST.get(name, "") for name in FIELDS},
        problems=problem,
        key=new_key(),
    )


def _told(one: ParameterChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "value": one.value,
        "before": one.before,
        "since": date_words(one.valid_from),
        "document": one.document,
        "reason": one.reason,
        "proposed": f"{one.proposed_name}　{moment(one.proposed_at)}",
        "decided": f"{one.decided_name}　{moment(one.decided_at)}" if one.decided_at else "",
        "state": (one.get_state_display(), KINDS[one.state]),
        "decision": one.decision,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
