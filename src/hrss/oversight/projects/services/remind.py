"""Reminders into the inbox of who answers: a report that is due or late, a milestone that comes up or is late.

Each reminder is sent once: before the day, on the day after, then once a week while it lasts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from hrss.foundation import audit
from hrss.foundation.messages.services import send_to_account
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.oversight.projects.models import Milestone, Reminder

REPORT_DUE_DAY: Final = 10  # of the month after
BEFORE_DAYS: Final = 3
MILESTONE_DAYS: Final = (30, 7)
WEEK: Final = 7
_OWED: Final = """
SELECT s.id, s.owner, t.title, s.division, to_char(m.month, 'YYYY-MM')
FROM projects_taskshare s
JOIN projects_annualtask t ON t.id = s.task_id AND t.state = 'issued' AND t.statistic = '' AND t.year = %s
CROSS JOIN (SELECT %s::date AS month) m
WHERE s.owner IS NOT NULL AND (t.sharing = 'none' OR length(s.region_code) > 6)
  AND NOT EXISTS (SELECT FROM projects_progressreport r WHERE r.share_id = s.id AND r.state <> 'returned'
                  AND r.month >= to_char(m.month, 'YYYY-MM'))
ORDER BY s.id
"""


@dataclass(frozen=True, slots=True)
class Note:
    """One reminder to be sent: what about, which turn, to whom, with which words."""

    kind: str
    subject: UUID
    step: str
    account: UUID
    template: str
    facts: dict[str, Any]
    link: str


@verb("projects.remind")
def remind(*, actor: Actor, day: date) -> Outcome:
    """Send what is to be sent on a day; a second run of the day sends nothing."""
    notes = [*_reports(day), *_milestones(day)]
    known = set(
        Reminder.objects.filter(subject__in=[one.subject for one in notes]).values_list("subject", "step", "account")
    )
    fresh = [one for one in notes if (one.subject, one.step, one.account) not in known]
    Reminder.objects.bulk_create(
        Reminder(kind=one.kind, subject=one.subject, step=one.step, account=one.account, sent_on=day) for one in fresh
    )
    for one in fresh:
        send_to_account(one.account, one.template, one.facts, actor=actor, link=one.link)
    audit.record(actor, "projects.remind", subject_kind="reminders", subject_id=day, detail={"sent": len(fresh)})
    return Outcome("reminders", str(day), data={"sent": len(fresh)})


def _reports(day: date) -> Iterator[Note]:
    """Reports of last month: three days before the tenth, the day after, then weekly."""
    month = YearMonth.of(day) - 1
    due = YearMonth.of(day).day(REPORT_DUE_DAY)
    step = _step(day, due, (BEFORE_DAYS,))
    if not step:
        return
    template = "plan.report_due" if step.startswith("before") else "plan.report_late"
    with connection.cursor() as cursor:
        cursor.execute(_OWED, [month.year, month.first_day])
        rows = cursor.fetchall()
    for share, owner, title, division, told in rows:
        facts = {"task": title, "division": division, "month": f"{month.year}年{month.month}月", "due": due}
        yield Note("report", share, f"{told} {step}", owner, template, facts, f"/work/plan/shares/{share}/report")


def _milestones(day: date) -> Iterator[Note]:
    latest = day + timedelta(days=max(MILESTONE_DAYS))
    rows = Milestone.objects.filter(confirmed_at=None, due_on__lte=latest, project__owner__isnull=False)
    for one in rows.select_related("project"):
        step, owner = _step(day, one.due_on, MILESTONE_DAYS), one.project.owner
        if not step or owner is None:
            continue
        template = "project.milestone_due" if step.startswith("before") else "project.milestone_late"
        facts = {"project": one.project.title, "milestone": one.title, "due": one.due_on}
        link = f"/work/projects/{one.project_id}/"
        yield Note("milestone", one.id, step, owner, template, facts, link)


def _step(day: date, due: date, before: tuple[int, ...]) -> str:
    """Name the turn a reminder has on a day: the last one before the due day that has come, or the week it is late."""
    left = (due - day).days
    if left < 0:
        return f"late {(-left - 1) // WEEK}"
    turns = [one for one in before if left <= one]
    return f"before {min(turns)}" if turns else ""
