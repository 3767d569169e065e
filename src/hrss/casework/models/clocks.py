"""Clocks of a case and their suspensions. Every due date keeps the steps that led to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hrss.kernel.identifiers import uuid7


class Clock(models.Model):
    """One limit that runs for a case: statutory, promised, acceptance (five working days), correction, deferral.

    ``due_on`` is empty while the case is suspended; ``met_on`` is the day the clock was stopped by what it waited for;
    ``provisional``: beyond the confirmed calendar, shown but without consequence in law.
    """

    class Kind(models.TextChoices):
        """What the limit is for."""

        ACCEPTANCE = "acceptance", "受理期限"
        STATUTORY = "statutory", "法定办理期限"
        PROMISED = "promised", "承诺办理期限"
        CORRECTION = "correction", "补正期限"
        DEFERRED = "deferred", "容缺补交期限"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField("针对", max_length=40, blank=True, default="")
    limit = models.CharField("期限", max_length=12)
    extended = models.BooleanField("已延长", default=False)
    start_on = models.DateField("起算事件日")
    due_on = models.DateField("到期日", null=True)
    warn_on = models.DateField("预警日", null=True)
    met_on = models.DateField("完成日", null=True)
    cancelled = models.BooleanField(default=False)
    source = models.CharField("依据", max_length=200, blank=True, default="")
    trace = models.JSONField("计算过程", default=list)
    provisional = models.BooleanField("暂按推算", default=False)

    class Meta:
        verbose_name = "期限"
        indexes = [
            models.Index(
                fields=["due_on", "kind"], name="casework_clock_running", condition=Q(met_on=None, cancelled=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "about", "start_on"], name="casework_clock_once"),
        ]


class Suspension(models.Model):
    """Days not counted: from ``since`` up to the day before ``resumed``."""

    class Kind(models.TextChoices):
        """Why the clock stands still (行政许可法 第四十五条)."""

        HEARING = "hearing", "听证"
        INSPECTION = "inspection", "检验、检测、勘验"
        EXPERT = "expert", "鉴定、专家评审"
        PUBLICITY = "publicity", "公示"
        APPLICANT = "applicant", "等待申请人"
        OTHER = "other", "其他"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="suspensions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=400)
    since = models.DateField()
    resumed = models.DateField(null=True)

    class Meta:
        verbose_name = "中止"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(resumed=None), name="casework_suspension_one_open"),
            models.CheckConstraint(
                name="casework_suspension_in_order", condition=Q(resumed=None) | Q(resumed__gte=F("since"))
            ),
        ]
