"""Proofs: what the state already has is shown, the rest is uploaded, promised or handed in later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.intake.materials import MaterialLine, checklist
from hrss.casework.items.definition import ItemDefinition, MaterialRule
from hrss.casework.items.versions import current
from hrss.casework.queries.case_page import CasePage
from hrss.casework.queries.drafts import DraftView
from hrss.channels.portal.pages import pages_of
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.files.services import store
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

KINDS = ("pdf", "jpeg", "png")
FOUND = frozenset({"exchange", "bag"})


def choose(request: Request, draft_id: UUID) -> HttpResponse:
    """One page with every proof that needs the person; POST keeps the choices."""
    draft = queries.draft(draft_id, actor=request.actor)
    item = current(draft.item_code).item
    problems: list[Problem] = []
    given = dict(draft.materials)
    if request.method == "POST":
        given, problems = read(
            request, checklist(item, draft.data, actor=request.actor, given=given), given, region=draft.region_code
        )
        services.save_draft(
            draft.item_code, draft.data, actor=request.actor, draft_id=draft_id, materials=given, step=draft.step
        )
        if not problems:
            return HttpResponseRedirect(reverse("portal.check", args=(draft_id,)))
    lines = checklist(item, draft.data, actor=request.actor, given=given)
    return page(
        request,
        "portal/proofs.html",
        status=422 if problems else 200,
        item=item,
        draft_id=draft_id,
        known=shown_as.known_rows([line for line in lines if line.how in FOUND]),
        asked=[line for line in lines if line.how not in FOUND],
        back=reverse("portal.draft", args=(draft_id, max(1, len(pages_of(item, draft.data))))),
        problems=problems,
        key=new_key(),
    )


def after_form(item: ItemDefinition, data: Mapping[str, Any], draft: DraftView, actor: Actor) -> str:
    """Give the page after the last question: the proofs where one has to come from the person, else the check."""
    lines = checklist(item, data, actor=actor, given=draft.materials)
    return reverse("portal.proofs" if needs_person(lines) else "portal.check", args=(draft.id,))


def needs_person(lines: list[MaterialLine]) -> bool:
    """Tell whether a proof has to come from the person: not everything is found by the system."""
    return any(line.how not in FOUND for line in lines)


def read(
    request: Request, lines: list[MaterialLine], given: dict[str, Any], *, region: str
) -> tuple[dict[str, Any], list[Problem]]:
    """Read the choices of the page: an upload is stored, a promise or later hand-in noted."""
    kept, problems = dict(given), list[Problem]()
    for line in lines:
        choice, upload = request.POST.get(f"way.{line.code}", ""), request.FILES.get(f"file.{line.code}")
        if choice in ("promise", "defer"):
            kept[line.code] = {choice: True}
        if upload is None:
            continue
        try:
            stored = store(
                upload.read(),
                upload.name or line.name,
                actor=request.actor,
                region=region,
                person_id=request.actor.subject_person,
                organisation_id=request.actor.acting_for_organisation,
                kinds=KINDS,
            )
            kept[line.code] = {"file_id": str(stored.id), "sha256": stored.sha256}
        except Problem as problem:
            problem.field = f"file.{line.code}"
            problems.append(problem)
    return kept, problems


def at_its_field(problem: Problem) -> Problem:
    """Give a problem of a proof the name its field has on the page."""
    if problem.field.startswith("material."):
        problem.field = "file." + problem.field.removeprefix("material.")
    return problem


def open_lines(shown: CasePage, given: Mapping[str, Any]) -> list[MaterialLine]:
    """Give the proofs of a case that are still to come, for an answer to a notice, with what was ``given`` so far."""
    kept = {line["code"]: line for line in shown.materials}
    return [
        _line(rule, given.get(rule.code, {}))
        for rule in shown.item.materials
        if rule.source == "upload"
        and kept.get(rule.code, {}).get("state") in ("missing", "deferred", "promised", "refused")
    ]


def _line(rule: MaterialRule, given: Mapping[str, Any]) -> MaterialLine:
    """Give a proof still to come as far as it has been given on this page."""
    how = next((way for way in ("promise", "defer") if given.get(way)), "upload" if "file_id" in given else "")
    return MaterialLine(
        code=rule.code,
        name=rule.name,
        how=how,
        state="given" if how else "missing",
        source="",
        hint=rule.hint,
        necessity=rule.necessity,
        may_promise=rule.promise,
        may_defer=rule.necessity == "deferrable",
        file_id=UUID(given["file_id"]) if "file_id" in given else None,
    )
