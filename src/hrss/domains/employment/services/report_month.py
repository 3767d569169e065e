"""A sample firm reports a month, or corrects what it reported: a new version, the one before stays.

It refuses months that are not over, months outside the firm's time in the sample, numbers that do not add up, and a
correction without a reason. Nothing is corrected for the firm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Now
from django.utils import timezone

from hrss.domains.employment.models import FirmReport, SampleFirm
from hrss.domains.employment.queries import ROSTER
from hrss.domains.employment.reporting import due_on, must_be_reported, newest_month
from hrss.foundation import audit
from hrss.foundation.outbox import announce
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem, Problems

REPORTED = "employment.firm_reported"
MOST = 100_000
_TEXT_LIMIT = 300
_NUMBERS = (("before", "月初人数"), ("hires", "本月新进"), ("leavers", "本月离开"), ("planned", "计划裁减人数"))


@dataclass(frozen=True, slots=True)
class MonthlyFigures:
    """What a firm says of a month: people at its start, hired, left; dismissals planned; why. None: not filled in."""

    before: int | None
    hires: int | None
    leavers: int | None
    planned: int | None
    reason: str = ""
    correction: str = ""

    @property
    def headcount(self) -> int:
        """People at the end of the month; only meaningful once all numbers are there."""
        return (self.before or 0) + (self.hires or 0) - (self.leavers or 0)


@verb("employment.report_month")
def report_month(organisation_id: UUID, month: YearMonth, figures: MonthlyFigures, *, actor: Actor) -> Outcome:
    """Report or correct a month as the firm itself.

    Problems ``employment.not_your_firm`` (403), ``employment.not_in_sample`` (404), ``employment.report_month`` (404)
    and ``employment.report.<field>``, one for each number that cannot be.
    """
    if actor.acting_for_organisation != organisation_id or not actor.may_do(ROSTER):
        raise Problem(
            "employment.not_your_firm", "只能替委托您的单位填报",
            remedy="请先在“帮家人或单位办”里切换到这个单位", status=403,
        )  # fmt: skip
    firm = _in_sample(organisation_id, month)
    before = FirmReport.objects.select_for_update().filter(
        organisation_id=organisation_id, month=month.first_day, replaced_at=None
    ).first()  # fmt: skip
    problems = list(faults(figures, month, is_correction=before is not None))
    if problems:
        raise Problems(problems)
    row = _write(firm, month, figures, before, actor)
    announce(REPORTED, {"organisation": str(organisation_id), "month": str(month)}, actor=actor)
    audit.record(
        actor, "employment.report_month", subject_kind="firm_report", subject_id=row.id, region=row.region_code,
        detail={"month": str(month), "version": row.version, "headcount": row.headcount, "planned": row.planned},
    )  # fmt: skip
    return Outcome("firm_report", str(row.id), data={"month": str(month), "version": row.version})


def faults(figures: MonthlyFigures, month: YearMonth, *, is_correction: bool) -> Iterator[Problem]:
    """Say what is wrong with a report, each with its field."""
    for name, words in _NUMBERS:
        value = getattr(figures, name)
        if value is None or not 0 <= value <= MOST:
            yield _fault(name, f"{words}要填 0 到 {MOST:,} 之间的整数", "没有的填 0")
    if any(getattr(figures, name) is None for name, _ in _NUMBERS):
        return
    yield from _impossible(figures, month)
    if is_correction and not figures.correction.strip():
        yield _fault("correction", "更正要写明原因", "写一句为什么改；原来报的数会保留")
    for name, words in (("reason", "原因"), ("correction", "更正原因")):
        if len(getattr(figures, name)) > _TEXT_LIMIT:
            yield _fault(name, f"{words}超过 {_TEXT_LIMIT} 字", "请写得短一些")


def _impossible(figures: MonthlyFigures, month: YearMonth) -> Iterator[Problem]:
    if figures.headcount < 0:
        yield _fault("leavers", "离开的人比在册的多", "月初人数加新进，减离开，不能小于 0")
        return
    planned = figures.planned or 0
    if planned > figures.headcount:
        yield _fault("planned", f"计划裁减 {planned} 人，比月末的 {figures.headcount} 人还多", "请核对月末人数")
    elif must_be_reported(planned, figures.headcount, month.last_day) and not figures.reason.strip():
        yield _fault("reason", "裁减二十人以上或者一成以上，要写明原因", "劳动合同法第四十一条：提前三十日说明并报告")


def _in_sample(organisation_id: UUID, month: YearMonth) -> SampleFirm:
    firm = SampleFirm.objects.filter(organisation_id=organisation_id).order_by("-since").first()
    if firm is None:
        raise Problem(
            "employment.not_in_sample",
            "您的单位不是失业监测样本企业，不用填报",
            remedy="如有疑问请打 12333",
            status=404,
        )
    last = min(newest_month(timezone.localdate()), (YearMonth.of(firm.until) - 1) if firm.until else month)
    if not YearMonth.of(firm.since) <= month <= last:
        raise Problem(
            "employment.report_month", f"{month.year}年{month.month}月现在不能填报", rule="只报已经过完的月份",
            remedy="请从月报列表进入", status=404,
        )  # fmt: skip
    return firm


def _write(
    firm: SampleFirm, month: YearMonth, figures: MonthlyFigures, before: FirmReport | None, actor: Actor
) -> FirmReport:
    if before is not None:
        FirmReport.objects.filter(id=before.id).update(replaced_at=Now())
    return FirmReport.objects.create(
        organisation_id=firm.organisation_id, region_code=firm.region_code, month=month.first_day,
        version=before.version + 1 if before else 1, before=figures.before or 0, hires=figures.hires or 0,
        leavers=figures.leavers or 0, headcount=figures.headcount, planned=figures.planned or 0,
        reason=figures.reason.strip(), correction=figures.correction.strip() if before else "",
        due_on=due_on(month), reported_by=actor.person,
    )  # fmt: skip


def _fault(field: str, message: str, remedy: str) -> Problem:
    return Problem(f"employment.report.{field}", message, remedy=remedy, field=field)
