"""Reading the log for those who watch over it: newest first, by outcome, person at the desk or request number.

Names what was done and by whom; what it was about only as numbers. It refuses anybody but the audit administrator and
the inspectors, and each look is itself an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hrss.foundation.audit.models import Event
from hrss.foundation.audit.record import record
from hrss.kernel.actor import Actor, Function
from hrss.kernel.problem import Problem

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event of the log."""

    id: int
    at: datetime
    who: str
    function: str
    organisation: str
    channel: str
    action: str
    outcome: str
    reason: str
    purpose: str
    request_id: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log; ``next`` is the number to go on below, 0 at the end."""

    lines: tuple[LogLine, ...]
    next: int


def log(
    *, actor: Actor, outcome: str = "", who: str = "", request_id: str = "", before: int = 0, limit: int = PAGE
) -> LogPage:
    """Give a page of the log. Problem ``audit.no_post`` (403) for anybody else than those who watch."""
    if not actor.holds(Function.AUDIT_ADMIN, Function.INSPECTOR):
        raise Problem(
            "audit.no_post",
            "您的岗位不能看日志",
            remedy="请审计管理员或稽核岗查看",
            rule="三员分立：日志由审计管理员和稽核岗查看",
            status=403,
        )
    rows = Event.objects.order_by("-id")
    wanted: dict[str, Any] = {"outcome": outcome, "actor_name": who, "request_id": request_id}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: limit + 1])
    record(actor, "audit.look", subject_kind="log", detail={"outcome": outcome, "by_name": bool(who)})
    lines = tuple(_line(row) for row in found[:limit])
    return LogPage(lines, lines[-1].id if len(found) > limit else 0)


def _line(row: Event) -> LogLine:
    return LogLine(
        id=row.id,
        at=row.at,
        who=row.actor_name,
        function=row.post_function,
        organisation=row.organisation,
        channel=row.channel,
        action=row.action,
        outcome=row.outcome,
        reason=str(row.detail.get("message") or row.detail.get("reason", "")),
        purpose=row.purpose,
        request_id=row.request_id,
    )
