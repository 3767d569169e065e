"""Published versions of service items and the transitions they declare. A published version never changes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class ItemVersion(models.Model):
    """One version of an item. ``waits`` says for each waiting state who is waited for: functions and level."""

    class State(models.TextChoices):
        """Life of a version."""

        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("事项代码", max_length=8, db_collation="C")
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=80)
    line = models.CharField("业务条线", max_length=12)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    effective_from = models.DateField("生效日期")
    effective_to = models.DateField("失效日期", null=True, blank=True)
    definition = models.JSONField("定义")
    waits = models.JSONField("等待岗位", default=dict)
    digest = models.CharField("摘要", max_length=64)
    handler = models.CharField("业务规则", max_length=80, blank=True, default="")
    published_at = models.DateTimeField(db_default=Now(), editable=False)
    published_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = "事项版本"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="casework_itemversion_once"),
            models.CheckConstraint(
                name="casework_itemversion_in_order",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from") - 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name} 第{self.version}版"


class Transition(models.Model):
    """One declared transition of a version; what is not here the database refuses."""

    id = models.BigAutoField(primary_key=True)
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="transitions")
    from_state = models.CharField(max_length=12)
    verb = models.CharField(max_length=20)
    to_state = models.CharField(max_length=12)
    function = models.CharField(max_length=16)
    post = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        verbose_name = "状态流转"
        constraints = [
            models.UniqueConstraint(
                fields=["item_version", "from_state", "verb", "to_state", "function"],
                name="casework_transition_once",
            )
        ]


class WaitingKey(models.Model):
    """One way a case can wait: for any of ``functions``, in posts whose region code is at most ``reach`` long."""

    key = models.CharField(primary_key=True, max_length=120, db_collation="C")
    functions = ArrayField(models.CharField(max_length=16))
    reach = models.PositiveSmallIntegerField("岗位区划最长几位")

    class Meta:
        verbose_name = "等待方式"
