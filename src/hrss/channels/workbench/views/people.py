"""People: a search and a person page; staff say why first, and the person sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.gate import PURPOSE
from hrss.channels.ui.render import fragment, new_key, page
from hrss.channels.ui.request import Request
from hrss.domains.employment import queries as employment
from hrss.foundation.access.purposes import PURPOSES, check_purpose
from hrss.foundation.people import queries as people
from hrss.kernel.problem import Problem


def choose_purpose(request: Request) -> HttpResponse:
    """Say why people are looked at from now on in this session."""
    request.session[PURPOSE] = check_purpose(request.POST.get("purpose", ""), by_hand=True)
    after = request.POST.get("after", "")
    return HttpResponseRedirect(
        after if after.startswith("/") and not after.startswith("//") else reverse("workbench.people")
    )


def search(request: Request) -> HttpResponse:
    """Find people of my regions by id number, name or pinyin."""
    text = request.GET.get("text", "").strip()
    problem: Problem | None = None
    found = None
    if text and request.actor.purpose:
        try:
            found = people.search(text, actor=request.actor, after=request.GET.get("after", ""))
        except Problem as raised:
            problem = raised
    return page(
        request,
        "workbench/people.html",
        status=422 if problem else 200,
        text=text,
        found=found,
        rows=[_row(card) for card in (found.cards if found else ())],
        purposes=_choices(),
        purpose=_purpose_words(request.actor.purpose),
        problems=problem,
        key=new_key(),
    )


def person(request: Request, person_id: UUID) -> HttpResponse:
    """One person: card, household, work, accounts, cases."""
    if not request.actor.purpose:
        return HttpResponseRedirect(reverse("workbench.people"))
    card = people.card(person_id, actor=request.actor)
    work = employment.work_record(person_id)
    return page(
        request,
        "workbench/person.html",
        card=card,
        household=people.household_of(person_id, actor=request.actor),
        accounts=people.bank_accounts(person_id, actor=request.actor),
        work=work,
        purpose=_purpose_words(request.actor.purpose),
    )


def reveal(request: Request, person_id: UUID, what: str) -> HttpResponse:
    """Show one full number; the event says it was revealed."""
    reveals = {"id_number": people.reveal_id_number, "phone": people.reveal_phone}
    if what not in reveals:
        raise Problem("route.unknown", "没有这一项", status=404)
    value = reveals[what](person_id, actor=request.actor)
    if request.headers.get("HX-Request"):
        return fragment(request, "workbench/revealed.html", "value", value=value)
    return page(request, "workbench/revealed.html", value=value)


def _row(card: Any) -> dict[str, Any]:
    return {
        "name": card.name,
        "href": reverse("workbench.person", args=(card.id,)),
        "id_number": card.id_masked,
        "sex": card.sex,
        "age": str(card.age),
        "place": card.region_name,
    }


def _choices() -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in PURPOSES.values() if one.by_hand]


def _purpose_words(code: str) -> str:
    return PURPOSES[code].title if code in PURPOSES else ""
