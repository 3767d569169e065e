"""Sample enterprises of the unemployment early warning: who is in the sample, what each reports month by month.

A report is never overwritten: a correction is a new version, the one before is marked as replaced and stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class SampleFirm(models.Model):
    """A firm's time in the sample, from a month on until a month (the first it no longer reports for)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    since = models.DateField("起始月份")
    until = models.DateField("退出月份", null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "失业监测样本企业"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(until__isnull=True),
                name="employment_one_open_sample",
                violation_error_message="这个单位已经在样本里",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="employment_sample_in_order"
            ),
        ]


class FirmReport(models.Model):
    """One month of one firm: people at the start, hired, left, at the end; dismissals planned for the months to come.

    ``replaced_at`` is empty on the version that counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    month = models.DateField("月份首日")
    version = models.PositiveIntegerField("版本")
    before = models.PositiveIntegerField("月初人数")
    hires = models.PositiveIntegerField("本月新进")
    leavers = models.PositiveIntegerField("本月离开")
    headcount = models.PositiveIntegerField("月末人数")
    planned = models.PositiveIntegerField("计划裁减")
    reason = models.TextField("减员或裁减原因", blank=True, default="")
    correction = models.TextField("更正原因", blank=True, default="")
    due_on = models.DateField("应报日期")
    reported_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField(db_default=Now())
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "企业用工月报"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month", "version"], name="employment_report_version"),
            models.UniqueConstraint(
                fields=["organisation", "month"],
                condition=Q(replaced_at__isnull=True),
                name="employment_one_report_a_month",
                violation_error_message="这个月已经报过",
            ),
            models.CheckConstraint(
                condition=Q(headcount=F("before") + F("hires") - F("leavers")), name="employment_report_adds_up"
            ),
            models.CheckConstraint(condition=Q(planned__lte=F("headcount")), name="employment_report_planned"),
        ]


class ReportReminder(models.Model):
    """A firm was reminded of a month: before its day, or after it. Once each."""

    class Kind(models.TextChoices):
        """When it was."""

        SOON = "soon", "快到期"
        LATE = "late", "已逾期"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region_code = models.TextField()
    month = models.DateField()
    kind = models.TextField(choices=Kind.choices)
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "月报提醒"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month", "kind"], name="employment_reminded_once")
        ]
