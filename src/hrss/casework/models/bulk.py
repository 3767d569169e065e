"""Bulk tables: the rows of a firm's or township's file, all of a batch or none."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hrss.kernel.identifiers import uuid7


class BulkBatch(models.Model):
    """One loaded file. It exists only when every row of it does."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item_code = models.CharField(max_length=8)
    region_code = models.CharField(max_length=12, db_collation="C")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="bulk_batches"
    )
    account = models.UUIDField(null=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    case = models.OneToOneField("casework.Case", models.PROTECT, null=True, related_name="bulk_batch")
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "批量批次"


class BulkRow(models.Model):
    """One row of a batch. ``c01`` … ``c16`` are the item's bulk columns in the item's order, checked, as text:

    dates as ISO text, numbers in decimal, nothing as NULL; so that a domain can use them set by set in SQL. Each batch
    is a partition of its own, filled while nobody sees it and attached whole (migration 0003 makes the table).
    """

    pk = models.CompositePrimaryKey("batch_id", "row_number")
    batch = models.ForeignKey(BulkBatch, models.DO_NOTHING, related_name="bulk_rows", db_constraint=False)
    row_number = models.PositiveIntegerField()
    c01 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c02 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c03 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c04 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c05 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c06 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c07 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c08 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c09 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c10 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c11 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c12 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c13 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c14 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c15 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL
    c16 = models.TextField(null=True)  # noqa: DJ001 - an empty cell is NULL

    class Meta:
        managed = False
        db_table = "casework_bulkrow"
        verbose_name = "批量行"
