"""The calls for firms: taking up one's firm by credit code, who works there, monthly reports of the sample.

Hiring is an application like others.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja.params.functions import Path, Query

from hrss.casework import services
from hrss.channels.api import schemas as out
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.ui.request import Request
from hrss.domains.employment import queries as employment
from hrss.domains.employment import sampling
from hrss.domains.employment.models import FirmReport
from hrss.domains.employment.services.report_month import MonthlyFigures, report_month
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

_READ: dict[str, Any] = {"scope": "cases", "label": "L3", "audit": "read"}
_MONTH = Path(..., max_length=10, description="年月，如 2026-03")


@endpoint(
    api,
    "POST",
    "/firms",
    scope="cases",
    title="登记单位",
    label="L3",
    audit="write",
    rate="submit",
    response={200: out.Done, **REFUSALS},
)
def register(request: Request, body: out.FirmIn) -> Any:
    """Take up a firm one represents; the market register confirms. The answer's delegation goes into ``Acting-For``."""
    done = keyed(
        key_of(request),
        services.take_up_firm,
        body.credit_code,
        actor=request.actor,
        name=body.name,
        region_code=body.region_code,
    )
    return done.to_json()


@endpoint(
    api,
    "GET",
    "/firm/workers",
    title="在册职工",
    response={200: list[out.WorkerOut], **REFUSALS},
    **_READ,
)
def workers(request: Request, after: UUID | None = None, limit: int = Query(50, ge=1, le=200)) -> Any:
    """Who works at the firm acted for; ``after`` is the last id of the page before."""
    found = employment.workers_of(_firm(request.actor), actor=request.actor, after=after, limit=limit)
    return [out.WorkerOut(id=one.id, name=one.name, since=one.since, occupation=one.occupation) for one in found]


@endpoint(
    api,
    "GET",
    "/firm/reports",
    title="用工月报",
    response={200: list[out.FirmMonthOut], **REFUSALS},
    **_READ,
)
def firm_months(request: Request) -> Any:
    """The months a sample firm reports for, newest first; none for a firm outside the sample."""
    today = timezone.localdate()
    return [
        out.FirmMonthOut(
            month=str(one.month),
            due_on=one.due_on,
            state=one.state(today),
            report=_version(one.report) if one.report else None,
        )
        for one in sampling.months_of(_firm(request.actor), today)
    ]


@endpoint(
    api,
    "GET",
    "/firm/reports/{str:month}",
    title="一个月的月报",
    response={200: list[out.FirmReportOut], **REFUSALS},
    **_READ,
)
def firm_month(request: Request, month: str = _MONTH) -> Any:
    """What was reported for a month, the version that counts first; nothing is deleted by a correction."""
    return [_version(one) for one in sampling.versions_of(_firm(request.actor), sampling.month_over(month))]


@endpoint(
    api,
    "POST",
    "/firm/reports/{str:month}",
    scope="cases",
    title="填报月报",
    label="L3",
    audit="write",
    rate="submit",
    response={200: out.Done, **REFUSALS},
)
def report_firm_month(request: Request, body: out.FirmReportIn, month: str = _MONTH) -> Any:
    """Report a month, or correct what was reported: then ``correction`` says why."""
    firm, asked = _firm(request.actor), sampling.month_over(month)
    figures = MonthlyFigures(**body.model_dump())
    return keyed(key_of(request), report_month, firm, asked, figures, actor=request.actor).to_json()


def _firm(actor: Actor) -> UUID:
    """Give the firm acted for, entrusted with its workers. Problems ``api.no_firm``, ``employment.not_your_firm``."""
    remedy = "请在 Acting-For 请求头写明单位的委托编号（见 /me/delegations）"
    if actor.acting_for_organisation is None:
        raise Problem(
            "api.no_firm", "没有写明替哪个单位办", rule="职工名册和月报只给单位自己看", remedy=remedy, status=403
        )
    if not actor.may_do(employment.ROSTER):
        raise Problem("employment.not_your_firm", "只能替委托您的单位查看和填报", remedy=remedy, status=403)
    return actor.acting_for_organisation


def _version(one: FirmReport) -> out.FirmReportOut:
    return out.FirmReportOut(
        version=one.version,
        before=one.before,
        hires=one.hires,
        leavers=one.leavers,
        headcount=one.headcount,
        planned=one.planned,
        reason=one.reason,
        correction=one.correction,
        reported_at=one.reported_at,
    )
