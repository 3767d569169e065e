"""Budget against spending on the workbench, by fund and subject; lines entered by one person, confirmed by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import work_page
from hrss.channels.workbench.views.indicators import month_choices, month_of
from hrss.channels.workbench.views.plan import plan_tabs
from hrss.foundation.files.services import store
from hrss.foundation.verbs import keyed
from hrss.funds.codes import TITLES, Fund
from hrss.kernel.money import parse_yuan, yuan
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.sample import sample_words
from hrss.oversight.projects.evaluation.charts import Pair, pairs
from hrss.oversight.projects.models import BudgetLine
from hrss.oversight.projects.policies import BUDGET_CONFIRMERS, BUDGETERS, may_county
from hrss.oversight.projects.services.budget import confirm_budget, enter_budget
from hrss.oversight.projects.spending import Row, rows

WAN = 1_000_000
COUNTY_DIGITS, FULL = 6, 100
ORIGINS = {"ledger": ("账簿", "ok"), "history": ("示范历史", "muted"), "none": ("没有记录", "muted")}
FIELDS = ("fund", "year", "subject", "title", "amount", "document")


def budget(request: Request, problem: Problem | None = None) -> HttpResponse:
    """The year so far: what each subject may spend, what it has spent."""
    month = month_of(request)
    found = rows(month)
    waiting = BudgetLine.objects.filter(confirmed_at=None).order_by("-entered_at")[:50]
    drawn = [Pair(f"{one.fund_title.removesuffix('基金')[-8:]} {one.title}", (one.budget or 0) / WAN, one.spent / WAN)
             for one in found]  # fmt: skip
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    typed["year"] = typed["year"] or str(timezone.localdate().year)
    return work_page(
        request,
        "workbench/budget.html",
        status=422 if problem else 200,
        tabs=plan_tabs(),
        month=month,
        months=month_choices(),
        rows=[_row(one, month.month) for one in found],
        chart=Markup(pairs(drawn, planned="预算", actual="支出", unit="万元", title="预算与支出")) if drawn else "",  # noqa: S704 - drawn by us
        cards=_cards(found),
        waiting=[_waiting(one) for one in waiting],
        funds=[(fund.value, title) for fund, title in TITLES.items()],
        typed=typed,
        may_enter=may_county(request.actor, *BUDGETERS),
        may_confirm=may_county(request.actor, *BUDGET_CONFIRMERS),
        sample=sample_words(),
        problems=problem,
        key=new_key(),
    )


def enter(request: Request) -> HttpResponse:
    """Enter a line from a document."""
    county = request.actor.regions[0][:COUNTY_DIGITS]
    asked = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        year = int(asked["year"]) if asked["year"].isascii() and asked["year"].isdigit() else 0
        keyed(
            request.POST.get("_key", ""),
            enter_budget,
            county,
            asked["fund"],
            year,
            asked["subject"],
            actor=request.actor,
            title=asked["title"],
            amount=parse_yuan(asked["amount"]),
            document=asked["document"],
            file_id=_paper(request, county),
        )
    except Problem as problem:
        if problem.status == 403:
            raise
        return budget(request, problem)
    notes.success(request, "已录入，等另一位同事确认")
    return HttpResponseRedirect(reverse("workbench.budget"))


def confirm(request: Request, line_id: UUID) -> HttpResponse:
    """Confirm a line against its document."""
    try:
        keyed(request.POST.get("_key", ""), confirm_budget, line_id, actor=request.actor)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return budget(request, problem)
    notes.success(request, "预算已确认")
    return HttpResponseRedirect(reverse("workbench.budget"))


def _paper(request: Request, county: str) -> UUID | None:
    upload = request.FILES.get("file")
    if upload is None:
        return None
    return store(
        upload.read(), upload.name or "预算文件", actor=request.actor, region=county, kinds=("pdf", "jpeg", "png")
    ).id


def _row(one: Row, months: int) -> dict[str, Any]:
    pace = FULL * months // 12
    rate = one.rate
    light = ("未列预算", "warning") if rate is None else ("超预算", "danger") if rate > FULL else ("正常", "ok")
    return {
        "name": one.fund_title,
        "subject": f"{one.subject}　{one.title}",
        "budget": "—" if one.budget is None else f"{one.budget / WAN:,.2f}",
        "spent": f"{one.spent / WAN:,.2f}",
        "rate": "—" if rate is None else f"{rate}%",
        "pace": f"{pace}%",
        "light": light,
        "origin": ORIGINS[one.origin],
        "document": one.document,
    }


def _cards(found: list[Row]) -> list[dict[str, str]]:
    planned, spent = sum(one.budget or 0 for one in found), sum(one.spent for one in found)
    return [
        {"label": "本年预算", "value": f"{planned / WAN:,.0f}", "unit": "万元"},
        {"label": "已支出", "value": f"{spent / WAN:,.0f}", "unit": "万元"},
        {"label": "执行率", "value": f"{100 * spent / planned:.1f}" if planned else "—", "unit": "%"},
    ]


def _waiting(one: BudgetLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": f"{one.year}年　{Fund(one.fund).label}　{one.subject}　{one.title}",
        "amount": yuan(one.amount),
        "document": one.document,
        "who": one.entered_name,
        "kind": "调整" if one.replaces_id else "新录",
        "href": reverse("workbench.plan_file", args=(one.file_id,)) if one.file_id else "",
    }
