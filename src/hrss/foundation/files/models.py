"""Files that were accepted: who they concern, who brought them, where their content lies."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.uuid7 import uuid7


class StoredFile(models.Model):
    """One accepted file. Several rows may share one content; a row is never rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField("内容摘要", max_length=64, db_collation="C")
    size = models.BigIntegerField("字节数")
    kind = models.CharField("种类", max_length=8)
    media_type = models.CharField("媒体类型", max_length=100)
    name = models.CharField("文件名", max_length=120)
    region_code = models.CharField("所在村（社区）", max_length=12, db_collation="C")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    uploaded_by = models.UUIDField("上传账号", null=True)
    uploaded_at = models.DateTimeField("上传时间", db_default=Now(), editable=False)
    scan = models.CharField("杀毒", max_length=8, choices=[("clean", "未发现病毒"), ("off", "未启用杀毒")])

    class Meta:
        verbose_name = "文件"
        indexes = [models.Index(fields=["sha256"], name="files_file_content")]
