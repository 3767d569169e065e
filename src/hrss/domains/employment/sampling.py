"""Reads of the sample: a firm's own months, and how a month stands across the sample (call inside ``acting``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.domains.employment.models import FirmReport, SampleFirm
from hrss.domains.employment.reporting import due_on, newest_month
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

MONTHS_SHOWN = 13
OLDEST = YearMonth(2000, 1)  # no sample is older


@dataclass(frozen=True, slots=True)
class FirmMonth:
    """One month of a firm: its last day, the report that counts (or none), and how many versions there are."""

    month: YearMonth
    due_on: date
    report: FirmReport | None

    def state(self, today: date) -> str:
        """Give how it stands: ``reported``, ``late`` (reported late), ``missing`` (overdue) or ``open``."""
        if self.report is not None:
            return (
                "late"
                if timezone.localdate(self.report.reported_at) > self.due_on and self.report.version == 1
                else "reported"
            )
        return "missing" if today > self.due_on else "open"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A firm of the sample in a month."""

    organisation_id: UUID
    name: str
    region_code: str
    month: FirmMonth


def membership(organisation_id: UUID) -> SampleFirm | None:
    """Give the firm's newest time in the sample, None when it never was."""
    return SampleFirm.objects.filter(organisation_id=organisation_id).order_by("-since").first()


def months_of(organisation_id: UUID, today: date) -> list[FirmMonth]:
    """Give the months a firm reports for, newest first; two statements."""
    firm = membership(organisation_id)
    if firm is None:
        return []
    last = min(newest_month(today), YearMonth.of(firm.until) - 1) if firm.until else newest_month(today)
    first = max(YearMonth.of(firm.since), last - (MONTHS_SHOWN - 1))
    months = [last - step for step in range(last - first + 1)]
    found = FirmReport.objects.filter(organisation_id=organisation_id, replaced_at=None, month__gte=first.first_day)
    reports = {YearMonth.of(one.month): one for one in found}
    return [FirmMonth(month, due_on(month), reports.get(month)) for month in months]


def month_over(text: str) -> YearMonth:
    """Read a month that may be reported. Problems ``month.format``, ``employment.report_month`` (404) when not over."""
    month = YearMonth.parse(text)
    if not OLDEST <= month <= newest_month(timezone.localdate()):
        raise Problem(
            "employment.report_month", f"{month.year}年{month.month}月现在不能填报", rule="只报已经过完的月份",
            remedy="请从月报列表进入", status=404,
        )  # fmt: skip
    return month


def versions_of(organisation_id: UUID, month: YearMonth) -> list[FirmReport]:
    """Give all versions of a month, newest first."""
    return list(FirmReport.objects.filter(organisation_id=organisation_id, month=month.first_day).order_by("-version"))


def report_of(organisation_id: UUID, month: YearMonth) -> FirmReport | None:
    """Give the version that counts."""
    return FirmReport.objects.filter(organisation_id=organisation_id, month=month.first_day, replaced_at=None).first()


def sample_of(month: YearMonth, *, region: str = "") -> list[SampleRow]:
    """Give the sample of a month with each firm's report, by name; two statements."""
    firms = SampleFirm.objects.filter(since__lte=month.first_day, region_code__startswith=region)
    firms = firms.exclude(until__lte=month.first_day).select_related("organisation").order_by("organisation__name")
    found = FirmReport.objects.filter(month=month.first_day, replaced_at=None)
    reports = {one.organisation_id: one for one in found}
    due = due_on(month)
    return [
        SampleRow(
            firm.organisation_id, firm.organisation.name, firm.region_code,
            FirmMonth(month, due, reports.get(firm.organisation_id)),
        )
        for firm in firms
    ]  # fmt: skip
