"""统计数据会审 on the workbench: what waits for review and release, each figure with the checks run on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import work_page
from hrss.foundation.access.policies import may_act
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.policies import PREPARERS, RELEASERS, REVIEWERS
from hrss.oversight.indicators.services.move import release, review, send_back
from hrss.oversight.indicators.services.prepare import prepare
from hrss.oversight.indicators.values import text_of

CHECKS = {"jump": "环比跳动", "sum": "乡镇合计", "arithmetic": "规划勾稽", "source": "其他来源", "rows": "问题行"}
KINDS = {"draft": "info", "reviewed": "warning", "released": "ok", "returned": "muted"}


def statements(request: Request) -> HttpResponse:
    """The list by state; the newest month first."""
    state = request.GET.get("state", Statement.State.DRAFT)
    found = queries.statements(state=state if state in Statement.State.values else "")
    return work_page(
        request,
        "workbench/statements.html",
        tabs=[
            (str(label), f"{reverse('workbench.statements')}?state={value}") for value, label in Statement.State.choices
        ],
        current=f"{reverse('workbench.statements')}?state={state}",
        rows=[_row(one) for one in found],
    )


def statement(request: Request, statement_id: UUID) -> HttpResponse:
    """One figure on its way to release."""
    return _statement(request, statement_id)


def move(request: Request, statement_id: UUID, verb: str) -> HttpResponse:
    """Review, release or return it."""
    key, opinion = request.POST.get("_key", ""), request.POST.get("opinion", "")
    try:
        if verb == "review":
            keyed(key, review, statement_id, actor=request.actor, opinion=opinion)
        elif verb == "release":
            keyed(key, release, statement_id, actor=request.actor)
        elif verb == "return":
            keyed(key, send_back, statement_id, actor=request.actor, opinion=opinion)
        else:
            raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _statement(request, statement_id, problem)
    notes.success(request, {"review": "已复核", "release": "已发布", "return": "已退回"}[verb])
    return HttpResponseRedirect(reverse("workbench.statement", kwargs={"statement_id": statement_id}))


def put_up(request: Request, taking_id: UUID) -> HttpResponse:
    """Put a taking up for review; a released month needs a reason."""
    reason = request.POST.get("reason", "")
    outcome = keyed(request.POST.get("_key", ""), prepare, taking_id, actor=request.actor, reason=reason)
    notes.success(request, "已提交会审")
    return HttpResponseRedirect(reverse("workbench.statement", kwargs={"statement_id": outcome.id}))


def _statement(request: Request, statement_id: UUID, problem: Problem | None = None) -> HttpResponse:
    found = Statement.objects.select_related("taking", "corrects__taking").filter(id=statement_id).first()
    if found is None:
        raise Problem("indicators.no_statement", "没有这份会审", remedy="请从会审列表进入", status=404)
    statistic = statistic_of(found.statistic)
    actor = request.actor
    return work_page(
        request,
        "workbench/statement.html",
        status=422 if problem else 200,
        statement=found,
        statistic=statistic,
        value=_value(found.taking),
        unit=statistic.lead.unit_words,
        before=_value(found.corrects.taking) if found.corrects else "",
        state=(found.get_state_display(), KINDS[found.state]),
        checks=[(CHECKS[one["kind"]], one["passed"], one["text"]) for one in found.checks],
        failed=any(not one["passed"] for one in found.checks),
        steps=_steps(found),
        href=f"{reverse('workbench.indicator', kwargs={'code': found.statistic})}?month={found.month}",
        may_review=found.state == "draft" and may_act(actor, *REVIEWERS),
        may_release=found.state == "reviewed" and may_act(actor, *RELEASERS),
        may_prepare=may_act(actor, *PREPARERS),
        problems=problem,
        key=new_key(),
    )


def _value(taking: Taking) -> str:
    figure = queries.figure_of_taking(taking)
    return text_of(statistic_of(taking.statistic), figure.counts) if figure else "—"


def _steps(found: Statement) -> list[tuple[str, str]]:
    steps = [("制表", f"{found.prepared_name or '系统'}　{moment(found.prepared_at)}")]
    if found.reviewed_at:
        steps.append(("复核", f"{found.reviewed_name}　{moment(found.reviewed_at)}　{found.opinion}"))
    if found.released_at:
        steps.append(("发布", f"{found.released_name}　{moment(found.released_at)}"))
    if found.state == Statement.State.RETURNED:
        steps.append(("退回", found.opinion))
    return steps


def _row(one: Statement) -> dict[str, Any]:
    statistic = statistic_of(one.statistic)
    failed = sum(not check["passed"] for check in one.checks)
    return {
        "name": statistic.title,
        "href": reverse("workbench.statement", kwargs={"statement_id": one.id}),
        "month": one.month,
        "state": (one.get_state_display(), KINDS[one.state]),
        "checks": f"{failed} 项没有通过" if failed else "全部通过",
        "failed": failed,
        "correction": "更正" if one.corrects_id else "",
        "division": statistic.division,
    }
