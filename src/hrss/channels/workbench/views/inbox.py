"""The inbox: what waits for my posts, in saved views, with counts; keyset pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from hrss.casework import queries
from hrss.casework.items.versions import published
from hrss.casework.queries.inbox import CAP, VIEWS, InboxRow
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.foundation.regions.queries import full_name


def inbox(request: Request) -> HttpResponse:
    """A page of the inbox."""
    view = request.GET.get("view", "waiting")
    wanted = {name: request.GET.get(name, "").strip() for name in ("line", "item", "text", "region")}
    found = queries.inbox(
        actor=request.actor,
        view=view,
        after=request.GET.get("after", ""),
        line=wanted["line"],
        item=wanted["item"],
        text=wanted["text"],
        region=wanted["region"],
    )
    base = reverse("workbench.inbox")
    return page(
        request,
        "workbench/inbox.html",
        tabs=[(title, f"{base}?view={name}", _count(found.counts[name])) for name, title in VIEWS.items()],
        current=f"{base}?view={view}",
        rows=[_row(row) for row in found.rows],
        following=found.next,
        wanted=wanted,
        view=view,
        items=[(code, item.name) for code, item in sorted(published().items())],
    )


def due(request: Request) -> HttpResponse:
    """What is late or nearly so, of every clock."""
    found = queries.due_lists(actor=request.actor)
    return page(
        request,
        "workbench/due.html",
        overdue=[_due_row(row) for row in found.overdue],
        warning=[_due_row(row) for row in found.warning],
    )


def find(request: Request) -> HttpResponse:
    """Find cases by number, name or item."""
    text = request.GET.get("text", "").strip()
    found = queries.search_cases(text, actor=request.actor, after=request.GET.get("after", "")) if text else None
    rows = [
        {
            "number": one.number,
            "href": reverse("workbench.case", args=(one.id,)),
            "item": one.item_name,
            "name": f"{one.subject_name}（{one.subject_tail}）",
            "state": one.state_name,
            "submitted": moment(one.submitted_at),
        }
        for one in (found.rows if found else ())
    ]
    return page(request, "workbench/find.html", text=text, rows=rows, following=found.next if found else "")


def _count(number: int) -> str:
    return f"{CAP}+" if number >= CAP else str(number)


def _row(row: InboxRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "href": reverse("workbench.case", args=(row.id,)),
        "item": row.item_name,
        "name": f"{row.subject_name}（{row.subject_tail}）" if row.subject_tail else row.subject_name,
        "place": full_name(row.region_code),
        "state": row.state_name,
        "act_by": row.act_by,
        "submitted": moment(row.submitted_at),
        "claimed": row.claimed_name,
    }


def _due_row(row: Any) -> dict[str, Any]:
    late = f"超期 {-row.days_left} 天" if row.days_left < 0 else f"还有 {row.days_left} 天"
    return {
        "number": row.number,
        "href": reverse("workbench.case", args=(row.case_id,)),
        "item": row.item_name,
        "name": row.subject_name,
        "place": full_name(row.region_code),
        "clock": f"{row.kind_name} {row.about}".strip(),
        "due": date(row.due_on),
        "left": late,
    }
