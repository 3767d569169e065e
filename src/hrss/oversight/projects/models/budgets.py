"""Budgets of funds by subject and year, in fen, entered from a document. A change is a new line over the old one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7
from hrss.oversight.projects.models.tasks import SAME_PERSON


class BudgetLine(models.Model):
    """The budget of one subject (an account number or its beginning) of a fund in a year, as a document says it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_code = models.CharField("地区", max_length=12, db_collation="C", default="")
    fund = models.CharField("基金", max_length=30, db_collation="C")
    year = models.PositiveSmallIntegerField("年度")
    subject = models.CharField("科目", max_length=20, db_collation="C")
    title = models.CharField("科目名称", max_length=60)
    amount = models.BigIntegerField("预算（分）")
    document = models.CharField("预算文号", max_length=80)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    entered_by = models.UUIDField("录入人", null=True)
    entered_name = models.CharField(max_length=50, blank=True, default="")
    entered_at = models.DateTimeField("录入时间", db_default=Now())
    confirmed_by = models.UUIDField("确认人", null=True)
    confirmed_name = models.CharField(max_length=50, blank=True, default="")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "预算"
        indexes = [models.Index(fields=["year", "fund", "subject"], name="projects_budget_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "fund", "year", "subject"],
                condition=Q(replaces=None),
                name="projects_budget_first_once",
            ),
            models.CheckConstraint(name="projects_budget_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="projects_budget_two_persons",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                violation_error_message=SAME_PERSON,
            ),
        ]
