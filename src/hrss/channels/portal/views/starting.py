"""Before applying: whether one may, what one gets, what is known, what is still needed, drafts begun earlier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.handlers import Prefilled, Subject, handler_of
from hrss.casework.intake.applicants import applicant_of
from hrss.casework.intake.materials import checklist
from hrss.casework.intake.prefill import known_of
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import current
from hrss.casework.items.words import words_of
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.verbs import keyed
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem

WRONG_APPLICANT = frozenset({"casework.applicant_kind", "casework.applicant_died"})


def start(request: Request, code: str) -> HttpResponse:
    """What is known, what is needed, what it leads to; POST opens a draft with what is known."""
    item = current(code).item
    try:
        subject = applicant_of(item, actor=request.actor).subject
        known = known_of(item, subject, actor=request.actor)
    except Problem as problem:
        if problem.code not in WRONG_APPLICANT:
            raise
        return page(request, "portal/not_for_you.html", status=problem.status, item=item, problem=problem)
    if request.method == "POST":
        data = {name: value.value for name, value in known.items()}
        made = keyed(request.POST.get("_key", ""), services.save_draft, code, data, actor=request.actor)
        return HttpResponseRedirect(reverse("portal.draft", args=(made.id, 1)))
    lines = checklist(item, _widest(item), actor=request.actor)
    return page(
        request,
        "portal/start.html",
        item=item,
        before=_before(request, item, subject, known),
        materials=shown_as.material_rows(lines),
        facts=[
            ("办理期限", shown_as.limit_words(item.promised)),
            ("收费", "不收费" if not item.fee else f"{yuan(item.fee)} 元"),
        ],
        key=new_key(),
    )


def before_of(request: Request, item: ItemDefinition) -> dict[str, Any] | None:
    """Give what stands above a start button for the one signed in; None where the item is not for them."""
    try:
        subject = applicant_of(item, actor=request.actor).subject
        return _before(request, item, subject, known_of(item, subject, actor=request.actor))
    except Problem as problem:
        if problem.code in WRONG_APPLICANT:
            return None
        raise


def _before(request: Request, item: ItemDefinition, subject: Subject, known: Mapping[str, Prefilled]) -> dict[str, Any]:
    return {
        "outlook": handler_of(item.handler).outlook(subject, actor=request.actor),
        "begun": [one for one in queries.drafts(actor=request.actor) if one.item_code == item.code],
        "known": [_known_row(item, name, known[name]) for name in item.form["properties"] if name in known],
    }


def _widest(item: ItemDefinition) -> dict[str, Any]:
    """Give answers under which every proof is asked for, so that nobody meets one by surprise."""
    conditions = (rule.show_if for rule in item.materials if rule.show_if)
    return {one["field"]: one["in"][0] for one in conditions}


def _known_row(item: ItemDefinition, name: str, known: Prefilled) -> tuple[str, str, str, str]:
    schema = item.form["properties"][name]
    return (str(schema.get("title", name)), words_of(schema, known.value), "", known.source)
