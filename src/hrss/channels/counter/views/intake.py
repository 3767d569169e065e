"""Taking an item in at the window: form and proofs side by side, one-time notice to print, receipt to hand over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.intake.materials import MaterialLine, checklist
from hrss.casework.intake.prefill import prefill_of
from hrss.casework.intake.review import answers_to_check
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import current
from hrss.casework.reception import services as reception
from hrss.casework.reception.queries import sitting_of
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.files.services import store
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def take_in(request: Request, code: str) -> HttpResponse:
    """The form of an item for the person of this sitting; POST submits it."""
    person_id, actor = served(request)
    item = current(code).item
    if request.method == "GET":
        known = {name: one.value for name, one in prefill_of(item, actor=actor, person_id=person_id).items()}
        return _form(request, item, person_id, actor, values=known, given={})
    values, problems = read_page(item.form, None, request.POST)
    given, refused = _proofs(request, item, person_id, actor)
    if wants_other_rows(request.POST):
        return _form(request, item, person_id, actor, values=values, given=given)
    reception.mirror(actor=request.actor, screen=_mirrored(item, values))
    if request.POST.get("step") == "check" or problems or refused:
        return _form(request, item, person_id, actor, values=values, given=given, problems=problems + refused)
    try:
        done = keyed(
            request.POST.get("_key", ""),
            services.apply,
            code,
            values,
            actor=actor,
            person_id=person_id,
            materials=given,
        )
    except Problem as problem:
        return _form(request, item, person_id, actor, values=values, given=given, problems=problem)
    return HttpResponseRedirect(reverse("counter.receipt", args=(done.id,)))


def receipt(request: Request, case_id: UUID) -> HttpResponse:
    """The receipt to print, and the way on: accept now, or the next item of the same person."""
    shown = queries.case_page(case_id, actor=request.actor)
    rows = [
        ("申请事项", shown.case["item_name"]),
        ("申请人", shown.case["subject_name"]),
        ("提交时间", moment(shown_as.when(shown.case["submitted_at"]))),
        ("最晚办结", shown_as.due_words(shown)),
    ]
    return page(request, "counter/receipt.html", shown=shown, rows=rows)


def notice(request: Request, code: str) -> HttpResponse:
    """The one-time notice (一次性告知): everything an item needs that is not there yet, to print and hand over."""
    person_id, actor = served(request)
    item = current(code).item
    lines = checklist(item, {}, actor=actor, person_id=person_id)
    missing = [line for line in lines if line.is_missing]
    return page(
        request, "counter/notice.html", item=item, missing=missing, have=[one for one in lines if not one.is_missing]
    )


def served(request: Request) -> tuple[UUID, Actor]:
    """Give the person of the sitting and the actor with the window's purpose."""
    sitting = sitting_of(request.actor)
    if sitting is None or sitting.person_id is None:
        raise Problem(
            "reception.no_person",
            "还没有确认服务对象",
            rule="先核对身份再办理",
            remedy="请先刷卡或输入身份证号",
            status=409,
        )
    return sitting.person_id, request.actor.for_purpose("counter")


def _proofs(
    request: Request, item: ItemDefinition, person_id: UUID, actor: Actor
) -> tuple[dict[str, Any], list[Problem]]:
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for rule in item.materials:
        upload, way = request.FILES.get(f"file.{rule.code}"), request.POST.get(f"way.{rule.code}", "")
        if upload is not None:
            try:
                stored = store(
                    upload.read(),
                    upload.name or rule.name,
                    actor=actor,
                    region=actor.posts[0].region,
                    person_id=person_id,
                    kinds=("pdf", "jpeg", "png"),
                )
                given[rule.code] = {"file_id": str(stored.id), "sha256": stored.sha256}
            except Problem as problem:
                problem.field = f"file.{rule.code}"
                problems.append(problem)
        elif way in ("promise", "defer"):
            given[rule.code] = {way: True}
        elif request.POST.get(f"kept.{rule.code}"):
            given[rule.code] = {"file_id": request.POST[f"kept.{rule.code}"]}
    return given, problems


def _mirrored(item: ItemDefinition, values: dict[str, Any]) -> dict[str, Any]:
    rows = [[line.title, line.value] for line in answers_to_check(item, values) if line.value != "没有填"]
    return {"title": f"请核对：{item.name}", "rows": rows}


def _form(
    request: Request,
    item: ItemDefinition,
    person_id: UUID,
    actor: Actor,
    *,
    values: dict[str, Any],
    given: dict[str, Any],
    problems: Problem | list[Problem] | None = None,
) -> HttpResponse:
    lines: list[MaterialLine] = checklist(item, values, actor=actor, person_id=person_id, given=given)
    return page(
        request,
        "counter/form.html",
        status=422 if problems else 200,
        item=item,
        values=values,
        known=shown_as.known_rows([line for line in lines if line.how in ("exchange", "bag")]),
        asked=[line for line in lines if line.how not in ("exchange", "bag")],
        problems=problems or None,
        window=request.session.get("counter_window", "1"),
        key=request.POST.get("_key") or new_key(),
    )
