"""Acting for family or a firm: what I may do for whom, who may do what for me, switching, giving and taking back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.casework.items import versions
from hrss.channels.portal import texts
from hrss.channels.ui.gate import ACTING_FOR
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.identity import queries as identity
from hrss.foundation.identity import services
from hrss.kernel.problem import Problem

NAME = "acting_for_name"
_DAYS = {"90": 90, "365": 365, "1095": 1095}
_LONGEST_RELATION = 20
_FIELDS = {"delegate": "name"}  # what a service calls a field is not what the form calls it


def delegations(request: Request) -> HttpResponse:
    """What I hold, what I gave, a form to give."""
    return _delegations(request)


def delegate(request: Request) -> HttpResponse:
    """Give a delegation, for everything or for the services chosen."""
    try:
        services.grant_delegation(
            actor=request.actor,
            delegate_name=request.POST.get("name", "").strip(),
            delegate_id_number=request.POST.get("id_number", "").strip(),
            services=_services(request),
            until=timezone.localdate() + timedelta(days=_DAYS.get(request.POST.get("days", ""), 365)),
            relation=_relation(request),
            key=request.POST.get("_key", ""),
        )
    except Problem as problem:
        problem.field = _FIELDS.get(problem.field, problem.field)
        return _delegations(request, problem)
    return HttpResponseRedirect(reverse("portal.delegations"))


def change_delegation(request: Request, delegation_id: UUID, verb: str) -> HttpResponse:
    """Accept or revoke a delegation."""
    act = {"accept": services.accept_delegation, "revoke": services.revoke_delegation}.get(verb)
    if act is None:
        raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    try:
        act(delegation_id, actor=request.actor, key=request.POST.get("_key", ""))
    except Problem as problem:
        return _delegations(request, problem)
    return HttpResponseRedirect(reverse("portal.delegations"))


def act_for(request: Request) -> HttpResponse:
    """Switch to acting for the grantor of a delegation, or back to oneself."""
    wanted = request.POST.get("delegation", "")
    held = {str(one.id): one for one in identity.delegations_held(actor=request.actor) if one.state == "active"}
    if wanted and wanted not in held:
        return _delegations(request, Problem("access.no_delegation", "这项委托已经不能用了", remedy="请委托人重新委托"))
    if wanted:
        request.session[ACTING_FOR], request.session[NAME] = wanted, held[wanted].grantor
    else:
        request.session.pop(ACTING_FOR, None)
        request.session.pop(NAME, None)
    return HttpResponseRedirect(reverse("portal.home"))


def _relation(request: Request) -> str:
    text = request.POST.get("relation", "").strip()
    if len(text) > _LONGEST_RELATION:
        raise Problem("form.too_long", f"最多写 {_LONGEST_RELATION} 个字", remedy="例如：儿子", field="relation")
    return text


def _services(request: Request) -> list[str]:
    """Give what is entrusted; of the services sent only those the form offers."""
    if request.POST.get("extent") != "some":
        return ["*"]
    offered = {code for code, _ in _offered(request)}
    return [code for code in request.POST.getlist("services") if code in offered]


def _offered(request: Request) -> list[tuple[str, str]]:
    """Give what may be entrusted: the items online for a person, or for the firm acted for as far as one holds them."""
    actor = request.actor
    kind = "organisation" if actor.acting_for_organisation is not None else "person"
    return [
        (item.code, item.name)
        for item in versions.published().values()
        if kind in item.applicant and actor.may_do(item.code)
    ]


def _words(services_held: Iterable[str]) -> str:
    names = versions.published()
    return "、".join("全部事项" if one == "*" else names[one].name if one in names else one for one in services_held)


def _delegations(request: Request, problem: Problem | None = None) -> HttpResponse:
    return page(
        request,
        "portal/delegations.html",
        status=422 if problem else 200,
        held=identity.delegations_held(actor=request.actor),
        given=identity.delegations_given(actor=request.actor),
        acting=request.session.get(ACTING_FOR, ""),
        states=texts.DELEGATION_STATES,
        words=_words,
        offered=_offered(request),
        chosen=request.POST.getlist("services"),
        typed=request.POST,
        problems=problem,
        key=new_key(),
    )
