"""Handing in later what was left open when applying (容缺后补): what is still to come, until when, a place for each.

A file that is refused leaves the others where they were handed in; nothing is taken for a proof nobody waits for.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.queries.case_page import CasePage
from hrss.channels.portal.views.proofs import KINDS
from hrss.channels.ui.formats import date
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.files.services import store
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

_STILL_OPEN = frozenset({"deferred", "promised", "pending", "broken"})


def supply(request: Request, case_id: UUID) -> HttpResponse:
    """The proofs still to come; POST hands in those that were chosen."""
    shown = queries.case_page(case_id, actor=request.actor)
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _taken(request, shown)
        if not problems:
            return HttpResponseRedirect(reverse("portal.case", args=(case_id,)))
        shown = queries.case_page(case_id, actor=request.actor)
    return page(
        request,
        "portal/supply.html",
        status=422 if problems else 200,
        shown=shown,
        rows=still_to_come(shown),
        problems=problems,
        key=request.POST.get("_key") or new_key(),
    )


def still_to_come(shown: CasePage) -> list[dict[str, Any]]:
    """Give what may still be handed in, with the day; empty when nothing is or the case takes nothing any more."""
    if shown.offer("supply") is None:
        return []
    days = {one["about"]: one["due_on"] for one in shown.clocks if one["kind"] == "deferred"}
    hints = {rule.code: rule.hint for rule in shown.item.materials}
    return [
        {
            "code": one["code"],
            "name": one["name"],
            "hint": hints.get(one["code"], ""),
            "owed": one["state"] == "deferred",
            "words": f"请在{date(days[one['code']])}前补上" if days.get(one["code"]) else "可以用原件代替书面承诺",
        }
        for one in shown.materials
        if one["state"] in _STILL_OPEN
    ]


def _taken(request: Request, shown: CasePage) -> list[Problem]:
    """Take what was chosen; gives what is wrong, at the proof it concerns."""
    uploads = [(str(one["code"]), request.FILES.get(f"file.{one['code']}")) for one in still_to_come(shown)]
    chosen = [(code, upload) for code, upload in uploads if upload is not None]
    if not chosen:
        return [Problem("material.nothing_chosen", "还没有选文件", remedy="请给要补的材料选一张照片或一个 PDF 文件")]
    problems = []
    for code, upload in chosen:
        try:
            _take(request, shown, code, upload)
        except Problem as problem:
            problem.field = f"file.{code}"
            problems.append(problem)
    return problems


def _take(request: Request, shown: CasePage, code: str, upload: UploadedFile[Any]) -> None:
    stored = store(
        upload.read(),
        upload.name or code,
        actor=request.actor,
        region=shown.case["region_code"],
        person_id=shown.case["applicant_person_id"],
        organisation_id=shown.case["applicant_organisation_id"],
        kinds=KINDS,
    )
    key = request.POST.get("_key", "")
    keyed(
        f"{key}.{code}" if key else "",
        services.supply_material,
        shown.id,
        code,
        actor=request.actor,
        file_id=stored.id,
    )
