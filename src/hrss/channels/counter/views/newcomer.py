"""A person nobody has a record of yet, taken from the id card at the window. Asks only what card and person say."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework.reception import services
from hrss.channels.counter.shell import counter_page, place_of
from hrss.channels.ui.gate import log_refusal
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.foundation.people.models import Person
from hrss.foundation.people.nations import NATIONS
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

ASKED = ("id_number", "name", "region_code", "nation", "education", "hukou", "phone")
_BEFORE = dict.fromkeys(ASKED, "") | {"nation": "汉族", "hukou": Person.Hukou.RURAL.value}


def newcomer(request: Request) -> HttpResponse:
    """Make the record and go on to serve the person; a mistake draws the form again as it was typed."""
    if request.method != "POST":
        return _form(request, {**_BEFORE, "region_code": place_of(request.actor)})
    typed = {name: request.POST.get(name, "").strip() for name in ASKED}
    try:
        _refuse_gaps(typed)
        keyed(request.POST.get("_key", ""), services.register_newcomer, actor=request.actor, **typed)
    except Problem as problem:
        if problem.status == 403:
            log_refusal(request.actor, request.route, problem)
        return _form(request, typed, problem)
    return HttpResponseRedirect(reverse("counter.desk"))


def _refuse_gaps(typed: dict[str, str]) -> None:
    known = {"education": Person.Education.values, "hukou": Person.Hukou.values}
    words = {"education": "文化程度", "hukou": "户口性质"}
    for name, values in known.items():
        if typed[name] not in values:
            raise Problem(
                "people.choice", f"请选择{words[name]}", remedy="按本人说的选；不知道的选“未登记”", field=name
            )
    if not typed["region_code"]:
        raise Problem("people.region", "请选择户籍所在的村（社区）", remedy="按户口簿选择", field="region_code")


def _form(request: Request, typed: dict[str, str], problem: Problem | None = None) -> HttpResponse:
    return counter_page(
        request,
        "counter/newcomer.html",
        status=422 if problem else 200,
        typed=typed,
        problems=problem,
        key=new_key(),
        levels=Person.Education.choices,
        nations=[(one, one) for one in NATIONS],
        kinds=Person.Hukou.choices,
    )
