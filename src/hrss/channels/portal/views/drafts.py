"""Applying: one short group of questions a page, kept as typed, check your answers, submit once.

Works without JavaScript. Nothing typed is lost: a page with mistakes is saved as it is and drawn again (422).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.casework import queries, services
from hrss.casework.intake.forms import page_problems
from hrss.casework.intake.materials import checklist
from hrss.casework.intake.prefill import prefill_of
from hrss.casework.intake.review import AnswerLine, answers_to_check
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import current
from hrss.casework.queries.drafts import DraftView
from hrss.channels.portal import texts
from hrss.channels.portal.pages import FormPage, pages_of
from hrss.channels.portal.progress import due_rows
from hrss.channels.portal.views import proofs
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.answers import read_page, wants_other_rows
from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.channels.ui.shapes import problem_list, sentence
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem


def fill(request: Request, draft_id: UUID, step: int) -> HttpResponse:
    """One page of the form."""
    draft = queries.draft(draft_id, actor=request.actor)
    if draft.submitted_case:
        return HttpResponseRedirect(reverse("portal.receipt", args=(draft.submitted_case,)))
    item = current(draft.item_code).item
    pages = pages_of(item, draft.data)
    if not 1 <= step <= len(pages):
        return HttpResponseRedirect(reverse("portal.proofs", args=(draft_id,)))
    if request.method == "POST":
        return _save(request, draft, item, pages, step)
    return _form(request, draft, item, pages, step, values=draft.data)


def check(request: Request, draft_id: UUID) -> HttpResponse:
    """Check your answers; POST submits. The same submit twice is the same case."""
    draft = queries.draft(draft_id, actor=request.actor)
    item = current(draft.item_code).item
    problem: Problem | None = None
    if request.method == "POST":
        try:
            done = keyed(request.POST.get("_key", ""), services.submit, draft_id, actor=request.actor)
            return HttpResponseRedirect(reverse("portal.receipt", args=(done.id,)))
        except Problem as raised:
            problem = raised
    elif draft.submitted_case:
        return HttpResponseRedirect(reverse("portal.receipt", args=(draft.submitted_case,)))
    lines = checklist(item, draft.data, actor=request.actor, given=draft.materials)
    answers = answers_to_check(item, draft.data, lines)
    asked = {line.code for line in lines if line.how not in proofs.FOUND}
    return page(
        request,
        "portal/check.html",
        status=422 if problem else 200,
        item=item,
        draft_id=draft_id,
        back=_back(item, draft, proof_page=bool(asked)),
        rows=[_row(line, item, draft, asked=asked) for line in answers],
        faults=[_fault(one, item, draft) for one in problem_list(problem)],
        key=new_key(),
    )


def receipt(request: Request, case_id: UUID) -> HttpResponse:
    """The receipt: number, day, what happens next."""
    shown = queries.case_page(case_id, actor=request.actor)
    rows = [
        ("申请人", shown.case["subject_name"]),
        ("提交时间", moment(shown_as.when(shown.case["submitted_at"]))),
        *due_rows(shown),
    ]
    later = [one["name"] for one in shown.materials if one["state"] == "deferred"]
    return page(request, "portal/receipt.html", shown=shown, rows=rows, later=later, next_steps=texts.NEXT_STEPS)


def discard(request: Request, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    keyed(request.POST.get("_key", ""), services.discard_draft, draft_id, actor=request.actor)
    return HttpResponseRedirect(reverse("portal.cases"))


def _save(request: Request, draft: DraftView, item: ItemDefinition, pages: list[FormPage], step: int) -> HttpResponse:
    here = pages[step - 1]
    values, problems = read_page(item.form, here.names, request.POST, known=draft.data)
    data = {**{k: v for k, v in draft.data.items() if k not in here.names}, **values}
    services.save_draft(
        draft.item_code, data, actor=request.actor, draft_id=draft.id, materials=draft.materials, step=step
    )
    if wants_other_rows(request.POST):
        return _form(request, draft, item, pages, step, values=data)
    problems += _more(item, data, here, problems)
    if problems:
        return _form(request, draft, item, pages, step, values=data, problems=problems)
    after = pages_of(item, data)
    if _from_check(request) and [one.names for one in after] == [one.names for one in pages]:
        return HttpResponseRedirect(reverse("portal.check", args=(draft.id,)))
    if step < len(after):
        return HttpResponseRedirect(reverse("portal.draft", args=(draft.id, step + 1)))
    return HttpResponseRedirect(proofs.after_form(item, data, draft, request.actor))


def _more(item: ItemDefinition, data: Mapping[str, Any], here: FormPage, said: list[Problem]) -> list[Problem]:
    """Give what the item itself forbids on this page (dates, lengths, formats) and reading has not said yet."""
    known = {problem.field.split(".")[0] for problem in said}
    found = page_problems(item.form, data, here.number, today=timezone.localdate())
    return [problem for problem in found if problem.field.split(".")[0] not in known]


def _form(
    request: Request,
    draft: DraftView,
    item: ItemDefinition,
    pages: list[FormPage],
    step: int,
    *,
    values: Mapping[str, Any],
    problems: list[Problem] | None = None,
) -> HttpResponse:
    known = prefill_of(item, actor=request.actor)
    here = pages[step - 1]
    return page(
        request,
        "portal/form.html",
        status=422 if problems else 200,
        item=item,
        draft=draft,
        names=here.names,
        form=_drawn(item, pages[step - 1]),
        step=step,
        total=len(pages),
        back=reverse("portal.draft", args=(draft.id, step - 1)) if step > 1 else "",
        values=values,
        problems=problems,
        sources={name: one.source for name, one in known.items() if values.get(name) == one.value},
        heading=here.heading,
        table=bool(item.bulk) and item.bulk["field"] in here.names,
        from_check=_from_check(request),
        key=new_key(),
    )


def _drawn(item: ItemDefinition, here: FormPage) -> dict[str, Any]:
    """Give the form with no condition on a question of another page: the answers so far have settled it."""
    properties = dict(item.form["properties"])
    for name in here.names:
        condition = properties[name].get("x-show-if")
        if condition is not None and condition["field"] not in here.names:
            properties[name] = {key: value for key, value in properties[name].items() if key != "x-show-if"}
    return {**item.form, "properties": properties}


def _from_check(request: Request) -> bool:
    return "check" in request.GET or request.POST.get("back_to") == "check"


def _back(item: ItemDefinition, draft: DraftView, *, proof_page: bool) -> str:
    if proof_page:
        return reverse("portal.proofs", args=(draft.id,))
    return reverse("portal.draft", args=(draft.id, max(1, len(pages_of(item, draft.data)))))


def _row(line: AnswerLine, item: ItemDefinition, draft: DraftView, *, asked: Collection[str]) -> tuple[str, str, str]:
    """Give a summary row: key, value, where to change it."""
    if line.page is None:
        return (line.title, line.value, reverse("portal.proofs", args=(draft.id,)) if line.field in asked else "")
    return (line.title, line.value, _where(line.field, item, draft))


def _fault(problem: Problem, item: ItemDefinition, draft: DraftView) -> tuple[str, str]:
    """Give a sentence and where it can be put right; no place where no answer of the form would change it."""
    text = sentence(problem.message, problem.remedy)
    if problem.field.startswith("material."):
        return text, reverse("portal.proofs", args=(draft.id,))
    name = problem.field.split(".")[0]
    return text, _where(name, item, draft) if name in item.form["properties"] else ""


def _where(field: str, item: ItemDefinition, draft: DraftView) -> str:
    pages = pages_of(item, draft.data)
    step = next((at for at, one in enumerate(pages, 1) if field in one.names), 1)
    return f"{reverse('portal.draft', args=(draft.id, step))}?check=1#f-{field}"
