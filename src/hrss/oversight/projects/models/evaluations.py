"""Evaluation reports: what was said, on which figures, by whom; content and files never change once made."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7
from hrss.oversight.projects.models.tasks import SAME_PERSON


class Evaluation(models.Model):
    """One report as made: its facts as JSON with their digest, the PDF and the Word file."""

    class Kind(models.TextChoices):
        """Which report of the plan."""

        ANNUAL = "annual", "年度评估"
        MIDTERM = "midterm", "中期评估"
        FINAL = "final", "终期评估"

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "待审核"
        REVIEWED = "reviewed", "待签发"
        ISSUED = "issued", "已签发"
        RETURNED = "returned", "退回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("种类", max_length=7, choices=Kind.choices)
    month = models.CharField("数据月份", max_length=7, db_collation="C")
    title = models.CharField("题名", max_length=120)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=64, db_collation="C")
    unreleased = models.JSONField("未发布的指标", default=list)
    pdf = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    word = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, db_collation="C")
    word_sha256 = models.CharField(max_length=64, db_collation="C")
    prepared_by = models.UUIDField("起草人", null=True)
    prepared_name = models.CharField(max_length=50, blank=True, default="")
    prepared_at = models.DateTimeField("起草时间", db_default=Now())
    reviewed_by = models.UUIDField("审核人", null=True)
    reviewed_name = models.CharField(max_length=50, blank=True, default="")
    reviewed_at = models.DateTimeField("审核时间", null=True)
    opinion = models.CharField("审核意见", max_length=400, blank=True, default="")
    issued_by = models.UUIDField("签发人", null=True)
    issued_name = models.CharField(max_length=50, blank=True, default="")
    issued_at = models.DateTimeField("签发时间", null=True)

    class Meta:
        verbose_name = "评估报告"
        indexes = [models.Index(fields=["-month", "kind"], name="projects_evaluation_month")]
        constraints = [
            models.CheckConstraint(
                name="projects_evaluation_other_reviewer",
                condition=Q(reviewed_by=None) | Q(prepared_by=None) | ~Q(reviewed_by=F("prepared_by")),
                violation_error_message=SAME_PERSON,
            ),
            models.CheckConstraint(
                name="projects_evaluation_two_persons",
                condition=Q(issued_by=None) | ~Q(issued_by=F("reviewed_by")),
                violation_error_message=SAME_PERSON,
            ),
        ]
