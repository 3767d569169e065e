"""Files exchanged with the bank: their numbers, sums and digests, never their content. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class BankFile(models.Model):
    """One file to or from the bank. ``digest`` is SM3 of its bytes; ``content`` that of its lines without the number.

    The same number once; the same lines twice on one day are refused as a duplicate (F05).
    """

    class Kind(models.TextChoices):
        """Which way it goes."""

        ORDER = "order", "代发文件"
        ANSWER = "answer", "回盘文件"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("类型", max_length=6, choices=Kind.choices)
    fund = models.CharField("基金", max_length=24)
    number = models.CharField("批次号", max_length=30)
    made_on = models.DateField("日期")
    line_count = models.IntegerField("笔数")
    total = models.BigIntegerField("金额（分）")
    digest = models.CharField("文件摘要（SM3）", max_length=64)
    content = models.CharField("明细摘要（SM3）", max_length=64)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "银行文件"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="banking_file_number"),
            models.UniqueConstraint(fields=["kind", "made_on", "content"], name="banking_file_same_day"),
        ]
