"""Alerts and what was done about them. An alert is opened once for a rule and a subject; actions are append-only.

An alert that was handled is looked at again some days later: the effect is what the measure changed, not what was
promised.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Alert(models.Model):
    """One signal on its way: opened, handled with a measure, closed when gone. ``count`` is what was last seen.

    ``about`` are members of staff it tells of: the database shows it to none of them. ``discreet`` ones are read only
    by those who watch over staff.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "待处置"
        HANDLED = "handled", "已处置，待见效"
        CLOSED = "closed", "已解除"

    class Effect(models.TextChoices):
        """What a measure changed, seen some days later; empty while it is too early to say."""

        GONE = "gone", "信号消失"
        LESS = "less", "有所减轻"
        NONE = "none", "没有见效"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.CharField("规则", max_length=60, db_collation="C")
    rule_version = models.PositiveIntegerField("规则版本")
    subject = models.CharField("对象", max_length=80, db_collation="C")
    about = ArrayField(models.UUIDField(), verbose_name="涉及的办事人员", default=list)
    discreet = models.BooleanField("只给监督岗位看", default=False)
    region_code = models.CharField("地区", max_length=12, db_collation="C")
    level = models.CharField("等级", max_length=6)
    count = models.IntegerField("数值")
    count_at_opening = models.IntegerField("初次数值")
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField("初次发现")
    seen_on = models.DateField("最近发现")
    due_on = models.DateField("处置期限")
    escalated = models.BooleanField("已升级", default=False)
    closed_on = models.DateField("解除日期", null=True)
    count_at_closing = models.IntegerField("解除时数值", null=True)
    count_at_handling = models.IntegerField("处置时数值", null=True)
    effect_on = models.DateField("评估成效日期", null=True)
    effect = models.CharField("成效", max_length=8, choices=Effect.choices, blank=True, default="")

    class Meta:
        verbose_name = "预警"
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="monitoring_alert_place"),
            models.Index(fields=["rule", "state"], name="monitoring_alert_rule"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], condition=~Q(state="closed"), name="monitoring_alert_once"
            )
        ]


class AlertAction(models.Model):
    """One thing done about an alert: the measure taken and why, or what the system noticed."""

    class Measure(models.TextChoices):
        """What may be done."""

        CASE = "case", "立案或办件"
        NOTICE = "notice", "发函或提醒"
        VISIT = "visit", "走访核实"
        PARAMETER = "parameter", "调整规则或参数"
        NONE = "none", "核实无问题"
        OPENED = "opened", "系统发现"
        RAISED = "raised", "系统升级"
        GONE = "gone", "系统解除"
        EFFECT = "effect", "成效评估"
        RETIRED = "retired", "规则撤销"

    id = models.BigAutoField(primary_key=True)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="actions")
    region_code = models.CharField(max_length=12, db_collation="C")
    measure = models.CharField("措施", max_length=9, choices=Measure.choices)
    note = models.CharField("说明", max_length=400, blank=True, default="")
    reference = models.CharField("凭据", max_length=60, blank=True, default="")
    count = models.IntegerField("当时数值")
    by_person = models.UUIDField(null=True)
    by_name = models.CharField("办理人", max_length=50, blank=True, default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "预警处置"
