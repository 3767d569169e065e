"""Batches: stock taken over from an older system, and yearly rises, signed by three persons before a row is written."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Batch(models.Model):
    """A list of entitlements or facts that no single case decided. ``digest`` is what the three persons sign.

    Rows that name the batch are accepted only while ``taken_at`` is empty; it is set once, when ``row_count`` rows are
    there, and never again.
    """

    reference = models.CharField("批次编号", primary_key=True, max_length=60)
    text = models.CharField("内容", max_length=200)
    row_count = models.IntegerField("行数")
    digest = models.CharField("清单摘要", max_length=64)
    prepared_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_at = models.DateTimeField("写入时间", null=True)

    class Meta:
        verbose_name = "待遇接收批次"
