"""The cubes' tables: cells, what came after the last folding, and the sets of people behind distinct counts.

Public to staff (L2: counts by place and month, no person can be read from them); only PostgreSQL's own functions write.
A set is kept as bits: each person has a slot, 8,192 slots are a chunk, so a year of the county is a few hundred rows.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

CHUNK = 8192


class Cell(models.Model):
    """One cell of a cube: how many, and a sum (fen, days …), at a county, township or village in a month."""

    id = models.BigAutoField(primary_key=True)
    cube = models.TextField("数据集", db_collation="C")
    region_code = models.TextField("地区", db_collation="C")
    month = models.DateField("月份")
    kind = models.TextField("类别", db_collation="C")
    part = models.TextField("变动", db_collation="C")
    n = models.BigIntegerField("个数")
    total = models.BigIntegerField("合计")

    class Meta:
        verbose_name = "看板数"
        constraints = [
            models.UniqueConstraint(
                fields=["cube", "region_code", "month", "kind", "part"], include=["n", "total"], name="boards_cell_once"
            )
        ]


class Delta(models.Model):
    """What a statement changed in a cell since the last folding; a figure is the cell and its deltas."""

    id = models.BigAutoField(primary_key=True)
    cube = models.TextField(db_collation="C")
    region_code = models.TextField(db_collation="C")
    month = models.DateField()
    kind = models.TextField(db_collation="C")
    part = models.TextField(db_collation="C")
    n = models.BigIntegerField()
    total = models.BigIntegerField()

    class Meta:
        verbose_name = "看板变动"
        indexes = [models.Index(fields=["cube", "region_code"], name="boards_delta_cube")]


class Slot(models.Model):
    """The slot of a person in the bit sets; a number without meaning, given at first sight."""

    person_id = models.UUIDField(primary_key=True)
    slot = models.BigIntegerField(unique=True)

    class Meta:
        verbose_name = "人员序号"


class Members(models.Model):
    """The people of a cell, as the bits of one chunk of slots."""

    id = models.BigAutoField(primary_key=True)
    cube = models.TextField(db_collation="C")
    region_code = models.TextField("乡镇", db_collation="C")
    month = models.DateField()
    kind = models.TextField(db_collation="C")
    chunk = models.IntegerField()

    class Meta:
        verbose_name = "看板人员集合"
        constraints = [
            models.UniqueConstraint(
                fields=["cube", "kind", "region_code", "month", "chunk"], name="boards_members_once"
            )
        ]


class Seen(models.Model):
    """A person seen in a cell since the last folding."""

    id = models.BigAutoField(primary_key=True)
    cube = models.TextField(db_collation="C")
    region_code = models.TextField(db_collation="C")
    month = models.DateField()
    kind = models.TextField(db_collation="C")
    slot = models.BigIntegerField()

    class Meta:
        verbose_name = "看板新见人员"
        indexes = [models.Index(fields=["cube", "region_code"], name="boards_seen_cube")]


class CubeCheck(models.Model):
    """One nightly comparison of a cube with its rows: how many cells differed (none, or somebody is told)."""

    id = models.BigAutoField(primary_key=True)
    cube = models.TextField()
    checked_at = models.DateTimeField(db_default=Now(), editable=False)
    cells = models.BigIntegerField()
    differing = models.BigIntegerField()

    class Meta:
        verbose_name = "看板核对"
        indexes = [models.Index(fields=["cube", "-checked_at"], name="boards_check_cube")]
