"""The inbox and the text messages that went out."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.uuid7 import uuid7


class Message(models.Model):
    """One message to a person, a firm or a staff account; only they and the system read it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    account = models.UUIDField("账号", null=True)
    template = models.TextField("模板")
    title = models.TextField("标题")
    body = models.TextField("正文")
    link = models.TextField("链接", db_default="")
    sent_at = models.DateTimeField("发出时间", db_default=Now(), editable=False)
    read_at = models.DateTimeField("阅读时间", null=True)

    class Meta:
        verbose_name = "站内消息"
        indexes = [
            models.Index(fields=["person", "-id"], name="inbox_person"),
            models.Index(fields=["organisation", "-id"], name="inbox_organisation"),
            models.Index(fields=["account", "-id"], name="inbox_account"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False)
                | models.Q(organisation__isnull=False)
                | models.Q(account__isnull=False),
                name="inbox_has_receiver",
                violation_error_message="消息必须有收件人",
            ),
        ]


class OutgoingSms(models.Model):
    """One text message handed to the gateway. The number is not kept; the text is blanked after seven days."""

    id = models.UUIDField(primary_key=True, editable=False)
    phone_index = models.BinaryField("号码索引", max_length=16)
    tail = models.CharField("后四位", max_length=4)
    text = models.TextField("内容")
    gateway = models.TextField("网关")
    reference = models.TextField("网关回执", default="")
    sent_at = models.DateTimeField("发出时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "短信"
        indexes = [models.Index(fields=["-sent_at"], name="inbox_sms_sent")]
