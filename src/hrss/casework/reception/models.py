"""Tickets and sittings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Ticket(models.Model):
    """A place in the queue of one service point on one day. ``number`` is what is called out: A017."""

    class State(models.TextChoices):
        """Where the ticket is."""

        WAITING = "waiting", "等候"
        CALLED = "called", "已叫号"
        SERVED = "served", "已办理"
        MISSED = "missed", "过号"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_code = models.CharField("服务点", max_length=12, db_collation="C")
    day = models.DateField("日期")
    ordinal = models.PositiveIntegerField("序号")
    number = models.CharField("号码", max_length=8)
    topic = models.CharField("办什么", max_length=40, blank=True, default="")
    priority = models.BooleanField("优先（老人、残疾人、孕妇、军人）", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    window = models.CharField("窗口", max_length=10, blank=True, default="")
    taken_at = models.DateTimeField("取号时间", db_default=Now(), editable=False)
    called_at = models.DateTimeField("叫号时间", null=True)

    class Meta:
        verbose_name = "排队号"
        constraints = [models.UniqueConstraint(fields=["region_code", "day", "ordinal"], name="reception_ticket_once")]
        indexes = [
            models.Index(fields=["region_code", "day", "state", "-priority", "ordinal"], name="reception_ticket_queue")
        ]


class Sitting(models.Model):
    """One person served at one window. ``screen`` is what the client's monitor mirrors; empty when ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_code = models.CharField("服务点", max_length=12, db_collation="C")
    account = models.UUIDField("窗口人员账号")
    window = models.CharField("窗口", max_length=10)
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True, related_name="sitting")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField("用途", max_length=20, default="counter")
    screen = models.JSONField("客户屏", default=dict)
    began_at = models.DateTimeField("开始", db_default=Now(), editable=False)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "接待"
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at=None),
                name="reception_one_sitting",
                violation_error_message="上一位群众的服务还没有结束",
            ),
            models.CheckConstraint(
                name="reception_ended_is_empty",
                condition=Q(ended_at=None) | Q(screen={}),
                violation_error_message="结束接待时客户屏必须清空",
            ),
        ]
