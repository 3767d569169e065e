"""Projects of the plan: milestones, investment by year, payments, photos, outputs. Money is in fen.

A payment here is the record of what finance has paid, with its voucher; it orders nothing. Confirmed records and
photos never change.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7
from hrss.oversight.projects.models.tasks import SAME_PERSON


class Project(models.Model):
    """One project of the plan's annex."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("编码", max_length=20, unique=True, db_collation="C")
    title = models.CharField("名称", max_length=100)
    site = models.CharField("建设地址", max_length=100)
    nature = models.CharField("建设性质", max_length=10)
    content = models.CharField("建设内容及规模", max_length=600)
    investment = models.BigIntegerField("投资估算（分）")
    first_year = models.PositiveSmallIntegerField("开工年")
    last_year = models.PositiveSmallIntegerField("完工年")
    division = models.CharField("主管部门", max_length=60)
    owner = models.UUIDField("责任账号", null=True)
    owner_name = models.CharField("责任人", max_length=50, blank=True, default="")
    region_code = models.CharField("所在地", max_length=12, db_collation="C")
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "项目"


class InvestmentYear(models.Model):
    """Planned investment of a project in a year, in fen, with its source and how sure it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="investments")
    year = models.PositiveSmallIntegerField("年度")
    amount = models.BigIntegerField("计划投资（分）")
    source = models.CharField("依据", max_length=200)
    status = models.CharField("依据状态", max_length=12)

    class Meta:
        verbose_name = "年度投资计划"
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="projects_investment_once")]


class Milestone(models.Model):
    """A step of a project: due day, weight in per cent, the day it was done, who said so and who checked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("节点", max_length=100)
    weight = models.PositiveSmallIntegerField("权重（%）")
    due_on = models.DateField("计划完成")
    done_on = models.DateField("实际完成", null=True)
    note = models.CharField("完成情况", max_length=400, blank=True, default="")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    reported_by = models.UUIDField("上报人", null=True)
    reported_name = models.CharField(max_length=50, blank=True, default="")
    reported_at = models.DateTimeField("上报时间", null=True)
    confirmed_by = models.UUIDField("确认人", null=True)
    confirmed_name = models.CharField(max_length=50, blank=True, default="")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "项目节点"
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_milestone_once"),
            models.CheckConstraint(
                name="projects_milestone_two_persons",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("reported_by")),
                violation_error_message=SAME_PERSON,
            ),
        ]


class Payment(models.Model):
    """A payment finance has made for a project: day, amount, to whom, for what, voucher; counted once confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="payments")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    paid_on = models.DateField("付款日期")
    amount = models.BigIntegerField("金额（分）")
    payee = models.CharField("收款单位", max_length=100)
    purpose = models.CharField("用途", max_length=200)
    money = models.CharField("资金来源", max_length=40)
    voucher = models.CharField("凭证号", max_length=40, db_collation="C")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_by = models.UUIDField("登记人", null=True)
    recorded_name = models.CharField(max_length=50, blank=True, default="")
    recorded_at = models.DateTimeField("登记时间", db_default=Now())
    confirmed_by = models.UUIDField("确认人", null=True)
    confirmed_name = models.CharField(max_length=50, blank=True, default="")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "项目付款"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voucher"], name="projects_payment_once", violation_error_message="这张凭证已登记过"
            ),
            models.CheckConstraint(name="projects_payment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="projects_payment_two_persons",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
                violation_error_message=SAME_PERSON,
            ),
        ]


class Photo(models.Model):
    """A picture of the site on a day; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="photos")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    taken_on = models.DateField("拍摄日期")
    caption = models.CharField("说明", max_length=100)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    added_by = models.UUIDField("上传人", null=True)
    added_name = models.CharField(max_length=50, blank=True, default="")

    class Meta:
        verbose_name = "项目照片"


class Output(models.Model):
    """What a project must bring; the actual value comes from a statistic, confirmed reports or a milestone."""

    class Bound(models.TextChoices):
        """Where the actual value comes from."""

        STATISTIC = "statistic", "指标取数"
        TASK = "task", "年度任务已确认的填报"
        MILESTONE = "milestone", "节点确认完成"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="outputs")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("产出", max_length=100)
    quantity = models.DecimalField("目标", max_digits=18, decimal_places=4)
    unit = models.CharField("单位", max_length=10)
    bound = models.CharField("实际数来自", max_length=9, choices=Bound.choices)
    binding = models.CharField("对应", max_length=60, db_collation="C")
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "项目产出"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="projects_output_once")]
