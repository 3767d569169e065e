"""The inbox and the other lists: what waits for my posts, in saved views with counts; due days, follow-ups, finds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from hrss.casework import queries
from hrss.casework.items.versions import published_soon
from hrss.casework.items.vocabulary import LINES
from hrss.casework.queries.due_lists import DueRow
from hrss.casework.queries.follow_ups import FollowUp
from hrss.casework.queries.inbox import CAP, VIEWS
from hrss.channels.ui.addresses import reverse
from hrss.channels.ui.formats import moment
from hrss.channels.ui.request import Request
from hrss.channels.workbench.inbox_rows import inbox_rows
from hrss.channels.workbench.shell import place_words, read_page, remember_list, townships_of, work_page
from hrss.kernel.actor import Actor, Function

_ACCEPTERS = (Function.HANDLER, Function.COUNTER)
_WORKERS = (*_ACCEPTERS, Function.REVIEWER, Function.APPROVER)
FOLLOW_UPS = {
    "opinions": "征求我的意见",
    "promises": "承诺待核验",
    "deferred": "容缺待补交",
    "ratings": "差评整改",
}


def inbox(request: Request) -> HttpResponse:
    """A page of the inbox."""
    view = request.GET.get("view") or ("waiting" if request.actor.holds(*_WORKERS) else "all")
    wanted = {name: request.GET.get(name, "").strip() for name in ("line", "item", "text", "region")}
    items = published_soon()
    found = queries.inbox(
        actor=request.actor,
        view=view,
        line=wanted["line"],
        item=wanted["item"],
        text=wanted["text"],
        region=wanted["region"],
        after=request.GET.get("after", ""),
    )
    remember_list(request)
    base = reverse("workbench.inbox")
    return read_page(
        request,
        "workbench/inbox.html",
        tabs=tuple((title, f"{base}?view={name}", _count(found.counts[name])) for name, title in VIEWS.items()),
        current=f"{base}?view={view}",
        rows=inbox_rows(found.rows, request.actor, ticks=request.actor.holds(*_WORKERS)),
        following=found.next,
        wanted=wanted,
        view=view,
        items=tuple((code, item.name) for code, item in items().items()),
        lines=_lines(request.actor),
        townships=townships_of(request.actor),
        may_accept=request.actor.holds(*_ACCEPTERS),
        may_claim=request.actor.holds(*_WORKERS),
        empty=_EMPTY.get(view, _EMPTY["waiting"]),
    )


def due(request: Request) -> HttpResponse:
    """What is late or nearly so, of every clock."""
    found = queries.due_lists(actor=request.actor)
    remember_list(request)
    return work_page(
        request,
        "workbench/due.html",
        overdue=[_due_row(row) for row in found.overdue],
        warning=[_due_row(row) for row in found.warning],
    )


def follow_ups(request: Request) -> HttpResponse:
    """What is to be followed up besides deciding: opinions, promises, papers to come, bad ratings."""
    found = queries.follow_ups(actor=request.actor)
    lists: dict[str, list[FollowUp]] = {name: getattr(found, name) for name in FOLLOW_UPS}
    chosen = request.GET.get("list", "")
    if chosen not in lists:
        chosen = next((name for name, rows in lists.items() if rows), "opinions")
    remember_list(request)
    base = reverse("workbench.follow_ups")
    return work_page(
        request,
        "workbench/follow_ups.html",
        tabs=[(title, f"{base}?list={name}", str(len(lists[name]))) for name, title in FOLLOW_UPS.items()],
        current=f"{base}?list={chosen}",
        title=FOLLOW_UPS[chosen],
        rows=[_follow_up(row, chosen) for row in lists[chosen]],
    )


def find(request: Request) -> HttpResponse:
    """Find cases by number, name or item."""
    text = request.GET.get("q", "").strip()
    actor = request.actor if request.actor.purpose else request.actor.for_purpose("case")
    found = queries.search_cases(text, actor=actor, after=request.GET.get("after", "")) if text else None
    remember_list(request)
    rows = [
        {
            "number": one.number,
            "href": reverse("workbench.case", args=(one.id,)),
            "item": one.item_name,
            "name": f"{one.subject_name}（{one.subject_tail}）" if one.subject_tail else one.subject_name,
            "state": one.state_name,
            "submitted": moment(one.submitted_at),
        }
        for one in (found.rows if found else ())
    ]
    return work_page(request, "workbench/find.html", text=text, rows=rows, following=found.next if found else "")


_EMPTY = {
    "waiting": ("没有待办", "等您的岗位办的事都办完了。"),
    "mine": ("没有领办的件", "在“没人领的”里可以领办。"),
    "unclaimed": ("没有等人领的件", ""),
    "warning": ("没有快到期的件", ""),
    "overdue": ("没有超期的件", ""),
    "all": ("没有在办的件", ""),
}


def _count(number: int) -> str:
    return f"{CAP}+" if number >= CAP else str(number)


def _lines(actor: Actor) -> tuple[tuple[str, str], ...]:
    mine = actor.lines
    lines = tuple((code, name) for code, name in LINES.items() if "*" in mine or code in mine)
    return lines if len(lines) > 1 else ()


def _due_row(row: DueRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "href": reverse("workbench.case", args=(row.case_id,)),
        "item": row.item_name,
        "name": row.subject_name,
        "place": place_words(row.region_code),
        "clock": f"{row.kind_name} {row.about}".strip(),
        "due_on": row.due_on,
    }


def _follow_up(row: FollowUp, kind: str) -> dict[str, Any]:
    verbs = {"opinions": "give_opinion", "promises": "verify_promise", "deferred": "supply", "ratings": "answer_rating"}
    return {
        "number": row.number,
        "href": f"{reverse('workbench.case', args=(row.case_id,))}#do-{verbs[kind]}",
        "item": row.item_name,
        "name": row.subject_name,
        "place": place_words(row.region_code),
        "about": row.about,
        "due_on": row.due_on,
    }
