"""A package (一件事) at the window: what is wanted of it, one form, one set of proofs, several cases.

It refuses packages that are not for whom is served now; each member goes on by itself when what it waits for is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.intake.materials import checklist_of_all
from hrss.casework.intake.prefill import prefill_of_all
from hrss.casework.items.bundles import Package, package_of, packages
from hrss.casework.items.definition import ItemDefinition, MaterialRule
from hrss.casework.items.versions import published
from hrss.casework.packages.forms import Offer, PackageForm, chosen_of, form_of, offers_of
from hrss.channels.counter.proofs import proofs_of
from hrss.channels.counter.shell import counter_page
from hrss.channels.counter.views.intake import Served, served_now
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.ui.shapes import problem_list
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

TAKEN = "take"
_FOUND = ("exchange", "bag")


def take_in(request: Request, code: str) -> HttpResponse:
    """Choose what is wanted, then the one form of it; POST starts the package."""
    served = served_now(request)
    package = _package(code, served)
    offers = offers_of(package, published(), kind=_kind(served))
    if TAKEN not in request.GET:
        return _choice(request, package, offers)
    items = chosen_of(offers, request.GET.getlist(TAKEN))
    form = form_of(items)
    if request.method == "GET":
        return _form(request, served, package, items, None, {})
    values, problems = read_page(form.schema, _names(form), request.POST)
    given, refused = proofs_of(request, _materials(items), **served.subject)
    problems = [] if wants_other_rows(request.POST) else [*problems, *refused]
    if problems or wants_other_rows(request.POST):
        return _form(request, served, package, items, values, given, problems)
    try:
        done = keyed(
            request.POST.get("_key", ""),
            services.start_package,
            code,
            values,
            actor=served.actor,
            materials=given,
            chosen=frozenset(item.code for item in items),
            person_id=served.person_id,
            organisation_id=served.organisation_id,
        )
    except Problem as problem:
        return _form(request, served, package, items, values, given, problem_list(problem))
    return HttpResponseRedirect(reverse("counter.bundle", args=(done.id,)))


def bundle(request: Request, bundle_id: UUID) -> HttpResponse:
    """What was started, and what waits for what."""
    served = served_now(request)
    shown = queries.bundle_page(bundle_id, actor=served.actor)
    names = {row.item_code: row.item_name for row in shown.members}
    rows = [
        {
            "item": row.item_name,
            "href": reverse("counter.receipt", args=(row.case_id,)) if row.case_id else "",
            "number": row.number,
            "state": row.case_state_name if row.case_id else row.state_name,
            "after": "、".join(names[one] for one in row.after if one in names) or "马上办",
        }
        for row in shown.members
    ]
    return counter_page(request, "counter/bundle.html", shown=shown, rows=rows)


def packages_for(served_is_firm: bool, online: Mapping[str, ItemDefinition]) -> list[tuple[str, str]]:
    """Give code and name of the packages that can be begun for a person or a firm."""
    kind = "organisation" if served_is_firm else "person"
    found = packages(settings.HRSS_COUNTY_PACK).values()
    mine = [one for one in found if kind in one.applicant]
    return [(one.code, one.name) for one in mine if any(offer.is_open for offer in offers_of(one, online, kind=kind))]


def _package(code: str, served: Served) -> Package:
    found = package_of(code)
    if _kind(served) not in found.applicant:
        raise Problem("package.unknown", "这个一件事不是给当前服务对象的", remedy="请从列表里选", status=404)
    return found


def _kind(served: Served) -> str:
    return "person" if served.person_id else "organisation"


def _choice(request: Request, package: Package, offers: Sequence[Offer]) -> HttpResponse:
    ready = [one for one in offers if one.is_open]
    return counter_page(
        request,
        "counter/package.html",
        package=package,
        options=[(one.member.item, one.member.name) for one in ready],
        chosen=[one.member.item for one in ready if one.member.required],
        elsewhere=[one.member.name for one in offers if not one.is_open],
    )


def _form(
    request: Request,
    served: Served,
    package: Package,
    items: list[ItemDefinition],
    typed: dict[str, Any] | None,
    given: dict[str, Any],
    problems: list[Problem] | None = None,
) -> HttpResponse:
    known = prefill_of_all(items, actor=served.actor, **served.subject)
    values = {name: one.value for name, one in known.items()} if typed is None else typed
    lines = checklist_of_all(items, _widest(items) | values, actor=served.actor, given=given, **served.subject)
    return counter_page(
        request,
        "counter/package_form.html",
        status=422 if problems else 200,
        package=package,
        form=form_of(items),
        values=values,
        sources={name: one.source for name, one in known.items() if values.get(name) == one.value},
        known=shown_as.known_rows([line for line in lines if line.how in _FOUND]),
        asked=[line for line in lines if line.how not in _FOUND],
        count=len(items),
        problems=problems or None,
        key=request.POST.get("_key") or new_key(),
    )


def _names(form: PackageForm) -> list[str]:
    return [name for section in form.sections for name in section.names]


def _materials(items: list[ItemDefinition]) -> Iterable[MaterialRule]:
    return {rule.code: rule for item in items for rule in item.materials}.values()


def _widest(items: list[ItemDefinition]) -> dict[str, Any]:
    """Give answers under which every proof is asked for: what is not answered yet may still need it."""
    conditions = [rule.show_if for item in items for rule in item.materials if rule.show_if]
    return {one["field"]: one["in"][0] for one in conditions}
