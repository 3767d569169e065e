"""Access tokens of the API: only a digest is kept; each has an owner, a purpose, scopes and an end."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class AccessToken(models.Model):
    """One token. ``scopes`` are names of the API's scopes; ``purpose`` is what every read under it is recorded with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="tokens")
    digest = models.CharField("摘要", max_length=64, unique=True)
    name = models.CharField("用在哪里", max_length=60)
    purpose = models.CharField("用途", max_length=40)
    scopes = models.JSONField("范围", default=list)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    until = models.DateField("有效期至")
    revoked_at = models.DateTimeField("吊销时间", null=True)
    last_used_on = models.DateField("最近使用", null=True)

    class Meta:
        verbose_name = "接口令牌"
