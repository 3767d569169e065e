"""The calls for firms: taking up one's firm by credit code, who works there. Hiring is an application like others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja.params.functions import Query

from hrss.casework import services
from hrss.channels.api import schemas as out
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.ui.request import Request
from hrss.domains.employment import queries as employment
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem


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
    scope="cases",
    title="在册职工",
    label="L3",
    audit="read",
    response={200: list[out.WorkerOut], **REFUSALS},
)
def workers(request: Request, after: UUID | None = None, limit: int = Query(50, ge=1, le=200)) -> Any:
    """Who works at the firm acted for; ``after`` is the last id of the page before."""
    firm = request.actor.acting_for_organisation
    if firm is None:
        raise Problem(
            "api.no_firm",
            "没有写明替哪个单位办",
            rule="职工名册只给单位自己看",
            remedy="请在 Acting-For 请求头写明单位的委托编号（见 /me/delegations）",
            status=403,
        )
    found = employment.workers_of(firm, actor=request.actor, after=after, limit=limit)
    return [out.WorkerOut(id=one.id, name=one.name, since=one.since, occupation=one.occupation) for one in found]
