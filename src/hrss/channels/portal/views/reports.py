"""A firm's monthly reports for the unemployment early warning: which months are due, and the form of one month.

A correction is a new version; what was reported before stays and is shown.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import date, moment, number, today
from hrss.channels.ui.formats import month as month_words
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.domains.employment import sampling
from hrss.domains.employment.models import FirmReport
from hrss.domains.employment.queries import ROSTER
from hrss.domains.employment.reporting import due_on
from hrss.domains.employment.sampling import FirmMonth
from hrss.domains.employment.services.report_month import MonthlyFigures, report_month
from hrss.foundation.organisations.queries import organisation_by_id
from hrss.foundation.verbs import keyed
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

STATES = {
    "reported": ("已报", "ok"),
    "late": ("已补报", "warning"),
    "missing": ("逾期未报", "danger"),
    "open": ("待报", "info"),
}
NUMBERS = ("before", "hires", "leavers", "planned")
TEXTS = ("reason", "correction")
_MOST_DIGITS = 9


def reports(request: Request) -> HttpResponse:
    """The months a firm reports for, newest first."""
    firm_id = _firm(request)
    months = sampling.months_of(firm_id, today())
    return page(
        request,
        "portal/firm_reports.html",
        firm=organisation_by_id(firm_id),
        rows=[_row(one) for one in months],
        due=next((_row(one) for one in months if one.report is None), None),
    )


def report(request: Request, month: str) -> HttpResponse:
    """One month: the form, filled with what was reported before, and all versions."""
    firm_id, asked = _firm(request), sampling.month_over(month)
    before = sampling.report_of(firm_id, asked)
    typed = _typed(request) if request.method == "POST" else _known(firm_id, asked, before)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            keyed(request.POST.get("_key", ""), report_month, firm_id, asked, _figures(typed), actor=request.actor)
        except Problem as raised:
            if raised.status in (403, 404):
                raise
            problem = raised
        else:
            notes.success(request, f"{month_words(asked)}的月报已收到")
            return HttpResponseRedirect(reverse("portal.firm_reports"))
    return page(
        request,
        "portal/firm_report.html",
        status=422 if problem else 200,
        firm=organisation_by_id(firm_id),
        month=asked,
        due=due_on(asked),
        typed=typed,
        is_correction=before is not None,
        versions=[_version(one) for one in sampling.versions_of(firm_id, asked)],
        problems=problem,
        key=new_key(),
    )


def _firm(request: Request) -> UUID:
    """Give the firm acted for. Problem when nobody is, or the matter was not entrusted."""
    firm_id = request.actor.acting_for_organisation
    remedy = "请先在“帮家人或单位办”里切换到这个单位"
    if firm_id is None:
        raise Problem("employment.no_firm", "您现在没有代表单位", remedy=remedy, status=404)
    if not request.actor.may_do(ROSTER):
        raise Problem("employment.not_your_firm", "只能替委托您的单位填报", remedy=remedy, status=403)
    return firm_id


def _typed(request: Request) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in (*NUMBERS, *TEXTS)}


def _known(firm_id: UUID, month: YearMonth, before: FirmReport | None) -> dict[str, str]:
    """Fill the form: with the report to be corrected, else with last month's people at the end."""
    empty = dict.fromkeys((*NUMBERS, *TEXTS), "")
    if before is not None:
        return empty | {name: str(getattr(before, name)) for name in NUMBERS} | {"reason": before.reason}
    last = sampling.report_of(firm_id, month - 1)
    return empty | ({"before": str(last.headcount)} if last else {})


def _figures(typed: dict[str, str]) -> MonthlyFigures:
    values = {name: _whole(typed[name]) for name in NUMBERS}
    return MonthlyFigures(**values, reason=typed["reason"], correction=typed["correction"])


def _whole(text: str) -> int | None:
    """Read a whole number as people type it (１２, 1,200, 12人); None for anything else."""
    plain = text.replace(",", "").replace("，", "").removesuffix("人").strip()
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS else None


def _row(one: FirmMonth) -> dict[str, Any]:
    report = one.report
    return {
        "month": month_words(one.month),
        "href": reverse("portal.firm_report", args=(str(one.month),)),
        "due": date(one.due_on),
        "state": STATES[one.state(today())],
        "headcount": number(report.headcount) if report else "",
        "change": f"+{report.hires} −{report.leavers}" if report else "",
        "planned": number(report.planned) if report else "",
    }


def _version(one: FirmReport) -> dict[str, str]:
    return {
        "version": f"第 {one.version} 版",
        "numbers": f"月初 {one.before}，新进 {one.hires}，离开 {one.leavers}，月末 {one.headcount}，"
        f"计划裁减 {one.planned}",
        "at": moment(one.reported_at),
        "why": one.correction or "首次填报",
    }
