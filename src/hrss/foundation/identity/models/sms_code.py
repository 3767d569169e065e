"""Codes sent by text message: kept as a keyed digest, for minutes, for a few tries."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class SmsCode(models.Model):
    """One code sent to one phone for one purpose. The code itself is not stored."""

    class Purpose(models.TextChoices):
        """What the code opens."""

        LOGIN = "login", "登录"
        REGISTER = "register", "注册"
        CONFIRM = "confirm", "确认办理"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    phone_index = models.BinaryField(max_length=16)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    digest = models.BinaryField(max_length=32)
    tries = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "短信验证码"
        indexes = [models.Index(fields=["phone_index", "-sent_at"], name="identity_smscode_phone")]
