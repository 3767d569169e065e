"""Annual tasks, their shares, monthly reports with evidence, and the reminders sent. Kept reports never change."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7

SAME_PERSON = "这一步要由另一个人办理"


class AnnualTask(models.Model):
    """One task of a year. ``statistic`` binds it to an indicator; ``quantity`` is the county's, in ``unit``."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "拟定中"
        ISSUED = "issued", "已下达"

    class Sharing(models.TextChoices):
        """How the quantity is shared: parts that add up, everyone reaches it, or nobody below the division."""

        SUM = "sum", "分解到乡镇，合计等于全县"
        EACH = "each", "各乡镇都要达到"
        NONE = "none", "不分解"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("编码", max_length=60, db_collation="C")
    title = models.CharField("任务", max_length=100)
    text = models.CharField("内容和要求", max_length=600, blank=True, default="")
    statistic = models.CharField("指标", max_length=60, blank=True, default="", db_collation="C")
    goal = models.CharField("规划目标", max_length=10, blank=True, default="", db_collation="C")
    op = models.CharField("方向", max_length=2, default=">=")
    quantity = models.DecimalField("数量", max_digits=18, decimal_places=4)
    unit = models.CharField("单位", max_length=10)
    division = models.CharField("责任单位", max_length=40)
    sharing = models.CharField("分解", max_length=4, choices=Sharing.choices, default=Sharing.NONE)
    split_note = models.CharField("合计不等的说明", max_length=400, blank=True, default="")
    due_on = models.DateField("完成期限")
    source = models.CharField("依据", max_length=200)
    status = models.CharField("依据状态", max_length=12, default="verified")
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.DRAFT)
    drafted_by = models.UUIDField("拟定人", null=True)
    drafted_name = models.CharField(max_length=50, blank=True, default="")
    issued_by = models.UUIDField("下达人", null=True)
    issued_name = models.CharField(max_length=50, blank=True, default="")
    issued_at = models.DateTimeField("下达时间", null=True)

    class Meta:
        verbose_name = "年度任务"
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="projects_task_once"),
            models.CheckConstraint(
                name="projects_task_two_persons",
                condition=Q(issued_by=None) | Q(drafted_by=None) | ~Q(issued_by=F("drafted_by")),
                violation_error_message=SAME_PERSON,
            ),
        ]


class TaskShare(models.Model):
    """What one division or township has to do: quantity, owner, date. The county's own share has the county's code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(AnnualTask, models.PROTECT, related_name="shares")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    division = models.CharField("承办单位", max_length=60)
    quantity = models.DecimalField("数量", max_digits=18, decimal_places=4)
    due_on = models.DateField("期限")
    owner = models.UUIDField("责任账号", null=True)
    owner_name = models.CharField("责任人", max_length=50, blank=True, default="")

    class Meta:
        verbose_name = "任务分解"
        constraints = [models.UniqueConstraint(fields=["task", "region_code"], name="projects_share_once")]
        indexes = [models.Index(fields=["owner"], name="projects_share_owner")]


class ProgressReport(models.Model):
    """A share's report of a month: value since the year began, words, evidence; ``taking`` where it was measured."""

    class State(models.TextChoices):
        """Where it stands."""

        SUBMITTED = "submitted", "待复核"
        CONFIRMED = "confirmed", "已确认"
        RETURNED = "returned", "退回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    share = models.ForeignKey(TaskShare, models.PROTECT, related_name="reports")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    month = models.CharField("月份", max_length=7, db_collation="C")
    value = models.DecimalField("年初以来完成", max_digits=18, decimal_places=4, null=True)
    taking = models.UUIDField("取数", null=True, editable=False)
    done = models.CharField("做了什么", max_length=600)
    trouble = models.CharField("困难和问题", max_length=400, blank=True, default="")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.SUBMITTED)
    reported_by = models.UUIDField("填报人", null=True)
    reported_name = models.CharField(max_length=50, blank=True, default="")
    reported_at = models.DateTimeField("填报时间", db_default=Now())
    reviewed_by = models.UUIDField("复核人", null=True)
    reviewed_name = models.CharField(max_length=50, blank=True, default="")
    reviewed_at = models.DateTimeField("复核时间", null=True)
    opinion = models.CharField("复核意见", max_length=400, blank=True, default="")

    class Meta:
        verbose_name = "进度填报"
        constraints = [
            models.UniqueConstraint(
                fields=["share", "month"], condition=~Q(state="returned"), name="projects_report_once"
            ),
            models.CheckConstraint(
                name="projects_report_two_persons",
                condition=Q(reviewed_by=None) | Q(reported_by=None) | ~Q(reviewed_by=F("reported_by")),
                violation_error_message=SAME_PERSON,
            ),
        ]


class Evidence(models.Model):
    """One file that proves a report; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="evidence")
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=120)

    class Meta:
        verbose_name = "佐证材料"


class Reminder(models.Model):
    """A reminder that was sent, so that it is sent once: what about, which turn, to whom; append-only."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("事由", max_length=10)
    subject = models.UUIDField("对象")
    step = models.CharField("次序", max_length=20, db_collation="C")
    account = models.UUIDField("收件账号")
    sent_on = models.DateField("发出日期")

    class Meta:
        verbose_name = "催办记录"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "step", "account"], name="projects_reminder_once")
        ]
