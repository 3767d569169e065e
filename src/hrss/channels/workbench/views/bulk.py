"""Several cases at once: a preview that says of each what would happen, then the doing, each on its own.

One that cannot be done stops no other; it refuses more than a page at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework import queries, services
from hrss.casework.queries.case_page import CasePage
from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.formats import moment
from hrss.channels.ui.gate import log_refusal
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.ui.shapes import sentence
from hrss.channels.workbench.shell import list_address, place_words, work_page
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

MOST = 50
_OPEN_MATERIALS = frozenset({"pending", "deferred", "promised", "broken"})


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """A verb that may be done to several cases: what the button says and what follows from it."""

    name: str
    follows: str


VERBS = {
    "accept": BulkVerb("受理", "开始计算办理期限，出受理通知书，给申请人发短信。"),
    "claim": BulkVerb("领办", "列入“我领办的”，同事就不会重复办。"),
    "release": BulkVerb("退回待办", "退回后别的同事可以领办。"),
}


def bulk(request: Request, verb: str) -> HttpResponse:
    """Show what would happen to each case; POST does it."""
    if verb not in VERBS:
        raise Problem("casework.unknown_verb", "没有这个操作", remedy="请返回办件页，用页面上的按钮办理", status=404)
    ids = _ids(request)
    if not ids:
        messages.warning(request, "请先在左边勾选要办的件。")
        return HttpResponseRedirect(list_address(request))
    if request.method == "POST":
        return _done(request, verb, ids)
    pages = [_seen(request, one) for one in ids]
    rows = [_row(shown, _against(shown, verb, request)) for shown in pages]
    return work_page(
        request,
        "workbench/bulk.html",
        verb=verb,
        words=VERBS[verb],
        rows=rows,
        able=[row for row in rows if not row["against"]],
        only=pages[0] if len(pages) == 1 else None,
        answers=[(line.title, line.value) for line in pages[0].answers] if len(pages) == 1 else [],
        back=list_address(request),
        key=new_key(),
    )


def _done(request: Request, verb: str, ids: list[UUID]) -> HttpResponse:
    refused: list[dict[str, Any]] = []
    count = 0
    for one in ids:
        shown = _seen(request, one)
        try:
            _do(request, verb, shown)
            count += 1
        except Problem as problem:
            log_refusal(request.actor, request.route, problem, asked={"case_id": one, "verb": verb})
            refused.append(_row(shown, sentence(problem.message, problem.remedy)))
    if not refused:
        messages.success(request, f"{VERBS[verb].name}了 {count} 件")
        return HttpResponseRedirect(list_address(request))
    return work_page(
        request, "workbench/bulk_done.html", words=VERBS[verb], count=count, rows=refused, back=list_address(request)
    )


def _do(request: Request, verb: str, shown: CasePage) -> None:
    actor = request.actor.for_purpose(f"case:{shown.case['number']}")
    key = request.POST.get("_key", "")
    own = f"{key}:{shown.id.hex}" if key else ""
    keyed(own, getattr(services, verb), shown.id, actor=actor)


def _seen(request: Request, case_id: UUID) -> CasePage:
    return queries.case_page(case_id, actor=request.actor)


def _against(shown: CasePage, verb: str, request: Request) -> str:
    """Say why this case cannot be done now, empty when it can."""
    taken = shown.case["claimed_by"] and UUID(shown.case["claimed_by"]) != request.actor.account
    if taken:
        return f"{shown.case['claimed_name'] or '同事'}正在办"
    if shown.offer(verb) is None:
        return f"现在是“{shown.state_name}”，不能{VERBS[verb].name}"
    return ""


def _row(shown: CasePage, against: str) -> dict[str, Any]:
    case = shown.case
    waiting = [one["name"] for one in shown.materials if one["state"] in _OPEN_MATERIALS]
    return {
        "id": str(shown.id),
        "item": case["item_name"],
        "href": reverse("workbench.case", args=(shown.id,)),
        "number": case["number"],
        "name": case["subject_name"],
        "place": place_words(case["region_code"]),
        "submitted": moment(shown_as.when(case["submitted_at"])),
        "materials": f"还在等：{'、'.join(waiting)}" if waiting else "齐全",
        "against": against,
    }


def _ids(request: Request) -> list[UUID]:
    sent = request.POST if request.method == "POST" else request.GET
    found: list[UUID] = []
    for text in sent.getlist("row")[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            raise Problem(
                "casework.not_found", "没有这个办件", remedy="请核对编号，或者从“待办”“我的办件”进入", status=404
            ) from None
    return list(dict.fromkeys(found))
