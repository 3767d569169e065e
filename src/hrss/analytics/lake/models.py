"""Lineage: each run, each file it made and each row it set aside. No person is in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class Run(models.Model):
    """One refresh: all datasets in one snapshot of PostgreSQL; ``cut_at`` is its moment, ``snapshot`` its name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cut_at = models.DateTimeField("数据截止")
    snapshot = models.TextField("数据库快照")
    datasets = models.IntegerField("数据集")
    partitions = models.IntegerField("更新的分区")
    rows = models.BigIntegerField("行数")
    quarantined = models.BigIntegerField("隔离行数")
    milliseconds = models.BigIntegerField("用时")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "数据湖更新"
        indexes = [models.Index(fields=["-recorded_at"], name="lake_run_recorded")]


class Partition(models.Model):
    """One Parquet file: which dataset and period, from which run, how many rows, its digest, and until when it held.

    ``fingerprint`` is what PostgreSQL said of the rows (count and sum of hashes): the period is read again when it
    changes. ``definition`` is the digest of the dataset's declaration.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="files")
    dataset = models.TextField("数据集", db_collation="C")
    period = models.TextField("时段", db_collation="C")
    file = models.TextField("文件")
    sha256 = models.TextField("摘要")
    size = models.BigIntegerField("字节")
    rows = models.BigIntegerField("行数")
    quarantined = models.BigIntegerField("隔离行数")
    townships = models.IntegerField("涉及乡镇")
    fingerprint = models.TextField()
    definition = models.TextField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "数据湖分区"
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "period"], condition=Q(replaced_at=None), name="lake_one_current_partition"
            )
        ]


class Quarantined(models.Model):
    """One row that was set aside: its key in the dataset and why. The row itself stays where it is, in PostgreSQL."""

    id = models.BigAutoField(primary_key=True)
    partition = models.ForeignKey(Partition, models.PROTECT, related_name="set_aside")
    row_key = models.TextField("行标识")
    reason = models.TextField("原因")

    class Meta:
        verbose_name = "隔离的行"
