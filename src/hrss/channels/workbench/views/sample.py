"""Sample enterprises on the workbench: who reported a month, who is late, one firm with all versions; in and out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import date, moment, number, today
from hrss.channels.ui.formats import month as month_words
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import place_words, townships_of, work_page
from hrss.domains.employment import sampling
from hrss.domains.employment.models import FirmReport
from hrss.domains.employment.reporting import newest_month
from hrss.domains.employment.sampling import SampleRow
from hrss.domains.employment.services.join_sample import KEEPERS, LINE, join_sample, leave_sample
from hrss.foundation.access.policies import may_act
from hrss.foundation.organisations.queries import find_by_credit_code, organisation_by_id
from hrss.foundation.verbs import keyed
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

STATES = {
    "reported": ("按时报送", "ok"), "late": ("迟报", "warning"), "missing": ("逾期未报", "danger"),
    "open": ("待报", "info"),
}  # fmt: skip
MONTHS = 13


def sample(request: Request) -> HttpResponse:
    """The sample in a month: each firm's state and numbers."""
    return _sample(request)


def join(request: Request) -> HttpResponse:
    """Take a firm in, by its credit code, from the newest month on."""
    code = request.POST.get("credit_code", "").strip()
    try:
        card = find_by_credit_code(code) if code else None
        if card is None:
            raise Problem(
                "employment.no_firm", "登记簿里没有这个单位", remedy="请核对统一社会信用代码", field="credit_code"
            )
        since = newest_month(today())
        keyed(request.POST.get("_key", ""), join_sample, card.id, actor=request.actor, since=since)
    except Problem as problem:
        if problem.status == 403:
            raise
        return _sample(request, problem, code)
    notes.success(request, f"{card.name}已进样本，从{month_words(since)}报起")
    return HttpResponseRedirect(reverse("workbench.sample"))


def leave(request: Request, organisation_id: UUID) -> HttpResponse:
    """Let a firm go after the newest month."""
    until = newest_month(today()) + 1
    keyed(request.POST.get("_key", ""), leave_sample, organisation_id, actor=request.actor, until=until)
    notes.success(request, "已退出样本，报过的月份保留")
    return HttpResponseRedirect(reverse("workbench.sample"))


def firm(request: Request, organisation_id: UUID) -> HttpResponse:
    """One firm: its months, and all versions of the chosen one."""
    months = sampling.months_of(organisation_id, today())
    if not months:
        raise Problem("employment.not_in_sample", "这个单位不在样本里", remedy="请从样本列表进入", status=404)
    asked = request.GET.get("month", "")
    chosen = YearMonth.parse(asked) if asked else months[0].month
    member = sampling.membership(organisation_id)
    return work_page(
        request,
        "workbench/sample_firm.html",
        firm=organisation_by_id(organisation_id),
        rows=[
            _numbers(one.report)
            | {
                "month": month_words(one.month),
                "href": f"{reverse('workbench.sample_firm', args=(organisation_id,))}?month={one.month}",
                "state": STATES[one.state(today())],
                "due": date(one.due_on),
            }
            for one in months
        ],
        chosen=chosen,
        versions=[
            _numbers(one)
            | {"version": f"第 {one.version} 版", "at": moment(one.reported_at), "why": one.correction or "首次填报"}
            for one in sampling.versions_of(organisation_id, chosen)
        ],
        may_leave=may_act(request.actor, *KEEPERS, line=LINE) and member is not None and member.until is None,
        key=new_key(),
    )


def _sample(request: Request, problem: Problem | None = None, code: str = "") -> HttpResponse:
    last = newest_month(today())
    asked, state, region = (request.GET.get(name, "") for name in ("month", "state", "region"))
    month = YearMonth.parse(asked) if asked else last
    rows = sampling.sample_of(month, region=region)
    states = [one.month.state(today()) for one in rows]
    return work_page(
        request,
        "workbench/sample.html",
        status=422 if problem else 200,
        month=month,
        months=[(str(one), month_words(one)) for one in (last - step for step in range(MONTHS))],
        asked={"state": state, "region": region},
        states=[(name, words) for name, (words, _) in STATES.items()],
        townships=townships_of(request.actor),
        cards=[
            {"label": words, "value": number(states.count(name)), "unit": "家",
             "href": _href(month, region, name), "kind": "danger" if name == "missing" and name in states else ""}
            for name, (words, _) in STATES.items()
        ],
        rows=[_row(one, month) for one, found in zip(rows, states, strict=True) if state in ("", found)],
        may_join=may_act(request.actor, *KEEPERS, line=LINE),
        code=code,
        problems=problem,
        key=new_key(),
    )  # fmt: skip


def _href(month: YearMonth, region: str, state: str) -> str:
    return reverse("workbench.sample", query={"month": str(month), "region": region, "state": state})


def _row(one: SampleRow, month: YearMonth) -> dict[str, Any]:
    report = one.month.report
    return _numbers(report) | {
        "name": one.name,
        "href": f"{reverse('workbench.sample_firm', args=(one.organisation_id,))}?month={month}",
        "place": place_words(one.region_code),
        "state": STATES[one.month.state(today())],
        "version": f"第 {report.version} 版" if report and report.version > 1 else "",
    }


def _numbers(report: FirmReport | None) -> dict[str, Any]:
    if report is None:
        return dict.fromkeys(("before", "hires", "leavers", "headcount", "planned", "reason"), "")
    return {name: number(getattr(report, name)) for name in ("before", "hires", "leavers", "headcount", "planned")} | {
        "reason": report.reason
    }
