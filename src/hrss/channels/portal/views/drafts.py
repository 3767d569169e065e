"""Applying: one short group of questions a page, kept as typed, proofs, check your answers, submit once.

Works without JavaScript. Nothing typed is lost: a page with mistakes is saved as it is and drawn again (422).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.intake.materials import checklist
from hrss.casework.intake.prefill import prefill_of
from hrss.casework.intake.review import answers_to_check, words_of
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import current
from hrss.channels.portal import texts
from hrss.channels.portal.views import proofs
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import is_shown, read_page, wants_other_rows
from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem


def start(request: Request, code: str) -> HttpResponse:
    """Before applying: what is known, what is needed, what it leads to; POST opens a draft with what is known."""
    version = current(code)
    if request.method == "POST":
        known = _known(version.item, request.actor)
        data = {name: value.value for name, value in known.items()}
        made = keyed(request.POST.get("_key", ""), services.save_draft, code, data, actor=request.actor)
        return HttpResponseRedirect(reverse("portal.draft", args=(made.id, 1)))
    item = version.item
    known = _known(item, request.actor)
    lines = checklist(item, {}, actor=request.actor)
    return page(
        request,
        "portal/start.html",
        item=item,
        known_rows=[_known_row(item, name, value) for name, value in known.items() if name in item.form["properties"]],
        materials=shown_as.material_rows(lines),
        facts=[
            ("办理期限", shown_as.limit_words(item.promised)),
            ("收费", "不收费" if not item.fee else f"{item.fee} 分"),
        ],
        key=new_key(),
    )


def fill(request: Request, draft_id: UUID, step: int) -> HttpResponse:
    """One page of the form."""
    draft = queries.draft(draft_id, actor=request.actor)
    item = current(draft.item_code).item
    names = pages_of(item, draft.data)
    if not 1 <= step <= len(names):
        return HttpResponseRedirect(reverse("portal.proofs", args=(draft_id,)))
    if request.method == "POST":
        return _save(request, draft, item, names, step)
    return _form(request, draft, item, names, step, values=draft.data)


def check(request: Request, draft_id: UUID) -> HttpResponse:
    """Check your answers; POST submits. The same submit twice is the same case."""
    draft = queries.draft(draft_id, actor=request.actor)
    item = current(draft.item_code).item
    problems: Problem | None = None
    if request.method == "POST":
        try:
            done = keyed(request.POST.get("_key", ""), services.submit, draft_id, actor=request.actor)
            return HttpResponseRedirect(reverse("portal.receipt", args=(done.id,)))
        except Problem as problem:
            problems = problem
    elif draft.submitted_case:
        return HttpResponseRedirect(reverse("portal.receipt", args=(draft.submitted_case,)))
    lines = checklist(item, draft.data, actor=request.actor, given=draft.materials)
    answers = answers_to_check(item, draft.data, lines)
    return page(
        request,
        "portal/check.html",
        status=422 if problems else 200,
        item=item,
        draft_id=draft_id,
        rows=[_row(line, item, draft.data, draft_id) for line in answers],
        problems=problems,
        key=request.POST.get("_key") or new_key(),
    )


def receipt(request: Request, case_id: UUID) -> HttpResponse:
    """The receipt: number, day, what happens next."""
    shown = queries.case_page(case_id, actor=request.actor)
    rows = [
        ("申请事项", shown.case["item_name"]),
        ("提交时间", moment(shown_as.when(shown.case["submitted_at"]))),
        ("最晚办结", shown_as.due_words(shown)),
    ]
    return page(request, "portal/receipt.html", shown=shown, rows=rows, next_steps=texts.NEXT_STEPS)


def pages_of(item: ItemDefinition, data: Mapping[str, Any]) -> list[list[str]]:
    """Give the names of each page that has something to ask for these answers."""
    properties = item.form.get("properties", {})
    groups = item.form.get("x-pages") or [list(properties)]
    return [group for group in groups if any(is_shown(properties[name], data) for name in group)]


def _save(request: Request, draft: Any, item: ItemDefinition, names: list[list[str]], step: int) -> HttpResponse:
    values, problems = read_page(item.form, names[step - 1], request.POST, known=draft.data)
    data = {**{k: v for k, v in draft.data.items() if k not in names[step - 1]}, **values}
    services.save_draft(
        draft.item_code, data, actor=request.actor, draft_id=draft.id, materials=draft.materials, step=step
    )
    if wants_other_rows(request.POST):
        return _form(request, draft, item, names, step, values=data)
    if problems:
        return _form(request, draft, item, names, step, values=data, problems=problems)
    if request.POST.get("back_to") == "check" or request.GET.get("check"):
        return HttpResponseRedirect(reverse("portal.check", args=(draft.id,)))
    after = pages_of(item, data)
    if step < len(after):
        return HttpResponseRedirect(reverse("portal.draft", args=(draft.id, step + 1)))
    where = (
        "portal.proofs" if proofs.something_to_choose(item, data, draft.materials, request.actor) else "portal.check"
    )
    return HttpResponseRedirect(reverse(where, args=(draft.id,)))


def _form(
    request: Request,
    draft: Any,
    item: ItemDefinition,
    names: list[list[str]],
    step: int,
    *,
    values: Mapping[str, Any],
    problems: list[Problem] | None = None,
) -> HttpResponse:
    known = _known(item, request.actor)
    sources = {name: one.source for name, one in known.items() if values.get(name) == one.value}
    return page(
        request,
        "portal/form.html",
        status=422 if problems else 200,
        item=item,
        draft=draft,
        names=names[step - 1],
        step=step,
        total=len(names),
        values=values,
        problems=problems,
        sources=sources,
        heading=_heading(item, names[step - 1]),
        from_check="check" in request.GET or request.POST.get("back_to") == "check",
        key=new_key(),
    )


def _heading(item: ItemDefinition, names: list[str]) -> str:
    """A page with one question is headed by it; a group by the item's own words or a plain one."""
    titles = item.form.get("x-page-titles", {})
    return str(
        titles.get(names[0]) or (item.form["properties"][names[0]].get("title") if len(names) == 1 else "请填写")
    )


def _known_row(item: ItemDefinition, name: str, known: Any) -> tuple[str, str, str, str]:
    schema = item.form["properties"][name]
    return (str(schema.get("title", name)), words_of(schema, known.value), "", known.source)


def _known(item: ItemDefinition, actor: Actor) -> dict[str, Any]:
    return dict(prefill_of(item, actor=actor))


def _row(line: Any, item: ItemDefinition, data: Mapping[str, Any], draft_id: UUID) -> tuple[str, str, str, str]:
    """Give a summary row: key, value, where to change it, source."""
    if line.page is None:
        return (line.title, line.value, reverse("portal.proofs", args=(draft_id,)), "")
    step = next((n for n, names in enumerate(pages_of(item, data), 1) if line.field in names), 1)
    return (line.title, line.value, f"{reverse('portal.draft', args=(draft_id, step))}?check=1", "")
