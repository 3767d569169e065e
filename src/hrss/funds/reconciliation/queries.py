"""Reading reconciliation: runs, statement files, breaks by due date page by page, one break."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from hrss.funds.reconciliation.models import Break, Run, StatementFile
from hrss.kernel.problem import Problem

PAGE = 50
LIVE = (Break.State.OPEN, Break.State.HANDLED)


def latest_runs(fund: str = "", *, limit: int = 20) -> list[Run]:
    """Give the latest reconciliations, newest first."""
    rows = Run.objects.order_by("-id")
    return list((rows.filter(fund=fund) if fund else rows)[:limit])


def latest_files(*, limit: int = 20) -> list[StatementFile]:
    """Give the statement files taken in last."""
    return list(StatementFile.objects.order_by("-taken_at")[:limit])


def breaks(*, fund: str = "", kind: str = "", state: str = "", after: str = "") -> tuple[list[Break], str]:
    """Give a page of breaks, the most urgent first, and the mark of the next page (empty at the end).

    Without ``state``: those that wait. ``after`` is a mark ``2026-03-05:<id>``; Problem ``reconciliation.page``.
    """
    rows = Break.objects.filter(state__in=[state] if state else LIVE)
    rows = rows.filter(fund=fund) if fund else rows
    rows = rows.filter(kind=kind) if kind else rows
    if after:
        due, number = _mark(after)
        rows = rows.filter(Q(due_on__gt=due) | Q(id__gt=number), due_on__gte=due)
    found = list(rows.order_by("due_on", "id")[: PAGE + 1])
    more = f"{found[PAGE - 1].due_on}:{found[PAGE - 1].id}" if len(found) > PAGE else ""
    return found[:PAGE], more


def live_counts() -> dict[str, int]:
    """Give how many breaks wait, by fund."""
    rows = Break.objects.filter(state__in=LIVE).values("fund").annotate(many=Count("id"))
    return {row["fund"]: row["many"] for row in rows}


def break_of(break_id: UUID) -> Break:
    """Give one break. Problem ``reconciliation.no_such_break`` (404)."""
    row = Break.objects.select_related("run").filter(id=break_id).first()
    if row is None:
        raise Problem("reconciliation.no_such_break", "没有这项差异", remedy="请从差异列表进入", status=404)
    return row


def _mark(text: str) -> tuple[date, UUID]:
    day, _, number = text.partition(":")
    try:
        return date.fromisoformat(day), UUID(number)
    except ValueError:
        raise Problem("reconciliation.page", "翻页位置不对", remedy="请回到第一页", status=400) from None
