"""Packages (一件事打包办): the list, what one of them holds, applying with one form, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.casework import queries, services
from hrss.casework.intake.forms import clean
from hrss.casework.intake.materials import checklist_of_all
from hrss.casework.intake.prefill import prefill_of_all
from hrss.casework.items.bundles import Package, package_of, packages
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import published
from hrss.casework.packages.forms import Offer, chosen_of, form_of, offers_of
from hrss.casework.queries.bundle_page import MemberRow
from hrss.channels.portal.progress import state_words
from hrss.channels.portal.views import proofs
from hrss.channels.portal.views.starting import WRONG_APPLICANT
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.formats import date
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.channels.ui.shapes import problem_list
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

TAKEN = "take"
_KEPT = "package_proofs"


def package_list(request: Request) -> HttpResponse:
    """All packages, those that can be begun online first."""
    online = published()
    rows = [
        {"code": one.code, "name": title_of(one), "of": len(one.members), "open": _open_for_anyone(one, online)}
        for one in packages(settings.HRSS_COUNTY_PACK).values()
    ]
    return page(request, "portal/packages.html", rows=sorted(rows, key=lambda row: (not row["open"], row["code"])))


def package(request: Request, code: str) -> HttpResponse:
    """What a package holds, in which order, and a form to choose what is wanted of it."""
    found = package_of(code)
    kind = _kind(request, found)
    offers = offers_of(found, published(), kind=kind)
    names = {one.item: one.name for one in found.members}
    return page(
        request,
        "portal/package.html",
        package=found,
        title=title_of(found),
        offers=offers,
        rows=[_offer_row(one, names) for one in offers],
        options=[(one.member.item, one.member.name) for one in offers if one.is_open and not one.member.required],
        required=[one.member.name for one in offers if one.is_open and one.member.required],
        startable=any(one.is_open for one in offers),
        for_firm=kind == "organisation",
    )


def apply(request: Request, code: str) -> HttpResponse:
    """The one form of what was chosen; POST sends it. A page with mistakes comes back with everything on it (422)."""
    found = package_of(code)
    offers = offers_of(found, published(), kind=_kind(request, found))
    items = chosen_of(offers, request.GET.getlist(TAKEN))
    if not items:
        return HttpResponseRedirect(reverse("portal.package", args=(code,)))
    try:
        known = prefill_of_all(items, actor=request.actor)
    except Problem as problem:
        if problem.code not in WRONG_APPLICANT:
            raise
        return page(request, "portal/not_for_you.html", status=problem.status, item=items[0], problem=problem)
    values: dict[str, Any] = {name: one.value for name, one in known.items()}
    problems: list[Problem] = []
    given = _given(request, code)
    if request.method == "POST":
        values, problems, given, done = _sent(request, found, items, given)
        if done is not None:
            return HttpResponseRedirect(reverse("portal.bundle", args=(done,)))
    form = form_of(items)
    lines = checklist_of_all(items, values, actor=request.actor, given=given)
    return page(
        request,
        "portal/package_apply.html",
        status=422 if problems else 200,
        package=found,
        title=title_of(found),
        form=form.schema,
        sections=form.sections,
        values=values,
        sources={name: one.source for name, one in known.items() if values.get(name) == one.value},
        asked=[line for line in lines if line.how not in proofs.FOUND],
        known=shown_as.known_rows([line for line in lines if line.how in proofs.FOUND]),
        count=len(items),
        problems=problems,
        key=new_key(),
    )


def bundle(request: Request, bundle_id: UUID) -> HttpResponse:
    """A package under way: which of its matters stands where."""
    shown = queries.bundle_page(bundle_id, actor=request.actor)
    names = {row.item_code: row.item_name for row in shown.members}
    return page(request, "portal/bundle.html", shown=shown, rows=[_member_row(row, names) for row in shown.members])


def title_of(found: Package) -> str:
    """Give how people call it."""
    return f"{found.name}一件事"


def _open_for_anyone(found: Package, online: Mapping[str, ItemDefinition]) -> int:
    return max(sum(one.is_open for one in offers_of(found, online, kind=kind)) for kind in found.applicant)


def _kind(request: Request, found: Package) -> str:
    """Give as what one meets the package: as the firm one acts for, else as a person where it is for persons."""
    acts_for_firm = request.actor.acting_for_organisation is not None
    if len(found.applicant) == 1:
        return found.applicant[0]
    return "organisation" if acts_for_firm else "person"


def _sent(
    request: Request, found: Package, items: list[ItemDefinition], given: dict[str, Any]
) -> tuple[dict[str, Any], list[Problem], dict[str, Any], str | None]:
    """Read the form and try to start; gives what was typed, what is wrong, the proofs kept, the number of the start."""
    form = form_of(items)
    values, problems = read_page(form.schema, None, request.POST)
    if wants_other_rows(request.POST):
        return values, [], given, None
    lines = checklist_of_all(items, values, actor=request.actor, given=given)
    given, refused = proofs.read(request, lines, given, region="")
    request.session[f"{_KEPT}.{found.code}"] = given
    problems += _more(form.schema, values, problems) + refused
    if problems:
        return values, problems, given, None
    try:
        done = keyed(
            request.POST.get("_key", ""),
            services.start_package,
            found.code,
            values,
            actor=request.actor,
            materials=given,
            chosen=frozenset(item.code for item in items),
        )
    except Problem as problem:
        return values, [proofs.at_its_field(one) for one in problem_list(problem)], given, None
    request.session.pop(f"{_KEPT}.{found.code}", None)
    return values, [], given, done.id


def _more(schema: Mapping[str, Any], values: Mapping[str, Any], said: list[Problem]) -> list[Problem]:
    """Give what the form forbids and reading has not said yet."""
    known = {problem.field.split(".")[0] for problem in said}
    try:
        clean(schema, values, today=timezone.localdate())
    except Problem as problem:
        return [one for one in problem_list(problem) if one.field.split(".")[0] not in known]
    return []


def _given(request: Request, code: str) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(f"{_KEPT}.{code}", {})
    return dict(kept)


def _offer_row(offer: Offer, names: Mapping[str, str]) -> dict[str, Any]:
    one = offer.member
    after = "、".join(names[code] for code in one.after)
    return {
        "item": one.name,
        "href": reverse("portal.item", args=(one.item,)),
        "how": "可以一起办" if offer.is_open else "到窗口办" if not one.online else "另外申请",
        "after": f"{after}办好以后" if after else "马上办",
    }


def _member_row(row: MemberRow, names: Mapping[str, str]) -> dict[str, Any]:
    after = "、".join(names[code] for code in row.after if code in names)
    waiting = f"等“{after}”办好后接着办" if row.state == "waiting" else row.state_name
    return {
        "item": row.item_name,
        "href": reverse("portal.case", args=(row.case_id,)) if row.case_id else "",
        "number": row.number,
        "state": state_words(row.case_state, row.case_state_name, row.decision) if row.case_id else waiting,
        "due": date(row.act_by) if row.act_by and not row.decision else "",
    }
