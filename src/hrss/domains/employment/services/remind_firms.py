"""Remind sample firms: some days before the last day, and once after it. Each firm hears of a month once each."""

from __future__ import annotations

from datetime import date, timedelta

from hrss.domains.employment.models import FirmReport, ReportReminder, SampleFirm
from hrss.domains.employment.reporting import due_on, newest_month, reminder_days
from hrss.foundation import audit
from hrss.foundation.messages.services import send_to_organisation
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome

_WORDS = {"soon": "report.soon", "late": "report.late"}


@verb("employment.remind_firms")
def remind_firms(*, actor: Actor, day: date) -> Outcome:
    """Send the reminders of a day; a second run of the same day sends nothing."""
    month = newest_month(day)
    kind = kind_on(month, day)
    missing = silent(month) if kind else []
    reminded = {
        one.organisation_id for one in ReportReminder.objects.filter(month=month.first_day, kind=kind or "none")
    }
    due = [firm for firm in missing if firm.organisation_id not in reminded]
    for firm in due:
        _remind(firm, month, kind, actor)
    detail = {"month": str(month), "kind": kind, "firms": len(due)}
    audit.record(actor, "employment.remind_firms", subject_kind="month", subject_id=str(month), detail=detail)
    return Outcome("month", str(month), data=detail)


def kind_on(month: YearMonth, day: date) -> str:
    """Give which reminder a day is for: ``soon``, ``late`` or none."""
    last = due_on(month)
    if day > last:
        return ReportReminder.Kind.LATE.value
    return ReportReminder.Kind.SOON.value if day >= last - timedelta(days=reminder_days(day)) else ""


def silent(month: YearMonth) -> list[SampleFirm]:
    """Give the firms of the sample that have not reported a month."""
    reported = FirmReport.objects.filter(month=month.first_day, replaced_at=None).values("organisation_id")
    inside = SampleFirm.objects.filter(since__lte=month.first_day).exclude(until__lte=month.first_day)
    return list(inside.exclude(organisation_id__in=reported).order_by("id"))


def _remind(firm: SampleFirm, month: YearMonth, kind: str, actor: Actor) -> None:
    ReportReminder.objects.create(
        organisation_id=firm.organisation_id, region_code=firm.region_code, month=month.first_day, kind=kind
    )
    facts = {"month": f"{month.year}年{month.month}月", "due": due_on(month)}
    send_to_organisation(firm.organisation_id, _WORDS[kind], facts, actor=actor, link=f"/firm/reports/{month}/")
