"""Measurements and their release. Takings and figures are append-only; a released statement never changes.

None of these rows is about a person: they are counts of divisions, so they carry no row-level security. The rows
behind them are read through datasets, where scope applies.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Taking(models.Model):
    """One statistic measured for one month at one moment: which definition, which cut of the data, why and by whom."""

    class Reason(models.TextChoices):
        """Why it was taken."""

        MONTHLY = "monthly", "月度"
        BACKFILL = "backfill", "补算历史"
        ON_DEMAND = "on_demand", "按需"
        CORRECTION = "correction", "更正"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statistic = models.CharField("指标", max_length=60, db_collation="C")
    month = models.CharField("月份", max_length=7, db_collation="C")
    reason = models.CharField("缘由", max_length=10, choices=Reason.choices)
    definition_version = models.PositiveIntegerField("口径版本")
    definition_digest = models.CharField("口径摘要", max_length=64)
    history = models.BooleanField("含示范历史", default=False)
    cut_at = models.DateTimeField("数据截止", db_default=Now(), editable=False)
    taken_by = models.UUIDField("取数账号", null=True, editable=False)
    taken_name = models.CharField("取数人", max_length=50, blank=True, default="")

    class Meta:
        verbose_name = "取数"
        indexes = [models.Index(F("statistic"), F("month"), F("id").desc(), name="indicators_taking_latest")]


class Figure(models.Model):
    """The number of one convention for one division. ``parts`` holds a composition; rates keep both sides."""

    id = models.BigAutoField(primary_key=True)
    taking = models.ForeignKey(Taking, models.PROTECT, related_name="figures")
    convention = models.CharField("口径", max_length=40, db_collation="C")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    numerator = models.BigIntegerField("分子或总量")
    denominator = models.BigIntegerField("分母", null=True)
    parts = models.JSONField("构成", null=True)
    rows = models.BigIntegerField("行数")
    denominator_rows = models.BigIntegerField("分母行数", null=True)

    class Meta:
        verbose_name = "数值"
        constraints = [
            models.UniqueConstraint(fields=["taking", "convention", "region_code"], name="indicators_figure_once")
        ]


class Statement(models.Model):
    """A monthly figure on its way to release (统计数据会审): drafted, reviewed and released by different persons."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "待复核"
        REVIEWED = "reviewed", "待发布"
        RELEASED = "released", "已发布"
        RETURNED = "returned", "退回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    taking = models.OneToOneField(Taking, models.PROTECT, related_name="statement")
    statistic = models.CharField("指标", max_length=60, db_collation="C")
    month = models.CharField("月份", max_length=7, db_collation="C")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    checks = models.JSONField("核对", default=list)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField("更正原因", max_length=400, blank=True, default="")
    prepared_by = models.UUIDField("制表人", null=True)
    prepared_name = models.CharField(max_length=50, blank=True, default="")
    prepared_at = models.DateTimeField("制表时间", db_default=Now())
    reviewed_by = models.UUIDField("复核人", null=True)
    reviewed_name = models.CharField(max_length=50, blank=True, default="")
    reviewed_at = models.DateTimeField("复核时间", null=True)
    opinion = models.CharField("复核意见", max_length=400, blank=True, default="")
    released_by = models.UUIDField("发布人", null=True)
    released_name = models.CharField(max_length=50, blank=True, default="")
    released_at = models.DateTimeField("发布时间", null=True)

    class Meta:
        verbose_name = "统计数据会审"
        indexes = [models.Index(fields=["state", "-month", "statistic"], name="indicators_statement_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["statistic", "month"],
                condition=Q(state__in=["draft", "reviewed"]),
                name="indicators_statement_one_open",
                violation_error_message="这个月的这项指标已有一份在会审",
            ),
            models.CheckConstraint(
                name="indicators_statement_correction_has_reason",
                condition=Q(corrects=None) | ~Q(reason=""),
                violation_error_message="更正必须写明原因",
            ),
            models.CheckConstraint(
                name="indicators_statement_two_persons",
                condition=Q(released_by=None) | ~Q(released_by=F("reviewed_by")),
                violation_error_message="复核人和发布人不能是同一个人",
            ),
            models.CheckConstraint(
                name="indicators_statement_other_reviewer",
                condition=Q(reviewed_by=None) | Q(prepared_by=None) | ~Q(reviewed_by=F("prepared_by")),
                violation_error_message="制表人和复核人不能是同一个人",
            ),
        ]
